import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { parseTypedDate } from '../../../platform/dates/typed-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { bankKana, isBankKana } from '../bank-kana.ts'
import { type FormatProblem, problem } from '../problem.ts'
import type { ReadOptions, StatementLine, TransactionKind } from '../statement.ts'
import type { Columns } from './columns.ts'
import type { CsvRow } from './rows.ts'
import type { BalanceRow } from './running-balance.ts'
import { readYen } from './yen-text.ts'

/** A row as read: its line (null for a row that only carries a balance forward), account cell and balance facts. */
export interface ReadRow extends BalanceRow {
  line: StatementLine | null
  account: string
}

/** Words in front of the payer on a credit. */
const TRANSFER_WORDS =
  /^(?:振込入金|振込み?|振替入金|ﾌﾘｺﾐﾆﾕｳｷﾝ|ﾌﾘｺﾐ|ｿｳｷﾝ|送金|給与振込|入金)[0-9]?(?:\s*[*･:]\s*|\s+|$)/u
/** Kana a bank writes where a payer would stand on credits that nobody transferred. */
const NO_PAYER = /^(?:ｵ?ﾘｿｸ|ﾖｷﾝﾘｿｸ|ｹﾞﾝｷﾝ|ATM|ｶ-ﾄﾞ|ﾃｽｳﾘﾖｳ|ﾌﾘｶｴ|ﾆﾕｳｷﾝ)$/u
const CANCEL_WORDS = /取消|訂正|取り消し/u

const KIND_WORDS: readonly (readonly [RegExp, TransactionKind])[] = [
  [/振込|ﾌﾘｺﾐ|フリコミ|送金/u, 'transfer'],
  [/現金|ATM|ＡＴＭ|カード/u, 'cash'],
  [/小切手|手形|交換/u, 'clearing'],
  [/振替|ﾌﾘｶｴ|引落/u, 'book_transfer'],
]

/** Reads the rows of one file; keeps what was learned about its dates, because the same day stands on many rows. */
export class RowReader {
  readonly #columns: Columns
  readonly #options: ReadOptions
  readonly #problems: FormatProblem[]
  readonly #days = new Map<string, ReturnType<typeof parseTypedDate>>()

  constructor(columns: Columns, options: ReadOptions, problems: FormatProblem[]) {
    this.#columns = columns
    this.#options = options
    this.#problems = problems
  }

  /** One row; what cannot be read goes to the problems with line, column and remedy, and null is given back. */
  read(row: CsvRow): ReadRow | null {
    const columns = this.#columns
    const before = this.#problems.length
    const bookedOn = this.#date(row, columns.bookedOn)
    const balanceYen = this.#yen(row, columns.balance)
    const yen = columns.signed === null ? this.#twoColumns(row, balanceYen) : this.#signed(row, balanceYen)
    const valueText = cell(row, columns.valueOn)
    const valueOn = valueText === '' ? bookedOn : this.#date(row, columns.valueOn!)
    if (this.#problems.length > before || bookedOn === null || yen === null) return null
    const account = cell(row, columns.account)
    const line = yen === 0 ? null : this.#line(row, bookedOn, valueOn, yen, balanceYen)
    return { lineNo: row.lineNo, bookedOn, yen, balanceYen, account, line }
  }

  #line(
    row: CsvRow,
    bookedOn: IsoDate,
    valueOn: IsoDate | null,
    yen: Yen,
    balanceYen: Yen | null,
  ): StatementLine {
    const columns = this.#columns
    const bankSummary = [...new Set(columns.summary.map(at => cell(row, at)))]
      .filter(text => text !== '')
      .join(' ')
    const cancelFlag = CANCEL_WORDS.test(bankSummary)
    return {
      lineNo: row.lineNo,
      raw: Buffer.from(row.bytes).toString('base64'),
      bookedOn,
      valueOn,
      direction: yen > 0 ? 'in' : 'out',
      amountYen: Math.abs(yen),
      payerKana: yen > 0 ? payerOf(cell(row, columns.payer)) : '',
      payerBank: cell(row, columns.payerBank),
      payerBranch: cell(row, columns.payerBranch),
      edi: '',
      bankSummary,
      cancelFlag,
      cancelsLineNo: null,
      balanceYen,
      inquiryNo: cell(row, columns.inquiryNo),
      kind: cancelFlag ? 'correction' : (KIND_WORDS.find(([words]) => words.test(bankSummary))?.[1] ?? null),
      unclearedYen: 0,
    }
  }

  #date(row: CsvRow, at: number): IsoDate | null {
    const text = cell(row, at)
    const reading =
      this.#days.get(text) ??
      parseTypedDate(this.#withCentury(text), this.#options.fileDate ?? this.#options.today)
    this.#days.set(text, reading)
    if (reading.ok) return reading.date
    this.#refuse(row, at, reading.code, reading.message, reading.remedy)
    return null
  }

  #withCentury(text: string): string {
    return this.#options.twoDigitYears === 'western' && /^\d{2}\D/.test(text) ? `20${text}` : text
  }

  #yen(row: CsvRow, at: number | null): Yen | null {
    if (at === null) return null
    const reading = readYen(cell(row, at))
    if (reading.ok) return reading.yen
    this.#refuse(row, at, reading.code, reading.message, reading.remedy)
    return null
  }

  /** Signed amount of a row with one column for money in and one for money out. */
  #twoColumns(row: CsvRow, balanceYen: Yen | null): Yen | null {
    const before = this.#problems.length
    const credit = this.#yen(row, this.#columns.in) ?? 0
    const debit = this.#yen(row, this.#columns.out) ?? 0
    if (this.#problems.length > before) return null
    const negative = credit < 0 ? this.#columns.in : debit < 0 ? this.#columns.out : null
    if (negative !== null) {
      const remedy = '取消や訂正の行かどうかを銀行に確認してください。'
      this.#refuse(
        row,
        negative,
        'amount_must_not_be_negative',
        '入金・出金の列にマイナスの金額があります。',
        remedy,
      )
      return null
    }
    if (credit > 0 && debit > 0) {
      this.#refuse(
        row,
        this.#columns.out!,
        'one_amount_must_be_empty',
        '入金と出金の両方に金額があります。',
        '銀行からもう一度取得してください。',
      )
      return null
    }
    return credit - debit || this.#nothing(row, this.#columns.in!, balanceYen)
  }

  #signed(row: CsvRow, balanceYen: Yen | null): Yen | null {
    const before = this.#problems.length
    const yen = this.#yen(row, this.#columns.signed)
    if (this.#problems.length > before) return null
    return yen || this.#nothing(row, this.#columns.signed!, balanceYen)
  }

  /** A row without amount may only carry a balance forward. */
  #nothing(row: CsvRow, at: number, balanceYen: Yen | null): Yen | null {
    if (balanceYen !== null) return 0
    this.#refuse(
      row,
      at,
      'amount_must_be_given',
      '入金も出金もない行です。',
      '銀行からもう一度取得してください。',
    )
    return null
  }

  #refuse(row: CsvRow, at: number, code: string, message: string, remedy: string): void {
    const field = this.#columns.headings[at] ?? `${at + 1}列目`
    this.#problems.push(
      problem(
        { line: row.lineNo, column: at + 1 },
        field,
        code,
        `${row.lineNo}行目の${field}: ${message}`,
        remedy,
      ),
    )
  }
}

function cell(row: CsvRow, at: number | null): string {
  return at === null ? '' : (row.cells[at] ?? '').trim()
}

/** The payer in bank kana, without the word 振込 in front of it; '' when the text names nobody. */
function payerOf(text: string): string {
  const plain = text.normalize('NFKC').trim()
  const name = bankKana(plain.replace(TRANSFER_WORDS, '')).replace(TRANSFER_WORDS, '')
  return isBankKana(name) && !NO_PAYER.test(name) ? name : ''
}
