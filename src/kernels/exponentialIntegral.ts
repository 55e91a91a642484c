const STEP = 1 / 16;
const REACH = 6.5;

/**
 * ln of the generalised exponential integral E_p(z) = integral from 1 to infinity of t^-p e^(-zt) dt, for p >= 1 and z > 0.
 * With t = e^u the integrand falls off exponentially; a double exponential rule (u proportional to e^(v - e^-v)) sums it to
 * about 1e-12 (Takahasi & Mori 1974).
 *
 * NIST Digital Library of Mathematical Functions 8.19.3.
 */
export function logExponentialIntegral(p: number, z: number): number {
  // How far it reaches where it falls off fast.
  const width = 1 / Math.max(1, p - 1 + z);
  let sum = 0;
  for (let v = -REACH; v <= REACH; v += STEP) {
    const inner = Math.exp(-v);
    const u = width * Math.exp(v - inner);
    sum += u * (1 + inner) * Math.exp((1 - p) * u - z * Math.expm1(u));
  }
  // e^-z stands outside lest a large z underflow.
  return Math.log(STEP * sum) - z;
}
