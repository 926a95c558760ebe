// Chance from a seed, so that what broke a test can be made to happen again: mulberry32.

export function chance(seed) {
  let state = seed >>> 0;

  /** At least 0, less than 1. */
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  const between = (least, most) => least + Math.floor(next() * (most - least + 1));
  return {
    /** A whole number, both ends included. */
    between,
    often: (share) => next() < share,
    pick: (list) => list[between(0, list.length - 1)],
    /** One of the keys of `weights`, each as often as its weight says. */
    draw(weights) {
      let left = next() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      const drawn = Object.entries(weights).find(([, weight]) => (left -= weight) < 0);
      return drawn ? drawn[0] : Object.keys(weights).at(-1);
    },
  };
}
