// Stands in for classic-level in bundles: the local AWS keeps its tables in memory, and no native addon travels with it.
exports.ClassicLevel = class {
  constructor() {
    throw new Error('tables of the local AWS are kept in memory only');
  }
};
