/** Preloaded by tests that unplug the network: every request fails as it does without one. */
globalThis.fetch = () =>
  Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: new Error('network unplugged') }));
