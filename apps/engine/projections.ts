/** The command line rebuilds the same. */
export { allProjections, projections } from '../../projections/every-projection.js';
