import type { IsoDate } from '../../../../platform/dates/iso-date.ts'
import { looksLikeMyNumber, normalizeCompanyName, normalizePersonName } from '../../../names/index.ts'
import { type PartyBasics, partyRefusals, registerParty } from '../../../parties/contract.ts'
import { checkParty } from '../../../parties/index.ts'
import { kindLabels } from '../../../parties/labels.ts'
import type { PartyKind } from '../../../parties/tables.ts'
import type { BatchOptions, RowProblem } from '../../tables.ts'
import type { StagedRow } from '../import-kind.ts'
import { noOwnColumns, type OwnColumns } from '../own-columns.ts'
import { CellReader, choiceKey } from '../read-cells.ts'
import { customerFieldsByName } from './fields.ts'
import { type OwnRead, readOwn } from './read-own.ts'

export interface Representative {
  familyName: string
  givenName: string
}

/** A row as it would go into the register, or null when the row is refused; with everything that is to be said about it. */
export interface ReadRow {
  rowNo: number
  line: number
  name: string
  /** Its number in the old system. */
  sourceNo: string | null
  party: ReturnType<typeof partyInput> | null
  /** Stored columns, checked by the rules of registration. */
  values: ReturnType<typeof checkParty>['values'] | null
  form: ReturnType<typeof checkParty>['form'] | null
  representative: Representative | null
  representativeTyped: string
  /** What stands beside the basics; null when the row is refused. */
  own: OwnRead | null
  problems: RowProblem[]
}

export interface RowReader {
  header: readonly string[]
  mapping: readonly (string | null)[]
  options: Pick<BatchOptions, 'unreadable' | 'role'>
  own: OwnColumns
  today: IsoDate
}

const KINDS = new Map<string, PartyKind>(
  Object.entries(kindLabels).flatMap(([kind, label]) => [
    [kind, kind as PartyKind],
    [choiceKey(label), kind as PartyKind],
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

const remembered = new WeakMap<StagedRow, { today: IsoDate; read: ReadRow }>()

/** Reads a row before its turn. */
export function rememberRead(row: StagedRow, reader: RowReader): void {
  remembered.set(row, { today: reader.today, read: readRow(row, reader) })
}

/** What was read ahead, or reads the row now. */
export function readRowOnce(row: StagedRow, reader: RowReader): ReadRow {
  const known = remembered.get(row)
  return known?.today === reader.today ? known.read : readRow(row, reader)
}

/** Reads one row by the mapping; pure. Every fault names its column; a refused row has `party` null. */
export function readRow(row: StagedRow, reader: RowReader): ReadRow {
  const cells = new CellReader(row, {
    ...reader,
    fields: customerFieldsByName(reader.own),
    neverLeftEmpty: NEVER_LEFT_EMPTY,
  })
  const kind = cells.choice('partyKind', KINDS) ?? kindOf(cells.text('legalName'), cells.text('tradeName'))
  const legalName = cells.text('legalName') ?? ''
  if (legalName === '' && cells.problems.length === 0)
    cells.complain('legalName', 'name_must_be_given', '法人名（商号）が空です。')
  const established = cells.partialDate('establishedOn')
  const basics: PartyBasics = {
    legalNameKana: cells.text('legalNameKana'),
    legalNameEn: cells.text('legalNameEn'),
    tradeName: cells.text('tradeName'),
    corporateNumber: cells.text('corporateNumber'),
    invoiceRegNo: cells.text('invoiceRegNo'),
    industryCode: cells.text('industryCode'),
    businessSummary: cells.text('businessSummary'),
    establishedOn: established?.date ?? null,
    establishedPrecision: established && established.precision !== 'day' ? established.precision : null,
    capitalYen: cells.whole('capitalYen'),
    employees: cells.whole('employees', 'number_must_not_be_negative'),
    annualSalesYen: cells.whole('annualSalesYen'),
    fiscalYearEnd: monthDay(cells, 'fiscalYearEnd'),
    postalCode: cells.text('postalCode'),
    address: cells.text('address'),
    phone: cells.text('phone'),
    website: cells.text('website'),
    emailDomain: cells.text('emailDomain'),
  }
  checkShape(cells, legalName, basics)
  const representativeTyped = cells.text('representative') ?? ''
  const representative = representativeOf(cells, representativeTyped)
  const checked = checkRules(cells, legalName, basics, kind, reader.today)
  const own = readOwn(cells, reader.own, reader.options)
  return {
    rowNo: row.rowNo,
    line: row.line,
    name: legalName.slice(0, 150),
    sourceNo: cells.text('sourceId')?.slice(0, 100) ?? null,
    party: cells.refused ? null : partyInput(legalName, kind, reader.options.role, basics),
    values: cells.refused ? null : checked.values,
    form: cells.refused ? null : checked.form,
    representative: cells.refused ? null : representative,
    representativeTyped,
    own: cells.refused ? null : own,
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

/** 決算月日: 03-31, 3/31, 3月31日, 3月 (its last day). */
function monthDay(cells: CellReader, field: string): string | null {
  const typed = cells.text(field)
  if (typed === null) return null
  const match = /^(\d{1,2})(?:月期?|[-/.月](\d{1,2})日?|月末日?)?$/.exec(typed.normalize('NFKC'))
  const month = Number(match?.[1])
  const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  const day = match?.[2] ? Number(match[2]) : last
  if (last === undefined || day === undefined || day < 1 || day > (month === 2 ? 29 : last)) {
    cells.complain(
      field,
      'month_day_must_be_readable',
      `「${typed.slice(0, 20)}」を決算月日として読めません（例：3月31日）。`,
    )
    return null
  }
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** A representative's name; one without a space is cut by length, and said so. */
function representativeOf(cells: CellReader, typed: string): Representative | null {
  if (typed === '') return null
  if (looksLikeMyNumber(typed)) {
    cells.complain(
      'representative',
      'my_number_must_not_be_stored',
      partyRefusals.my_number_must_not_be_stored,
    )
    return null
  }
  const person = normalizePersonName(typed)
  if (person.family && person.given)
    return { familyName: person.family.slice(0, 50), givenName: person.given.slice(0, 50) }
  const parts = cutName(person.name)
  if (!parts)
    cells.complain(
      'representative',
      'person_name_must_be_readable',
      '代表者の姓と名を分けられません。姓と名の間を空けてください。',
      'warning',
    )
  else
    cells.complain(
      'representative',
      'person_name_was_cut',
      '代表者名に空白がないため、文字数で姓と名に分けました。登録後に確認してください。',
      'note',
    )
  return parts
}

/** Family and given name of a name without a space, by its length; null when it is too short or too long to guess. */
export function cutName(name: string): Representative | null {
  const letters = [...name]
  if (letters.length < 2 || letters.length > 8) return null
  const cut = letters.length === 2 ? 1 : 2
  return { familyName: letters.slice(0, cut).join(''), givenName: letters.slice(cut).join('') }
}

/** What the contract of registration refuses: lengths above all. The item is emptied where that is allowed. */
function checkShape(cells: CellReader, legalName: string, basics: PartyBasics): void {
  const parsed = registerParty.input.safeParse({
    partyKind: 'corporation',
    legalName: legalName || '＿',
    ...basics,
  })
  if (parsed.success) return
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0])
    const label = customerFieldsByName(noOwnColumns).get(field)?.label ?? field
    cells.complain(
      field,
      'input_must_have_the_right_shape',
      `${label}が長すぎるか、正しい形ではありません。`,
      field === 'legalName' ? 'error' : undefined,
    )
    if (field in basics) basics[field as keyof PartyBasics] = null
  }
}

/** The rules of registration; an item they refuse is emptied where that is allowed, and the rest checked again. */
function checkRules(
  cells: CellReader,
  legalName: string,
  basics: PartyBasics,
  kind: PartyKind,
  today: IsoDate,
) {
  for (;;) {
    const checked = checkParty({ legalName, ...basics }, kind, today)
    const standing = checked.reasons.filter(reason => basics[reason.field as keyof PartyBasics])
    if (standing.length === 0) return checked
    for (const { code, field = '', message } of standing) {
      cells.complain(field, code, message ?? partyRefusals[code as keyof typeof partyRefusals])
      basics[field as keyof PartyBasics] = null
    }
  }
}
