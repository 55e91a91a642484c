/**
 * Shapley values out of the values of all coalitions:
 * phi_i = sum over S without i of |S|! (M - |S| - 1)! / M! (v(S + i) - v(S)).
 *
 * @param values 2^players x outputs, bit p of the index set when player p is present
 * @returns players x outputs, row-major
 *
 * Source: L. S. Shapley, A value for n-person games, in Contributions to the Theory of Games II (1953) 307-317, eq. (12).
 */
export function shapleySum(values: Float64Array, players: number, outputs: number): Float64Array {
  const phi = new Float64Array(players * outputs);
  const weights = sizeWeights(players);
  const sizes = new Uint8Array(1 << players);
  for (let s = 1; s < sizes.length; s++) sizes[s] = sizes[s >> 1] + (s & 1);
  for (let p = 0; p < players; p++) {
    const bit = 1 << p;
    for (let s = 0; s < sizes.length; s++) {
      if (s & bit) continue;
      const weight = weights[sizes[s]];
      for (let o = 0; o < outputs; o++) {
        phi[p * outputs + o] += weight * (values[(s | bit) * outputs + o] - values[s * outputs + o]);
      }
    }
  }
  return phi;
}

/** s! (M - s - 1)! / M! = 1 / (M C(M - 1, s)) for s = 0 to M - 1. */
function sizeWeights(players: number): Float64Array {
  const weights = new Float64Array(players);
  let choose = 1;
  for (let s = 0; s < players; s++) {
    weights[s] = 1 / (players * choose);
    choose = (choose * (players - 1 - s)) / (s + 1);
  }
  return weights;
}
