import type { Id } from '../../../../platform/ids/uuid.ts'
import type { Json } from '../../../../platform/trail/canonical.ts'
import { valueRefusals } from '../../../customization/contract.ts'
import { type CustomField, checkedValue, type Mark } from '../../../customization/index.ts'
import { branchRefusals, identifierRefusals, storedBranch, storedCode } from '../../../parties/index.ts'
import { branchKindLabels, issuerLabels } from '../../../parties/labels.ts'
import type { BranchKind, IdentifierIssuer } from '../../../parties/tables.ts'
import type { RowProblem } from '../../tables.ts'
import { OWN_STATUS, OWN_TAGS, type OwnColumns, ownFieldName } from '../own-columns.ts'
import { type CellReader, choiceKey, choicesOf, yenUnder } from '../read-cells.ts'

/** What a row says beside the basics: own values by key, marks, one branch, codes of other houses. */
export interface OwnRead {
  values: Record<string, Json>
  statusId: Id | null
  tagIds: Id[]
  branch: { kind: BranchKind; values: ReturnType<typeof storedBranch>['values'] } | null
  codes: { issuer: IdentifierIssuer; value: string }[]
  /** Own fields that must be given when a record is registered and are empty here. */
  missing: RowProblem[]
}

export const codeIssuers = [
  'tdb',
  'tsr',
  'lei',
  'edinet',
  'duns',
] as const satisfies readonly IdentifierIssuer[]

const branchKinds = choicesOf(
  Object.fromEntries(Object.entries(branchKindLabels).map(([kind, label]) => [kind, [label]])) as Record<
    BranchKind,
    string[]
  >,
)

/** Own values of a row by key, and which required ones are empty; pure. Faults name their column. */
export function readOwnValues(
  cells: CellReader,
  own: OwnColumns,
  header: { unreadable: string },
): Pick<OwnRead, 'values' | 'missing'> {
  const values: Record<string, Json> = {}
  const missing: RowProblem[] = []
  for (const field of own.fields) {
    const name = ownFieldName(field)
    const typed = cells.text(name)
    if (typed === null) {
      if (field.required) missing.push(mustBeGiven(cells, field, header.unreadable))
      continue
    }
    const given = givenValue(cells, name, field, typed, own)
    if (given === undefined) continue
    const checked = checkedValue(field, given, null)
    if ('value' in checked) values[field.key] = checked.value
    else cells.complain(name, checked.code, checked.message ?? sentenceOf(checked.code))
  }
  return { values, missing }
}

/** Reads what stands beside the basics by the rules of the forms; pure. Faults name their column. */
export function readOwn(cells: CellReader, own: OwnColumns, header: { unreadable: string }): OwnRead {
  const status = chosenMarks(cells, OWN_STATUS, own.statuses, false)
  return {
    ...readOwnValues(cells, own, header),
    statusId: status[0] ?? null,
    tagIds: chosenMarks(cells, OWN_TAGS, own.tags, true),
    branch: branchOf(cells),
    codes: codesOf(cells),
  }
}

const sentenceOf = (code: string) => (valueRefusals as Record<string, string>)[code] ?? code

function mustBeGiven(cells: CellReader, field: CustomField, unreadable: string): RowProblem {
  return {
    ...cells.placeOf(ownFieldName(field)),
    code: 'custom_field_must_be_given',
    message: `「${field.label}」は必須の自社項目です。新しい記録では空にできません。`,
    weight: unreadable === 'leave_empty' ? 'warning' : 'error',
  }
}

/** The cell as the form would give it; undefined when it could not be read, which has been said. */
function givenValue(
  cells: CellReader,
  name: string,
  field: CustomField,
  typed: string,
  own: OwnColumns,
): unknown {
  switch (field.type) {
    case 'number':
    case 'yen': {
      const number =
        field.type === 'yen' ? yenUnder(cells.placeOf(name).heading ?? '', typed) : readDecimal(typed)
      if (number !== null) return number
      cells.complain(
        name,
        'number_must_be_readable',
        `「${typed.slice(0, 20)}」を${field.type === 'yen' ? '円単位の整数' : '数値'}として読めません。`,
      )
      return undefined
    }
    case 'date':
      return cells.date(name) ?? undefined
    case 'choice':
    case 'multiChoice': {
      const offered = new Map(
        field.choices
          .filter(choice => !choice.retired)
          .map(choice => [choiceKey(choice.label), choice.value]),
      )
      const words = field.type === 'choice' ? [typed] : wordsOf(typed, offered)
      const unknown = words.filter(word => !offered.has(choiceKey(word)))
      if (unknown.length === 0)
        return field.type === 'choice'
          ? offered.get(choiceKey(typed))
          : words.map(word => offered.get(choiceKey(word))!)
      cells.complain(
        name,
        'custom_choice_must_be_offered',
        `「${unknown.join('、').slice(0, 40)}」は「${field.label}」の選択肢にありません（${field.choices
          .filter(choice => !choice.retired)
          .slice(0, 8)
          .map(choice => choice.label)
          .join('・')}）。`,
      )
      return undefined
    }
    case 'staff': {
      const ids = own.staff.get(choiceKey(typed)) ?? []
      if (ids.length === 1) return ids[0]
      cells.complain(
        name,
        'custom_staff_must_be_on_the_staff',
        ids.length === 0
          ? `「${typed.slice(0, 20)}」という社員は登録されていません。`
          : `「${typed.slice(0, 20)}」という社員は複数います。登録後に画面で選んでください。`,
      )
      return undefined
    }
    default:
      return typed
  }
}

/** Words of a list: one word that is offered as it stands, else cut at separators. */
function wordsOf(typed: string, offered: ReadonlyMap<string, unknown>): string[] {
  if (offered.has(choiceKey(typed))) return [typed]
  return typed
    .split(/[、,，;；/／|｜\n]+/)
    .map(word => word.trim())
    .filter(word => word !== '')
}

function chosenMarks(cells: CellReader, name: string, marks: readonly Mark[], many: boolean): Id[] {
  const typed = cells.text(name)
  if (typed === null) return []
  const byLabel = new Map(marks.map(mark => [choiceKey(mark.label), mark.id]))
  const words = many ? wordsOf(typed, byLabel) : [typed]
  const unknown = words.filter(word => !byLabel.has(choiceKey(word)))
  if (unknown.length > 0)
    cells.complain(
      name,
      'mark_must_be_of_the_kind',
      `「${unknown.join('、').slice(0, 40)}」という${many ? 'タグ' : '状態'}は設定されていません。`,
    )
  return [...new Set(words.flatMap(word => byLabel.get(choiceKey(word)) ?? []))]
}

function branchOf(cells: CellReader): OwnRead['branch'] {
  const name = cells.text('branchName')
  const rest = {
    nameKana: cells.text('branchKana'),
    postalCode: cells.text('branchPostalCode'),
    address: cells.text('branchAddress'),
    phone: cells.text('branchPhone'),
  }
  if (name === null) {
    const given = ['branchKana', 'branchPostalCode', 'branchAddress', 'branchPhone'].find(
      field => cells.text(field) !== null,
    )
    if (given) cells.complain(given, 'branch_must_be_named', '支店・営業所の名前がないため、取り込めません。')
    return null
  }
  const kind = cells.choice('branchKind', branchKinds) ?? 'branch'
  for (const [field, most] of [
    ['branchName', 150],
    ['branchKana', 150],
    ['branchAddress', 300],
  ] as const)
    if ((cells.text(field) ?? '').length > most) {
      cells.complain(field, 'input_must_have_the_right_shape', `${most}文字までです。`)
      return null
    }
  const { values, reasons } = storedBranch({ name, ...rest })
  for (const { code, field = '', message } of reasons)
    cells.complain(
      branchFieldOf[field] ?? 'branchName',
      code,
      message ?? (branchRefusals as Record<string, string>)[code] ?? code,
    )
  return reasons.length > 0 ? null : { kind, values }
}

const branchFieldOf: Readonly<Record<string, string>> = {
  name: 'branchName',
  nameKana: 'branchKana',
  postalCode: 'branchPostalCode',
  address: 'branchAddress',
  phone: 'branchPhone',
}

function codesOf(cells: CellReader): OwnRead['codes'] {
  return codeIssuers.flatMap(issuer => {
    const typed = cells.text(`code.${issuer}`)
    if (typed === null) return []
    const value = storedCode(issuer, typed)
    if (value !== null) return [{ issuer, value }]
    cells.complain(
      `code.${issuer}`,
      'code_must_fit_its_issuer',
      `${issuerLabels[issuer]}：${identifierRefusals.code_must_fit_its_issuer}`,
    )
    return []
  })
}

/** A number as offices write it, or null: commas, △ ▲ − or brackets for negative, a decimal point. */
export function readDecimal(typed: string): number | null {
  const plain = typed.normalize('NFKC').replace(/[,\s]/g, '')
  const match = /^([-△▲−]|\()?(\d{1,13}(?:\.\d{1,6})?)\)?$/.exec(plain)
  if (!match) return null
  const value = Number(match[2])
  return match[1] ? -value + 0 : value
}
