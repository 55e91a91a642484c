/** Lag orders tried and the rule among them, in words: `lag 1`, `smallest p of lags 1–14`, `lag by BIC from 1–4`. */
export function describeLags({
  lags,
  lagRule,
}: {
  readonly lags: readonly number[];
  readonly lagRule: 'fixed' | 'smallest-p' | 'aic' | 'bic';
}): string {
  const last = lags[lags.length - 1];
  const isRun = lags.length > 1 && lags.every((lag, i) => lag === lags[0] + i);
  const list = isRun ? `${lags[0]}–${last}` : lags.join(', ');
  if (lags.length === 1) return `lag ${list}`;
  return lagRule === 'smallest-p'
    ? `smallest p of lags ${list}`
    : `lag by ${lagRule.toUpperCase()} from ${list}`;
}
