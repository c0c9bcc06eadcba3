import type { FieldDescription } from '../../platform/fields.ts'
import { partyFields } from '../parties/fields.ts'
import { headingKey } from './files/file-table.ts'

/** A field an import can fill: those of a party, and what a ledger has beside them. */
export interface ImportField {
  name: string
  label: string
  type: FieldDescription['type']
  columns: readonly string[]
  required?: true
}

const further: readonly ImportField[] = [
  {
    name: 'sourceId',
    label: '元の管理番号',
    type: 'text',
    columns: ['管理番号', '顧客番号', '顧客コード', '取引先コード', 'コード', 'id', 'no'],
  },
  {
    name: 'representative',
    label: '代表者氏名',
    type: 'text',
    columns: ['代表者', '代表者名', '代表者氏名', '代表取締役', 'representative'],
  },
]

/** Headings people write beside those of the data dictionary; batch-files.md, ledger. */
const moreHeadings: Readonly<Record<string, readonly string[]>> = {
  legalName: ['社名', '企業名', '得意先名', '商号名称', '法人名称'],
  legalNameKana: ['カナ名', '社名カナ', '会社名カナ', 'ふりがな', 'フリガナカナ', '名称カナ', '顧客名カナ'],
  corporateNumber: ['法人番号13桁', '法人no'],
  invoiceRegNo: ['インボイス登録番号', '適格請求書発行事業者登録番号', '適格請求書発行事業者番号'],
  postalCode: ['〒', '郵便'],
  address: ['本社所在地', '本社住所', '所在地住所', '住所1'],
  phone: ['電話', 'tel番号', '代表電話', '電話番号代表'],
  establishedOn: ['設立', '創業日', '設立年月'],
}

export const importFields: readonly ImportField[] = [
  ...Object.values(partyFields).map(
    (field: FieldDescription): ImportField => ({
      name: field.name,
      label: field.label.ja,
      type: field.type,
      columns: [field.label.ja, ...field.columns, ...(moreHeadings[field.name] ?? [])],
      ...(field.name === 'legalName' ? { required: true } : {}),
    }),
  ),
  ...further,
]

const byHeading = new Map(
  importFields.flatMap(field => field.columns.map(heading => [headingKey(heading), field.name] as const)),
)

export const importFieldByName: ReadonlyMap<string, ImportField> = new Map(
  importFields.map(field => [field.name, field]),
)

/** For each heading the field it most likely means, or null; no field twice. A saved template's answers go first. */
export function guessMapping(
  header: readonly string[],
  template: Readonly<Record<string, string>> = {},
): (string | null)[] {
  const taken = new Set<string>()
  const learned = new Map(Object.entries(template).map(([heading, field]) => [headingKey(heading), field]))
  return header.map(heading => {
    const key = headingKey(heading)
    const field = learned.get(key) ?? byHeading.get(key) ?? null
    if (field === null || !importFieldByName.has(field) || taken.has(field)) return null
    taken.add(field)
    return field
  })
}
