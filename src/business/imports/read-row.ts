import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { parseTypedDate } from '../../platform/dates/typed-date.ts'
import { looksLikeMyNumber, normalizeCompanyName, normalizePersonName } from '../names/index.ts'
import { type PartyBasics, partyRefusals, registerParty } from '../parties/contract.ts'
import { checkParty } from '../parties/index.ts'
import { kindLabels } from '../parties/labels.ts'
import type { PartyKind } from '../parties/tables.ts'
import type { FileRow } from './files/file-table.ts'
import { importFieldByName } from './import-fields.ts'
import type { BatchOptions, RowProblem } from './tables.ts'

export interface Representative {
  familyName: string
  givenName: string
}

/** A row as it would go into the register, or null when the row is refused; with everything that is to be said about it. */
export interface ReadRow {
  rowNo: number
  line: number
  name: string
  party: ReturnType<typeof partyInput> | null
  /** Stored columns, checked by the rules of registration. */
  values: ReturnType<typeof checkParty>['values'] | null
  form: ReturnType<typeof checkParty>['form'] | null
  representative: Representative | null
  representativeTyped: string
  problems: RowProblem[]
}

export interface RowReader {
  header: readonly string[]
  mapping: readonly (string | null)[]
  options: BatchOptions
  today: IsoDate
}

const KINDS = new Map<string, PartyKind>(
  Object.entries(kindLabels).flatMap(([kind, label]) => [
    [kind, kind as PartyKind],
    [label, kind as PartyKind],
  ]),
)
KINDS.set('個人', 'sole_proprietor')
KINDS.set('個人事業者', 'sole_proprietor')
KINDS.set('会社', 'corporation')

/** Without these a row is nothing: they refuse it whatever the option says. */
const NEVER_LEFT_EMPTY = new Set([
  'cell_must_hold_a_value',
  'name_must_be_given',
  'my_number_must_not_be_stored',
  'kind_must_be_known',
])

/** Reads one row by the mapping; pure. Every fault names its column; a refused row has `party` null. */
export function readRow(row: FileRow, rowNo: number, reader: RowReader): ReadRow {
  const cells = new CellReader(row, reader)
  const kind = cells.choice('partyKind', KINDS) ?? kindOf(cells.text('legalName'), cells.text('tradeName'))
  const legalName = cells.text('legalName') ?? ''
  if (legalName === '' && cells.problems.length === 0)
    cells.complain('legalName', 'name_must_be_given', '法人名（商号）が空です。')
  const basics: PartyBasics = {
    legalNameKana: cells.text('legalNameKana'),
    legalNameEn: cells.text('legalNameEn'),
    tradeName: cells.text('tradeName'),
    corporateNumber: cells.text('corporateNumber'),
    invoiceRegNo: cells.text('invoiceRegNo'),
    industryCode: cells.text('industryCode'),
    businessSummary: cells.text('businessSummary'),
    establishedOn: cells.date('establishedOn'),
    capitalYen: cells.whole('capitalYen', 'yen_must_not_be_negative'),
    employees: cells.whole('employees', 'number_must_not_be_negative'),
    annualSalesYen: cells.whole('annualSalesYen', 'yen_must_not_be_negative'),
    fiscalYearEnd: cells.monthDay('fiscalYearEnd'),
    postalCode: cells.text('postalCode'),
    address: cells.text('address'),
    phone: cells.text('phone'),
    website: cells.text('website'),
    emailDomain: cells.text('emailDomain'),
  }
  cells.checkShape(legalName, basics)
  const representativeTyped = cells.text('representative') ?? ''
  const representative = cells.person(representativeTyped)
  const checked = cells.checkRules(legalName, basics, kind)
  const refused = cells.problems.some(problem => problem.weight === 'error')
  return {
    rowNo,
    line: row.line,
    name: legalName.slice(0, 150),
    party: refused ? null : partyInput(legalName, kind, reader.options.role, basics),
    values: refused ? null : checked.values,
    form: refused ? null : checked.form,
    representative: refused ? null : representative,
    representativeTyped,
    problems: cells.problems,
  }
}

function partyInput(
  legalName: string,
  partyKind: PartyKind,
  role: BatchOptions['role'],
  basics: PartyBasics,
) {
  return { partyKind, legalName, roles: [role], ...basics }
}

/** A ledger seldom says it: a sole proprietor is who has a trade name and whose name has no legal form. */
function kindOf(legalName: string | null, tradeName: string | null): PartyKind {
  return tradeName && legalName && normalizeCompanyName(legalName).form === null
    ? 'sole_proprietor'
    : 'corporation'
}

/** The cells of one row by field, collecting what is wrong with them. */
class CellReader {
  readonly problems: RowProblem[] = []
  readonly #row: FileRow
  readonly #reader: RowReader

  constructor(row: FileRow, reader: RowReader) {
    this.#row = row
    this.#reader = reader
    for (const { column, what } of row.unusable) {
      const field = reader.mapping[column]
      if (!field) continue
      const message =
        what === 'formula' ? '数式のセルです。値に変換してください。' : 'エラー値のセルです（#N/A など）。'
      this.complain(field, 'cell_must_hold_a_value', message)
    }
  }

  complain(field: string, code: string, message: string, weight?: RowProblem['weight']): void {
    const at = this.#reader.mapping.indexOf(field)
    if (this.problems.some(known => known.code === code && known.column === at + 1)) return
    const soft = this.#reader.options.unreadable === 'leave_empty' && !NEVER_LEFT_EMPTY.has(code)
    this.problems.push({
      code,
      column: at < 0 ? null : at + 1,
      heading: this.#reader.header[at] ?? null,
      message,
      weight: weight ?? (soft ? 'warning' : 'error'),
    })
  }

  text(field: string): string | null {
    const at = this.#reader.mapping.indexOf(field)
    if (at < 0 || this.#row.unusable.some(cell => cell.column === at)) return null
    return this.#row.cells[at]?.trim() || null
  }

  choice<T>(field: string, values: ReadonlyMap<string, T>): T | null {
    const typed = this.text(field)
    if (typed === null) return null
    const value = values.get(typed.normalize('NFKC'))
    if (value !== undefined) return value
    this.complain(
      field,
      'kind_must_be_known',
      `「${typed.slice(0, 20)}」は区分にありません。法人・個人事業主などで入力してください。`,
    )
    return null
  }

  date(field: string): IsoDate | null {
    const typed = this.text(field)
    if (typed === null) return null
    const reading = parseTypedDate(typed)
    if (reading.ok) return reading.date
    this.complain(field, reading.code, `${reading.message}${reading.remedy}`)
    return null
  }

  /** Whole numbers as offices write them: commas, 円, △ or ▲ or brackets for negative. Negative and broken amounts are refused. */
  whole(field: string, negativeCode: string): number | null {
    const typed = this.text(field)
    if (typed === null) return null
    const plain = typed.normalize('NFKC').replace(/[,\s¥\\円名人]/g, '')
    const match = /^([-△▲−]|\()?(\d{1,16})(?:\.0+)?\)?$/.exec(plain)
    const value = match ? Number(match[2]) : Number.NaN
    if (!match || !Number.isSafeInteger(value)) {
      this.complain(
        field,
        'number_must_be_whole',
        `「${typed.slice(0, 20)}」を整数として読めません。単位のない数字で入力してください。`,
      )
      return null
    }
    if (match[1] && value > 0) {
      this.complain(field, negativeCode, `「${typed.slice(0, 20)}」はマイナスです。0以上で入力してください。`)
      return null
    }
    return value
  }

  /** 決算月日: 03-31, 3/31, 3月31日, 3月 (its last day). */
  monthDay(field: string): string | null {
    const typed = this.text(field)
    if (typed === null) return null
    const match = /^(\d{1,2})(?:月期?|[-/.月](\d{1,2})日?|月末日?)?$/.exec(typed.normalize('NFKC'))
    const month = Number(match?.[1])
    const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    const day = match?.[2] ? Number(match[2]) : last
    if (last === undefined || day === undefined || day < 1 || day > (month === 2 ? 29 : last)) {
      this.complain(
        field,
        'month_day_must_be_readable',
        `「${typed.slice(0, 20)}」を決算月日として読めません（例：3月31日）。`,
      )
      return null
    }
    return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
  }

  /** A representative's name; one without a space is cut by length, and said so. */
  person(typed: string): Representative | null {
    if (typed === '') return null
    if (looksLikeMyNumber(typed)) {
      this.complain(
        'representative',
        'my_number_must_not_be_stored',
        partyRefusals.my_number_must_not_be_stored,
      )
      return null
    }
    const person = normalizePersonName(typed)
    if (person.family && person.given)
      return { familyName: person.family.slice(0, 50), givenName: person.given.slice(0, 50) }
    const letters = [...person.name]
    if (letters.length < 2 || letters.length > 8) {
      this.complain(
        'representative',
        'person_name_must_be_readable',
        '代表者の姓と名を分けられません。姓と名の間を空けてください。',
        'warning',
      )
      return null
    }
    const cut = letters.length === 2 ? 1 : 2
    const parts = { familyName: letters.slice(0, cut).join(''), givenName: letters.slice(cut).join('') }
    this.complain(
      'representative',
      'person_name_was_cut',
      `代表者名に空白がないため「${parts.familyName}　${parts.givenName}」としました。`,
      'note',
    )
    return parts
  }

  /** What the contract of registration refuses: lengths above all. The item is emptied where that is allowed. */
  checkShape(legalName: string, basics: PartyBasics): void {
    const parsed = registerParty.input.safeParse({
      partyKind: 'corporation',
      legalName: legalName || '＿',
      ...basics,
    })
    if (parsed.success) return
    for (const issue of parsed.error.issues) {
      const field = String(issue.path[0])
      const label = importFieldByName.get(field)?.label ?? field
      this.complain(
        field,
        'input_must_have_the_right_shape',
        `${label}が長すぎるか、正しい形ではありません。`,
        field === 'legalName' ? 'error' : undefined,
      )
      if (field in basics) basics[field as keyof PartyBasics] = null
    }
  }

  /** The rules of registration; an item they refuse is emptied where that is allowed, and the rest checked again. */
  checkRules(legalName: string, basics: PartyBasics, kind: PartyKind) {
    for (;;) {
      const checked = checkParty({ legalName, ...basics }, kind, this.#reader.today)
      const standing = checked.reasons.filter(reason => basics[reason.field as keyof PartyBasics])
      if (standing.length === 0) return checked
      for (const { code, field = '', message } of standing) {
        const sentence = message ?? partyRefusals[code as keyof typeof partyRefusals]
        this.complain(field, code, sentence)
        basics[field as keyof PartyBasics] = null
      }
    }
  }
}
