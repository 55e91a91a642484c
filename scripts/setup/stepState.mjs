// What a step's check() answers: null when its result is valid, otherwise one of these.

export function missing(why) {
  return { state: 'missing', why };
}

export function outdated(why) {
  return { state: 'outdated', why };
}
