/** The matching engine's door: pure functions on rows, and the file form of `daicho match`. */

export { explainPair, type FieldReason, type PairExplanation } from './explain.ts'
export { LedgerFileError, readHeadings } from './ledger-csv.ts'
export { LEDGER_COLUMNS, type LedgerRow, ledgerRow } from './ledger-row.ts'
export { FIELDS, type Field, LEVELS } from './levels.ts'
export {
  type ClusterRow,
  type Comparison,
  compareOne,
  type MatchOptions,
  type MatchReport,
  matchLedger,
  type PairRow,
} from './match-ledger.ts'
export { matchRecords, type RecordMatch, type RecordPair } from './match-records.ts'
export {
  ENGLISH_PERSON_TABLE,
  guessRecordTable,
  parseRecordTable,
  RECORD_TABLES,
  type RecordField,
  type RecordTable,
} from './record-table.ts'
export { type MatchProgress, type RunMatchOptions, type RunMatchReport, runMatch } from './run-match.ts'
export { type RunRecordMatchOptions, type RunRecordMatchReport, runRecordMatch } from './run-record-match.ts'
export { type Decision, GUARDS, type Guard, REVIEW_BITS, SAME_BITS, SAME_SCORE } from './score.ts'
export { FIXED_WEIGHTS, type WeightTable } from './weights.ts'
