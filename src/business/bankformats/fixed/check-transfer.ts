import { isBusinessDay, roll } from '../../../platform/dates/business-calendar.ts'
import { addMonths, isIsoDate } from '../../../platform/dates/calendar-date.ts'
import { type AccountType, accountTypeLabel } from '../account-type.ts'
import { type FormatProblem, problem } from '../problem.ts'
import type { Field } from './layout.ts'
import type { BankDirectory, FileAccount, TransferFile, TransferRules } from './transfer-file.ts'
import { transferData, transferHeader, transferTrailer } from './transfer-layout.ts'

const MAX_ITEM_YEN = 9_999_999_999
const MAX_TOTAL_YEN = 999_999_999_999
const MAX_ITEMS = 999_999
const PAYEE_TYPES: readonly AccountType[] = ['ordinary', 'current', 'savings', 'other']
const PAYER_TYPES: readonly AccountType[] = ['ordinary', 'current', 'other']

/** What the trade forbids in a 総合振込 file, beyond widths and characters: date, codes, amounts, repeats. Source: JR §2.4. */
export function checkTransfer(
  file: TransferFile,
  rules: TransferRules,
  directory: BankDirectory,
): FormatProblem[] {
  const found = [
    ...checkDate(file, rules),
    ...checkAccount(file.from, 1, transferHeader, PAYER_TYPES, directory),
    ...checkNames(file),
    ...checkAmounts(file),
    ...file.items.flatMap((item, i) => checkAccount(item, i + 2, transferData, PAYEE_TYPES, directory)),
  ]
  return rules.duplicatesApproved ? found : [...found, ...checkRepeats(file)]
}

function checkDate(file: TransferFile, rules: TransferRules): FormatProblem[] {
  const refuse = (code: string, message: string, remedy: string) => [
    at(1, transferHeader.field('transferOn'), code, message, remedy),
  ]
  const { transferOn } = file
  if (!isIsoDate(transferOn))
    return refuse(
      'date_must_exist',
      `振込指定日「${transferOn}」は暦にない日付です。`,
      '日付を確認してください。',
    )
  if (transferOn < rules.createdOn)
    return refuse(
      'transfer_date_must_not_be_past',
      `振込指定日${transferOn}は過去の日付です。`,
      '今日以降の銀行営業日にしてください。',
    )
  // The file carries month and day only; a year ahead the bank would read the nearer date.
  if (transferOn >= addMonths(rules.createdOn, 12))
    return refuse(
      'transfer_date_must_be_within_a_year',
      `振込指定日${transferOn}は1年以上先です。`,
      '1年以内の日付にしてください。',
    )
  if (isBusinessDay(transferOn, rules.calendar)) return []
  const reason = rules.calendar.closedBecause(transferOn)
  const next = roll(transferOn, 'following', rules.calendar)
  return refuse(
    'transfer_date_must_be_business_day',
    `振込指定日${transferOn}は${reason}で、銀行が休みです。`,
    `翌営業日は${next}です。`,
  )
}

interface AccountFields {
  field(name: 'bankCode' | 'branchCode' | 'accountType' | 'accountNo'): Field
}

function checkAccount(
  account: FileAccount,
  record: number,
  of: AccountFields,
  types: readonly AccountType[],
  directory: BankDirectory,
): FormatProblem[] {
  const found: FormatProblem[] = []
  const refuse = (
    name: Parameters<AccountFields['field']>[0],
    code: string,
    message: string,
    remedy: string,
  ) => found.push(at(record, of.field(name), code, message, remedy))
  const { bankCode, branchCode } = account
  if (directory.findBank(bankCode) === null)
    refuse(
      'bankCode',
      'bank_must_exist',
      `銀行番号「${bankCode}」は登録にありません。`,
      '4桁の銀行番号を確認してください。',
    )
  else if (directory.findBranch(bankCode, branchCode) === null)
    refuse(
      'branchCode',
      'branch_must_exist',
      `銀行${bankCode}に支店番号「${branchCode}」はありません。`,
      '3桁の支店番号を確認してください。',
    )
  if (!types.includes(account.accountType)) {
    const message = `預金種目「${accountTypeLabel(account.accountType)}」は振込に使えません。`
    refuse(
      'accountType',
      'account_type_must_take_transfers',
      message,
      `${types.map(accountTypeLabel).join('・')}のどれかにしてください。`,
    )
  }
  if (Number(account.accountNo) === 0)
    refuse(
      'accountNo',
      'account_number_must_be_given',
      '口座番号がありません。',
      '7桁以内の口座番号を入力してください。',
    )
  return found
}

function checkNames(file: TransferFile): FormatProblem[] {
  const remedy = '半角カナの名義を入力してください。'
  const found: FormatProblem[] = []
  if (!/^\d{1,10}$/.test(file.consignorCode))
    found.push(
      at(
        1,
        transferHeader.field('consignorCode'),
        'consignor_code_must_be_digits',
        `委託者コード「${file.consignorCode}」が10桁以内の数字ではありません。`,
        '銀行から通知された委託者コードを設定してください。',
      ),
    )
  if (file.consignorName.trim() === '')
    found.push(
      at(1, transferHeader.field('consignorName'), 'name_must_be_given', '委託者名がありません。', remedy),
    )
  file.items.forEach((item, i) => {
    if (item.payeeName.trim() === '')
      found.push(
        at(i + 2, transferData.field('payeeName'), 'name_must_be_given', '受取人名がありません。', remedy),
      )
  })
  return found
}

function checkAmounts(file: TransferFile): FormatProblem[] {
  const found: FormatProblem[] = []
  const count = file.items.length
  if (count === 0 || count > MAX_ITEMS)
    found.push(
      at(
        count + 2,
        transferTrailer.field('count'),
        'transfer_must_hold_items',
        `振込の件数が${count}件です。`,
        '1件以上、999,999件以下にしてください。',
      ),
    )
  file.items.forEach((item, i) => {
    if (Number.isInteger(item.amountYen) && item.amountYen > 0 && item.amountYen <= MAX_ITEM_YEN) return
    const message = `振込金額「${item.amountYen}」は振り込めません。`
    found.push(
      at(
        i + 2,
        transferData.field('amountYen'),
        'amount_must_be_positive_yen',
        message,
        '1円以上、9,999,999,999円以下の整数にしてください。',
      ),
    )
  })
  const total = file.items.reduce((sum, item) => sum + item.amountYen, 0)
  if (total > MAX_TOTAL_YEN)
    found.push(
      at(
        count + 2,
        transferTrailer.field('totalYen'),
        'total_must_fit',
        '合計金額が12桁を超えています。',
        'ファイルを分けてください。',
      ),
    )
  return found
}

function checkRepeats(file: TransferFile): FormatProblem[] {
  const first = new Map<string, number>()
  return file.items.flatMap((item, i) => {
    const account = [item.bankCode, item.branchCode, item.accountType, item.accountNo.padStart(7, '0')]
    const key = [...account, item.amountYen].join('/')
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, i + 2)
    if (earlier === undefined) return []
    const message = `${i + 2}件目は${earlier}件目と同じ口座・同じ金額の振込です。`
    const remedy = '二重でなければ、もう一人の承認を受けてください。'
    return [at(i + 2, transferData.field('amountYen'), 'repeated_payment_must_be_approved', message, remedy)]
  })
}

function at(record: number, field: Field, code: string, message: string, remedy: string): FormatProblem {
  return problem({ record, column: field.at + 1 }, field.label, code, message, remedy)
}
