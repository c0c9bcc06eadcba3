import { isoDate, isRealDay } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { type AccountType, accountTypeOfDigit } from '../account-type.ts'
import { type Checked, type FormatProblem, MAX_PROBLEMS } from '../problem.ts'
import {
  checkHeaderCodes,
  ebcdicProblem,
  groupRecords,
  isEbcdic,
  type RecordGroup,
  type RecordPlace,
} from './record-groups.ts'
import { RecordReader } from './record-reader.ts'
import { splitRecords } from './split-records.ts'
import type { TransferFile, TransferItem } from './transfer-file.ts'
import {
  TRANSFER_LENGTH,
  transferData,
  transferDataEdi,
  transferHeader,
  transferLayoutOf,
  transferTrailer,
} from './transfer-layout.ts'

const REMEDY = 'ファイルを作成したシステムで確認し、作り直してください。'
const EDI_MARK_AT = 112
const CAPITAL_Y = 0x59

/**
 * Reads a 総合振込 file, for example one made by another system. The year of the transfer date is the one that puts it nearest after
 * the creation day. Count and sum of the trailer must hold. Source: JR §2.4.
 */
export function readTransferFile(bytes: Uint8Array, createdOn: IsoDate): Checked<TransferFile> {
  if (isEbcdic(bytes)) return { ok: false, problems: [ebcdicProblem(1)] }
  const split = splitRecords(bytes, TRANSFER_LENGTH, transferLayoutOf)
  if (!split.ok) return split
  const problems: FormatProblem[] = []
  const file = groupRecords(bytes, split.starts, problems)
  const group = file?.groups[0]
  if (!file || !group || !checkHeaderCodes(bytes, group.header, ['21'], problems)) return refused(problems)
  const header = readHeader(bytes, group, createdOn, problems)
  const items = group.data.map(place => readItem(bytes, place, problems))
  checkTrailer(bytes, group, items, problems)
  const second = file.groups[1]
  if (second) {
    const reader = new RecordReader(
      transferHeader,
      bytes,
      second.header.start,
      second.header.record,
      problems,
    )
    reader.refuse(
      'recordType',
      'file_must_hold_one_batch',
      '2つ目のヘッダーがあります。',
      'ファイルを委託者と振込指定日ごとに分けてください。',
    )
  }
  return problems.length > 0 ? refused(problems) : { ok: true, value: { ...header, items } }
}

function readHeader(
  bytes: Uint8Array,
  group: RecordGroup,
  createdOn: IsoDate,
  problems: FormatProblem[],
): Omit<TransferFile, 'items'> {
  const reader = new RecordReader(transferHeader, bytes, group.header.start, group.header.record, problems)
  const digits = reader.digits('transferOn')
  const transferOn = nextDay(digits, createdOn)
  if (transferOn === null)
    reader.refuse('transferOn', 'date_must_exist', `「${digits}」は暦にない日付です。`, REMEDY)
  return {
    consignorCode: reader.digits('consignorCode'),
    consignorName: reader.text('consignorName'),
    transferOn: transferOn ?? '',
    from: {
      bankCode: reader.digits('bankCode'),
      bankName: reader.text('bankName'),
      branchCode: reader.digits('branchCode'),
      branchName: reader.text('branchName'),
      accountType: accountType(reader),
      accountNo: reader.digits('accountNo'),
    },
  }
}

function readItem(bytes: Uint8Array, place: RecordPlace, problems: FormatProblem[]): TransferItem {
  const reader = new RecordReader(transferData, bytes, place.start, place.record, problems)
  const amountYen = reader.whole('amountYen')
  if (amountYen === 0)
    reader.refuse('amountYen', 'amount_must_be_positive_yen', '振込金額が0円です。', REMEDY)
  return {
    bankCode: reader.digits('bankCode'),
    bankName: reader.text('bankName'),
    branchCode: reader.digits('branchCode'),
    branchName: reader.text('branchName'),
    accountType: accountType(reader),
    accountNo: reader.digits('accountNo'),
    payeeName: reader.text('payeeName'),
    amountYen,
    newCode: choice(reader, 'newCode', ['0', '1', '2'] as const),
    method: choice(reader, 'method', ['7', '8', '0'] as const),
    ...reference(bytes, place, problems),
  }
}

/** Customer codes, or EDI情報 where 識別表示 is Y. */
function reference(
  bytes: Uint8Array,
  place: RecordPlace,
  problems: FormatProblem[],
): Pick<TransferItem, 'edi' | 'customerCode1' | 'customerCode2'> {
  if (bytes[place.start + EDI_MARK_AT] === CAPITAL_Y)
    return { edi: new RecordReader(transferDataEdi, bytes, place.start, place.record, problems).text('edi') }
  const reader = new RecordReader(transferData, bytes, place.start, place.record, problems)
  // Sources differ whether the codes are digits or text; text takes both (JR §2.4).
  return { customerCode1: reader.text('customerCode1'), customerCode2: reader.text('customerCode2') }
}

function accountType(reader: {
  digits(name: 'accountType'): string
  refuse(name: 'accountType', code: string, message: string, remedy: string): void
}): AccountType {
  const type = accountTypeOfDigit(reader.digits('accountType'))
  if (type === null)
    reader.refuse(
      'accountType',
      'account_type_must_be_known',
      '預金種目が決められた数字ではありません。',
      REMEDY,
    )
  return type ?? 'other'
}

function choice<Name extends string, Value extends string>(
  reader: RecordReader<Name>,
  name: Name,
  allowed: readonly Value[],
): Value {
  // A blank field means the same as 0.
  const digits = reader.digits(name) || '0'
  const found = allowed.find(value => value === digits)
  if (found === undefined)
    reader.refuse(
      name,
      'value_must_be_known',
      `「${digits}」は${allowed.join('・')}のどれでもありません。`,
      REMEDY,
    )
  return found ?? allowed[0]!
}

function checkTrailer(
  bytes: Uint8Array,
  group: RecordGroup,
  items: readonly TransferItem[],
  problems: FormatProblem[],
): void {
  const reader = new RecordReader(transferTrailer, bytes, group.trailer.start, group.trailer.record, problems)
  const [count, totalYen] = [reader.whole('count'), reader.whole('totalYen')]
  const sum = items.reduce((total, item) => total + item.amountYen, 0)
  if (count !== items.length)
    reader.refuse(
      'count',
      'trailer_must_match',
      `${count}件とありますが、明細は${items.length}件です。`,
      REMEDY,
    )
  if (totalYen !== sum)
    reader.refuse(
      'totalYen',
      'trailer_must_match',
      `${totalYen}円とありますが、明細の合計は${sum}円です。`,
      REMEDY,
    )
}

/** MMDD as the first such day on or after `from`; null when neither this year nor the next has it. */
function nextDay(digits: string, from: IsoDate): IsoDate | null {
  const [month, day] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))]
  const firstYear = Number(from.slice(0, 4))
  for (let year = firstYear; year <= firstYear + 1; year++) {
    if (digits.length === 4 && isRealDay(year, month, day) && isoDate(year, month, day) >= from)
      return isoDate(year, month, day)
  }
  return null
}

function refused(problems: FormatProblem[]): { ok: false; problems: FormatProblem[] } {
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
}
