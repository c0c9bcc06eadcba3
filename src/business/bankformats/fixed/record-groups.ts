import { type FormatProblem, MAX_PROBLEMS, problem } from '../problem.ts'

/** A record: its first byte in the file and its number from 1. */
export interface RecordPlace {
  start: number
  record: number
}

/** The records of one account or one batch: header, data, trailer. */
export interface RecordGroup {
  header: RecordPlace
  data: RecordPlace[]
  trailer: RecordPlace
}

/** The groups of a file in order, and its end record. */
export interface GroupedFile {
  groups: RecordGroup[]
  end: RecordPlace
}

const HEADER = 0x31
const DATA = 0x32
const TRAILER = 0x38
const END = 0x39
const EBCDIC_ONE = 0xf1

const NAMES: Readonly<Record<number, string>> = {
  [HEADER]: 'ヘッダー(1)',
  [DATA]: 'データ(2)',
  [TRAILER]: 'トレーラー(8)',
  [END]: 'エンド(9)',
}

/** What may follow what; 0 is the beginning of the file. */
const NEXT: Readonly<Record<number, readonly number[]>> = {
  0: [HEADER],
  [HEADER]: [DATA, TRAILER],
  [DATA]: [DATA, TRAILER],
  [TRAILER]: [HEADER, END],
  [END]: [],
}

const BUSINESS_NAMES: Readonly<Record<string, string>> = {
  '01': '振込入金通知',
  '03': '入出金取引明細',
  '11': '給与振込',
  '12': '賞与振込',
  '21': '総合振込',
  '41': '株式配当金振込',
  '71': '給与振込（地方公務員）',
  '72': '賞与振込（地方公務員）',
  '91': '預金口座振替',
}

const FETCH_AGAIN = '途中で切れている可能性があります。銀行からもう一度取得してください。'

/** The Japanese name of a 種別コード; null for one we do not know. */
export function businessName(code: string): string | null {
  return BUSINESS_NAMES[code] ?? null
}

/** True when the file begins with an EBCDIC 1: it must be refused by name before anything else is read. */
export function isEbcdic(bytes: Uint8Array): boolean {
  return bytes[0] === EBCDIC_ONE
}

/** The refusal of an EBCDIC file. */
export function ebcdicProblem(record: number): FormatProblem {
  const message = 'コード区分がEBCDICのファイルです。JIS（コード区分0）のファイルだけを読み込めます。'
  return problem(
    { record, column: 4 },
    'コード区分',
    'file_must_be_jis',
    message,
    '銀行の設定でJISコードを選んで取得し直してください。',
  )
}

/** Groups the records by header and trailer; null when their order is broken, with the places in `problems`. */
export function groupRecords(
  bytes: Uint8Array,
  starts: readonly number[],
  problems: FormatProblem[],
): GroupedFile | null {
  const groups: RecordGroup[] = []
  let open: { header: RecordPlace; data: RecordPlace[] } | null = null
  let previous = 0
  let end: RecordPlace | null = null
  for (const [index, start] of starts.entries()) {
    const place = { start, record: index + 1 }
    const type = bytes[start]!
    if (!NEXT[previous]!.includes(type)) problems.push(orderProblem(place.record, type, previous))
    if (problems.length >= MAX_PROBLEMS) return null
    if (NAMES[type] === undefined) continue
    if (type === HEADER) open = { header: place, data: [] }
    if (type === DATA) open?.data.push(place)
    if (type === TRAILER && open) groups.push({ ...open, trailer: place })
    if (type === END) end = place
    previous = type
  }
  if (end === null && problems.length === 0) problems.push(missingEnd(starts.length, previous))
  return end !== null && problems.length === 0 ? { groups, end } : null
}

/** Checks 種別コード and コード区分 of a header. */
export function checkHeaderCodes(
  bytes: Uint8Array,
  header: RecordPlace,
  expected: readonly string[],
  problems: FormatProblem[],
): boolean {
  const code = String.fromCharCode(bytes[header.start + 1]!, bytes[header.start + 2]!)
  if (!expected.includes(code)) {
    const name = businessName(code)
    const wanted = expected.map(one => `${businessName(one)}（${one}）`).join('または')
    const message = `種別コード「${code}」${name === null ? '' : `は${name}`}のファイルです。${wanted}ではありません。`
    const remedy = `${wanted}のファイルを選んでください。`
    problems.push(
      problem(
        { record: header.record, column: 2 },
        '種別コード',
        'business_type_must_match',
        message,
        remedy,
      ),
    )
    return false
  }
  const codeKind = bytes[header.start + 3]
  if (codeKind === 0x30) return true
  const message = 'コード区分が0（JIS）でも1（EBCDIC）でもありません。'
  problems.push(
    codeKind === 0x31
      ? ebcdicProblem(header.record)
      : problem(
          { record: header.record, column: 4 },
          'コード区分',
          'code_kind_must_be_known',
          message,
          FETCH_AGAIN,
        ),
  )
  return false
}

function orderProblem(record: number, type: number, previous: number): FormatProblem {
  const place = { record, column: 1 }
  const expected = NEXT[previous]!.map(one => NAMES[one]).join('または')
  const before = previous === 0 ? '最初のレコード' : `${NAMES[previous]}の次`
  if (NAMES[type] === undefined) {
    const message = `${record}件目のデータ区分が1・2・8・9のどれでもありません。`
    return problem(place, 'データ区分', 'record_type_must_be_known', message, FETCH_AGAIN)
  }
  if (previous === END) {
    const message = `${record}件目: エンドレコードの後に${NAMES[type]}があります。`
    return problem(
      place,
      'データ区分',
      'nothing_may_follow_the_end',
      message,
      'ファイルを一つずつ読み込んでください。',
    )
  }
  const message = `${record}件目は${NAMES[type]}です。${before}は${expected}でなければなりません。`
  return problem(place, 'データ区分', 'records_must_follow_their_order', message, FETCH_AGAIN)
}

function missingEnd(count: number, previous: number): FormatProblem {
  const message = `ファイルが${count}件目の${NAMES[previous]}で終わり、エンドレコード(9)がありません。`
  return problem(
    { record: count + 1, column: 1 },
    'データ区分',
    'file_must_be_complete',
    message,
    FETCH_AGAIN,
  )
}
