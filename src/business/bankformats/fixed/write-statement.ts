import type { FormatProblem } from '../problem.ts'
import type { Layout } from './layout.ts'
import { STATEMENT_LENGTH } from './statement-layout.ts'
import { type RecordValues, writeRecord } from './write-record.ts'

/** A record to write: its layout and its values. */
export interface RecordToWrite {
  layout: Layout
  values: RecordValues<string>
}

/** Names a record with the field names of its layout checked. */
export function recordOf<Name extends string>(
  layout: Layout<Name>,
  values: RecordValues<Name>,
): RecordToWrite {
  return { layout: layout as unknown as Layout, values }
}

/**
 * Writes statement records as a bank would, for demo data and tests; fields left out are zeros or spaces.
 * Throws when a value does not fit, because no user's input comes here.
 */
export function writeStatementFile(
  records: readonly RecordToWrite[],
  separator: 'crlf' | 'none' = 'crlf',
): Uint8Array {
  const problems: FormatProblem[] = []
  const step = STATEMENT_LENGTH + (separator === 'crlf' ? 2 : 0)
  const bytes = new Uint8Array(records.length * step)
  records.forEach((record, i) => {
    bytes.set(writeRecord(record.layout, record.values, i + 1, problems), i * step)
    if (separator === 'crlf') bytes.set([0x0d, 0x0a], i * step + STATEMENT_LENGTH)
  })
  if (problems.length > 0) throw new Error(`statement record does not fit: ${JSON.stringify(problems[0])}`)
  return bytes
}
