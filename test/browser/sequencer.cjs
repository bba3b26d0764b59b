const { default: Sequencer } = require('@jest/test-sequencer');

/** By name, but pictures first: they show the engine as it was filled. */
module.exports = class extends Sequencer {
  sort(tests) {
    const place = ({ path }) => (path.includes('screens') ? '' : path);
    return tests.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
  }
};
