import { accountTypeOfDigit } from '../account-type.ts'
import { pairCancellations } from '../cancellations.ts'
import type { Statement, StatementHeader, StatementLine } from '../statement.ts'
import { addressOf, rawOf } from './account-address.ts'
import type { GroupReading } from './read-statement-file.ts'
import type { RecordPlace } from './record-groups.ts'
import { type DateOfDigits, RecordReader } from './record-reader.ts'
import { data01a, data01b, header01, trailer01 } from './statement-layout.ts'

const ASK_BANK = '銀行にファイルの内容を確認してください。'
const SECOND_AMOUNTS_AT = 128
const SECOND_AMOUNTS_END = 152

/** Reads one account of a 振込入金通知 (data A and B) and proves counts and sums. Source: JR §2.6. */
export function readNotice(reading: GroupReading): Statement {
  const { bytes, group, problems } = reading
  const header = readHeader(reading)
  const read = reading.datesFrom(header.createdOn ?? '')
  const lines = group.data.map(place => readLine(bytes, place, read, problems))
  checkTrailer(reading, lines)
  return { header, lines, unposted: [], notices: pairCancellations(lines) }
}

function readHeader(reading: GroupReading): StatementHeader {
  const { bytes, group, creation, problems } = reading
  const reader = new RecordReader(header01, bytes, group.header.start, group.header.record, problems)
  const createdOn = reader.date('createdOn', creation)
  const read = reading.datesFrom(createdOn)
  const accountType = accountTypeOfDigit(reader.digits('accountType'))
  if (accountType === null)
    reader.refuse(
      'accountType',
      'account_type_must_be_known',
      '預金種目が決められた数字ではありません。',
      ASK_BANK,
    )
  return {
    format: 'zengin_01',
    profile: null,
    ...addressOf(reader),
    accountType,
    createdOn: createdOn || null,
    from: reader.date('from', read),
    to: reader.date('to', read),
    openingYen: null,
    closingYen: null,
  }
}

function readLine(
  bytes: Uint8Array,
  place: RecordPlace,
  read: DateOfDigits,
  problems: GroupReading['problems'],
): StatementLine {
  const amounts = hasSecondAmounts(bytes, place)
    ? amountsOfB(new RecordReader(data01b, bytes, place.start, place.record, problems))
    : amountsOfA(new RecordReader(data01a, bytes, place.start, place.record, problems))
  const reader = new RecordReader(data01a, bytes, place.start, place.record, problems)
  if (amounts.amountYen === 0)
    reader.refuse('amountYen', 'amount_must_be_positive', '金額が0円です。', ASK_BANK)
  const cancel = reader.digits('cancel') === '1'
  return {
    lineNo: place.record,
    raw: rawOf(bytes, place, data01a.length),
    bookedOn: reader.date('bookedOn', read),
    valueOn: reader.dateOrNull('valueOn', read),
    // A cancellation takes money back; whoever looks at the direction only must not see a receipt.
    direction: cancel ? 'out' : 'in',
    payerKana: reader.text('payerKana'),
    payerBank: reader.text('payerBank'),
    payerBranch: reader.text('payerBranch'),
    bankSummary: '',
    cancelFlag: cancel,
    cancelsLineNo: null,
    balanceYen: null,
    inquiryNo: reader.digits('inquiryNo'),
    kind: 'transfer',
    ...amounts,
  }
}

type Amounts = Pick<StatementLine, 'amountYen' | 'unclearedYen' | 'edi'>

function amountsOfA(reader: RecordReader<'amountYen' | 'unclearedYen' | 'edi'>): Amounts {
  return {
    amountYen: reader.whole('amountYen'),
    unclearedYen: reader.wholeOrNull('unclearedYen') ?? 0,
    edi: reader.text('edi'),
  }
}

function amountsOfB(
  reader: RecordReader<'amountYen' | 'unclearedYen' | 'amount2Yen' | 'uncleared2Yen' | 'edi'>,
): Amounts {
  const [first, second] = [reader.whole('amountYen'), reader.whole('amount2Yen')]
  if (first !== 0 && second !== 0)
    reader.refuse('amount2Yen', 'one_amount_must_be_zero', '金額と金額（2）の両方に値があります。', ASK_BANK)
  const uncleared = (reader.wholeOrNull('unclearedYen') ?? 0) || (reader.wholeOrNull('uncleared2Yen') ?? 0)
  return { amountYen: first || second, unclearedYen: uncleared, edi: reader.text('edi') }
}

/** Data B holds 24 digits where data A holds EDI text and filler. */
function hasSecondAmounts(bytes: Uint8Array, place: RecordPlace): boolean {
  for (let i = place.start + SECOND_AMOUNTS_AT; i < place.start + SECOND_AMOUNTS_END; i++)
    if (bytes[i]! < 0x30 || bytes[i]! > 0x39) return false
  return true
}

/** The first pair counts credits; some banks count the cancelled ones in it, others leave them out, and both are consistent. */
function checkTrailer(reading: GroupReading, lines: readonly StatementLine[]): void {
  const reader = new RecordReader(
    trailer01,
    reading.bytes,
    reading.group.trailer.start,
    reading.group.trailer.record,
    reading.problems,
  )
  const cancels = lines.filter(line => line.cancelFlag)
  const credits = lines.filter(line => !line.cancelFlag)
  const told = { count: reader.whole('count'), yen: reader.whole('totalYen') }
  const remedy = '明細が抜けているか増えています。銀行からもう一度取得してください。'
  const differ = (count: number, amount: number, of: readonly StatementLine[]) =>
    `${count}件 ${yen(amount)}とありますが、明細は${of.length}件 ${yen(sum(of))}です。`
  const matches = (of: readonly StatementLine[]) => told.count === of.length && told.yen === sum(of)
  if (!matches(credits) && !matches(lines))
    reader.refuse('count', 'trailer_must_match', differ(told.count, told.yen, credits), remedy)
  const cancelCount = reader.whole('cancelCount')
  const cancelYen = reader.whole('cancelYen')
  if (cancelCount !== cancels.length || cancelYen !== sum(cancels))
    reader.refuse('cancelCount', 'trailer_must_match', differ(cancelCount, cancelYen, cancels), remedy)
}

function sum(lines: readonly StatementLine[]): number {
  return lines.reduce((total, line) => total + line.amountYen, 0)
}

function yen(amount: number): string {
  return `${amount.toLocaleString('ja-JP')}円`
}
