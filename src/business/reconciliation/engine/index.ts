/**
 * The 消込 engine: which open claims a deposit pays, with reasons. Pure but for `runReconcile`, which reads and
 * writes batch files.
 */
export { BatchFileError, type BatchProblem } from './batch-csv.ts'
export { type DepositKind, type LabelledBook, labelledBook } from './labelled-deposits.ts'
export { measure, type Quality } from './measure.ts'
export { reconcile } from './reconcile.ts'
export { type ReconcileFiles, type ReconcileRun, runReconcile } from './run-reconcile.ts'
export {
  type Allocation,
  DEFAULT_SETTINGS,
  DEFAULT_TRANSFER_FEES_YEN,
  type Deposit,
  type LearnedPayer,
  type Match,
  type OpenReceivable,
  type Reason,
  type ReconcileInput,
  type ReconcileReport,
  type ReconcileResult,
  type ReconcileSettings,
  type Unidentified,
} from './types.ts'
