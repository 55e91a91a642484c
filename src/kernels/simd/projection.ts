// AssemblyScript, compiled to projection.wasm by the build and loaded by `grangerProjector.ts`, which lays out the memory. All
// addresses and `line`, the length of a vector, are bytes.
//
// Two doubles at a time; every sum runs over the same terms in the same partial sums as in `orthonormalise.ts`, so that the results are
// those of `fullSumOfSquares`, bit for bit.

/** As in `orthonormalise.ts`. */
const DEPENDENT: f64 = 1e-20;
const CANCELLED: f64 = 0.1;

/** First byte that is free for data. */
export function firstFree(): usize {
  return (__heap_base + 15) & ~15;
}

/**
 * `fullSumOfSquares`: what is left of the residual (copied to `remaining`) after the cause's lags, each made orthogonal to the `count`
 * vectors of the basis and to the lags before it; NaN when a lag depends on the others.
 *
 * @param cause so that the sample `lag` of it stands here
 */
export function fullSum(
  cause: usize,
  lag: usize,
  vectors: usize,
  count: usize,
  residual: usize,
  remaining: usize,
  line: usize,
): f64 {
  const own = vectors + count * line;
  for (let l: usize = 1; l <= lag; l++) {
    const at = own + (l - 1) * line;
    memory.copy(at, cause - (l << 3), line);
    if (!orthonormalise(vectors, count + l - 1, at, line)) return NaN;
  }
  memory.copy(remaining, residual, line);
  return subtractProjections(remaining, own, lag, line);
}

function orthonormalise(vectors: usize, count: usize, at: usize, line: usize): bool {
  const original = dot(at, at, line);
  let left = subtractProjections(at, vectors, count, line);
  if (left < CANCELLED * original) left = subtractProjections(at, vectors, count, line);
  if (!(left > DEPENDENT * original)) return false;
  const scale = 1 / Math.sqrt(left);
  const end = at + line;
  for (; at + 16 <= end; at += 16) v128.store(at, f64x2.mul(v128.load(at), f64x2.splat(scale)));
  if (at < end) store<f64>(at, load<f64>(at) * scale);
  return true;
}

function subtractProjections(target: usize, vectors: usize, count: usize, line: usize): f64 {
  if (count === 0) return dot(target, target, line);
  let left: f64 = 0;
  let at = vectors;
  const end = vectors + count * line;
  if (count & 1) {
    left = subtract(target, dot(at, target, line), at, line);
    at += line;
  }
  for (; at < end; at += line + line) left = subtractPair(target, at, line);
  return left;
}

function dot(a: usize, b: usize, line: usize): f64 {
  const end = a + line;
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  for (; a + 32 <= end; a += 32, b += 32) {
    low = f64x2.add(low, f64x2.mul(v128.load(a), v128.load(b)));
    high = f64x2.add(high, f64x2.mul(v128.load(a, 16), v128.load(b, 16)));
  }
  let first = f64x2.extract_lane(low, 0);
  for (; a < end; a += 8, b += 8) first += load<f64>(a) * load<f64>(b);
  return first + f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
}

function subtract(target: usize, share: f64, vector: usize, line: usize): f64 {
  const end = target + line;
  const shares = f64x2.splat(share);
  let squares = f64x2.splat(0);
  for (; target + 16 <= end; target += 16, vector += 16) {
    const value = f64x2.sub(v128.load(target), f64x2.mul(shares, v128.load(vector)));
    v128.store(target, value);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  let left = f64x2.extract_lane(squares, 0);
  if (target < end) {
    const value = load<f64>(target) - share * load<f64>(vector);
    store<f64>(target, value);
    left += value * value;
  }
  return left + f64x2.extract_lane(squares, 1);
}

function subtractPair(target: usize, vector: usize, line: usize): f64 {
  const end = target + line;
  let firsts = f64x2.splat(0);
  let seconds = f64x2.splat(0);
  let at = target;
  let from = vector;
  let next = vector + line;
  for (; at + 16 <= end; at += 16, from += 16, next += 16) {
    const value = v128.load(at);
    firsts = f64x2.add(firsts, f64x2.mul(value, v128.load(from)));
    seconds = f64x2.add(seconds, f64x2.mul(value, v128.load(next)));
  }
  let first = f64x2.extract_lane(firsts, 0);
  let second = f64x2.extract_lane(seconds, 0);
  if (at < end) {
    first += load<f64>(at) * load<f64>(from);
    second += load<f64>(at) * load<f64>(next);
  }
  first += f64x2.extract_lane(firsts, 1);
  second += f64x2.extract_lane(seconds, 1);
  firsts = f64x2.splat(first);
  seconds = f64x2.splat(second);
  let squares = f64x2.splat(0);
  at = target;
  from = vector;
  next = vector + line;
  for (; at + 16 <= end; at += 16, from += 16, next += 16) {
    const less = f64x2.sub(v128.load(at), f64x2.mul(firsts, v128.load(from)));
    const value = f64x2.sub(less, f64x2.mul(seconds, v128.load(next)));
    v128.store(at, value);
    squares = f64x2.add(squares, f64x2.mul(value, value));
  }
  let left = f64x2.extract_lane(squares, 0);
  if (at < end) {
    const value = load<f64>(at) - first * load<f64>(from) - second * load<f64>(next);
    store<f64>(at, value);
    left += value * value;
  }
  return left + f64x2.extract_lane(squares, 1);
}
