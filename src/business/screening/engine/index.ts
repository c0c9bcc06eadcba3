/** Screening engine: lists in, explained alerts out. No database and no clock; the slice keeps truth and judgements. */
export {
  type BirthRange,
  type EntryIdentifier,
  type EntryKind,
  LIST_TITLES,
  type ListEntry,
  ListFileError,
  type ListName,
  type ListProblem,
  type LoadedFile,
  type LoadedList,
} from '../lists/list-entry.ts'
export { readListFolder } from '../lists/read-list-folder.ts'
export { diffLists, type ListDifference, screenDelta } from './delta.ts'
export { buildIndex, type ListIndex, screenSubject } from './list-index.ts'
export { type AdjustmentRule, type Bands, ENGINE_VERSION, POLICY, type ScreeningPolicy } from './policy.ts'
export { runScreen, type ScreenRun, type ScreenSummary } from './run-screen.ts'
export { type ScreeningSource, type SubjectMatches, screenAll } from './screen-all.ts'
export type {
  Decision,
  ReasonRule,
  ScreeningMatch,
  ScreeningReason,
  ScreeningSubject,
} from './screening-result.ts'
