/**
 * The one place Temporal comes from: the runtime's own where present, else the polyfill (which makes that choice itself).
 * Plain calendar dates are IsoDate strings and need no Temporal; use it for instants and durations.
 */
export { Temporal } from 'temporal-polyfill'
