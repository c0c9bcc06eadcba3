import { type FormatProblem, MAX_PROBLEMS, problem } from '../problem.ts'
import type { ReadOptions, Statement, StatementReading } from '../statement.ts'
import { datesOfFile } from './file-dates.ts'
import { readNotice } from './read-notice.ts'
import { readTransactions } from './read-transactions.ts'
import {
  checkHeaderCodes,
  ebcdicProblem,
  type GroupedFile,
  groupRecords,
  isEbcdic,
  type RecordGroup,
} from './record-groups.ts'
import { type DateOfDigits, RecordReader } from './record-reader.ts'
import { splitRecords } from './split-records.ts'
import { end03, STATEMENT_LENGTH, statementLayoutOf } from './statement-layout.ts'

/** What a reader of one group needs: the file, how to read its dates, and where problems go. */
export interface GroupReading {
  bytes: Uint8Array
  group: RecordGroup
  /** For the creation day in the header. */
  creation: DateOfDigits
  /** For every other date, against the creation day. */
  datesFrom(createdOn: string): DateOfDigits
  problems: FormatProblem[]
}

/**
 * Reads a 入出金取引明細 (種別 03) or 振込入金通知 (種別 01) file: all accounts, or every problem found, each with record number, byte
 * position, field and remedy. Counts, sums and balances must hold. Source: JR §2.5, §2.6.
 */
export function readStatementFile(bytes: Uint8Array, options: ReadOptions): StatementReading {
  const problems: FormatProblem[] = []
  if (isEbcdic(bytes)) return { ok: false, problems: [ebcdicProblem(1)] }
  const businessType = bytes[2] === 0x31 ? '01' : '03'
  const split = splitRecords(bytes, STATEMENT_LENGTH, type => statementLayoutOf(businessType, type))
  if (!split.ok) return split
  const file = groupRecords(bytes, split.starts, problems)
  if (file === null) return refuse(problems)
  const statements: Statement[] = []
  for (const group of file.groups) {
    const expected = group === file.groups[0] ? ['03', '01'] : [businessType]
    if (checkHeaderCodes(bytes, group.header, expected, problems)) {
      const reading = { bytes, group, ...dateReaders(options), problems }
      statements.push(businessType === '03' ? readTransactions(reading) : readNotice(reading))
    }
    if (problems.length >= MAX_PROBLEMS) return refuse(problems)
  }
  if (businessType === '03') checkEnd(bytes, file, split.starts.length, problems)
  return problems.length > 0 ? refuse(problems) : { ok: true, statements }
}

function dateReaders(options: ReadOptions): Pick<GroupReading, 'creation' | 'datesFrom'> {
  const reference = options.fileDate ?? options.today
  return {
    creation: datesOfFile(reference, options.twoDigitYears),
    // An unreadable creation day has already been refused; the reference keeps the other dates from being refused for it too.
    datesFrom: createdOn => datesOfFile(createdOn || reference, options.twoDigitYears),
  }
}

function checkEnd(bytes: Uint8Array, file: GroupedFile, records: number, problems: FormatProblem[]): void {
  const reader = new RecordReader(end03, bytes, file.end.start, file.end.record, problems)
  const recordCount = reader.wholeOrNull('recordCount')
  const accountCount = reader.wholeOrNull('accountCount')
  const remedy = 'レコードが抜けているか増えています。銀行からもう一度取得してください。'
  if (recordCount !== null && recordCount !== records)
    reader.refuse(
      'recordCount',
      'record_count_must_match',
      `${recordCount}件とありますが、実際は${records}件です。`,
      remedy,
    )
  if (accountCount !== null && accountCount !== file.groups.length)
    reader.refuse(
      'accountCount',
      'account_count_must_match',
      `${accountCount}口座とありますが、実際は${file.groups.length}口座です。`,
      remedy,
    )
}

function refuse(problems: FormatProblem[]): StatementReading {
  const cut = problems.slice(0, MAX_PROBLEMS)
  if (problems.length <= MAX_PROBLEMS) return { ok: false, problems: cut }
  const more = problem(
    {},
    'ファイル',
    'too_many_problems',
    `ほかにも問題があります（${MAX_PROBLEMS}件まで表示）。`,
    '上の問題から直してください。',
  )
  return { ok: false, problems: [...cut.slice(0, -1), more] }
}
