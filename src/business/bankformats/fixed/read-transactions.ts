import type { Yen } from '../../../platform/money/yen.ts'
import { accountTypeOfDigit } from '../account-type.ts'
import { pairCancellations } from '../cancellations.ts'
import type { Statement, StatementHeader, StatementLine, TransactionKind } from '../statement.ts'
import { addressOf, rawOf } from './account-address.ts'
import type { GroupReading } from './read-statement-file.ts'
import type { RecordPlace } from './record-groups.ts'
import { type DateOfDigits, RecordReader } from './record-reader.ts'
import { data03, header03, trailer03 } from './statement-layout.ts'

const KINDS: Readonly<Record<string, TransactionKind>> = {
  '10': 'cash',
  '11': 'transfer',
  '12': 'other_bank_cheque',
  '13': 'clearing',
  '14': 'book_transfer',
  '18': 'other',
  '19': 'correction',
}

const ASK_BANK = '銀行にファイルの内容を確認してください。'

/** Reads one account of a 入出金取引明細 and proves counts, sums and balances. Source: JR §2.5. */
export function readTransactions(reading: GroupReading): Statement {
  const { bytes, group, problems } = reading
  const header = readHeader(reading)
  const read = reading.datesFrom(header.createdOn ?? '')
  if (!isLiquid(header)) {
    const unposted = group.data.map(place => ({
      lineNo: place.record,
      raw: rawOf(bytes, place, data03.length),
    }))
    checkTrailer(reading, header, null)
    return { header, lines: [], unposted, notices: [] }
  }
  const lines = group.data.map(place => readLine(bytes, place, read, problems))
  const closingYen = checkTrailer(reading, header, lines)
  const notices = pairCancellations(lines)
  return { header: { ...header, closingYen }, lines, unposted: [], notices }
}

/** 5–7 are time deposits with another data layout; they are kept and not posted. */
function isLiquid(header: StatementHeader): boolean {
  return !['notice', 'time', 'instalment'].includes(header.accountType ?? 'other')
}

function readHeader(reading: GroupReading): StatementHeader {
  const { bytes, group, creation, problems } = reading
  const reader = new RecordReader(header03, bytes, group.header.start, group.header.record, problems)
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
    format: 'zengin_03',
    profile: null,
    ...addressOf(reader),
    accountType,
    createdOn: createdOn || null,
    from: reader.date('from', read),
    to: reader.date('to', read),
    openingYen: signed(reader.digits('openingSign'), reader.wholeOrNull('openingYen')),
    closingYen: null,
  }
}

function readLine(
  bytes: Uint8Array,
  place: RecordPlace,
  read: DateOfDigits,
  problems: GroupReading['problems'],
): StatementLine {
  const reader = new RecordReader(data03, bytes, place.start, place.record, problems)
  const sign = reader.digits('direction')
  if (sign !== '1' && sign !== '2')
    reader.refuse(
      'direction',
      'direction_must_be_known',
      `入払区分「${sign}」が1（入金）でも2（出金）でもありません。`,
      ASK_BANK,
    )
  const direction = sign === '2' ? 'out' : 'in'
  const amountYen = reader.whole('amountYen')
  if (amountYen === 0) reader.refuse('amountYen', 'amount_must_be_positive', '取引金額が0円です。', ASK_BANK)
  const kind = KINDS[reader.digits('kind')] ?? 'other'
  return {
    lineNo: place.record,
    raw: rawOf(bytes, place, data03.length),
    bookedOn: reader.date('bookedOn', read),
    valueOn: reader.dateOrNull('valueOn', read),
    direction,
    amountYen,
    // On money going out the field holds the bank's contract number, which names nobody.
    payerKana: direction === 'in' ? reader.text('payerKana') : '',
    payerBank: reader.text('payerBank'),
    payerBranch: reader.text('payerBranch'),
    edi: reader.text('edi'),
    bankSummary: reader.text('summary'),
    cancelFlag: kind === 'correction',
    cancelsLineNo: null,
    balanceYen: null,
    inquiryNo: reader.digits('inquiryNo'),
    kind,
    unclearedYen: reader.wholeOrNull('unclearedYen') ?? 0,
  }
}

/** Proves the trailer; gives the closing balance. `lines` null: a deposit whose amounts are not read, only counted. */
function checkTrailer(
  reading: GroupReading,
  header: StatementHeader,
  lines: StatementLine[] | null,
): Yen | null {
  const { bytes, group, problems } = reading
  const before = problems.length
  const reader = new RecordReader(trailer03, bytes, group.trailer.start, group.trailer.record, problems)
  const dataCount = reader.whole('dataCount')
  const closingYen = signed(reader.digits('closingSign'), reader.wholeOrNull('closingYen'))
  const expect = (name: Parameters<typeof reader.refuse>[0], told: number, found: number, unit: string) => {
    if (told === found) return
    const message = `${told.toLocaleString('ja-JP')}${unit}とありますが、明細は${found.toLocaleString('ja-JP')}${unit}です。`
    reader.refuse(
      name,
      'trailer_must_match',
      message,
      '明細が抜けているか増えています。銀行からもう一度取得してください。',
    )
  }
  expect('dataCount', dataCount, group.data.length, '件')
  if (lines === null) return closingYen
  const sums = sumsOf(lines)
  expect('inCount', reader.whole('inCount'), sums.inCount, '件')
  expect('inYen', reader.whole('inYen'), sums.inYen, '円')
  expect('outCount', reader.whole('outCount'), sums.outCount, '件')
  expect('outYen', reader.whole('outYen'), sums.outYen, '円')
  if (header.openingYen !== null && closingYen !== null && problems.length === before) {
    const computed = header.openingYen + sums.inYen - sums.outYen
    if (computed !== closingYen) {
      const message = `取引前残高${yen(header.openingYen)}に入出金を加えると${yen(computed)}ですが、取引後残高は${yen(closingYen)}です。`
      reader.refuse(
        'closingYen',
        'closing_balance_must_match',
        message,
        '明細が抜けているか、残高が誤っています。銀行からもう一度取得してください。',
      )
    }
  }
  return closingYen
}

function sumsOf(lines: readonly StatementLine[]) {
  const sums = { inCount: 0, inYen: 0, outCount: 0, outYen: 0 }
  for (const line of lines) {
    if (line.direction === 'in') {
      sums.inCount++
      sums.inYen += line.amountYen
    } else {
      sums.outCount++
      sums.outYen += line.amountYen
    }
  }
  return sums
}

/** 貸越区分: 1 or blank plus, 2 minus. */
function signed(sign: string, amount: Yen | null): Yen | null {
  return amount === null ? null : sign === '2' ? -amount : amount
}

function yen(amount: Yen): string {
  return `${amount.toLocaleString('ja-JP')}円`
}
