import type { FieldDescription } from '../../../../platform/fields.ts'
import { partyFields } from '../../../parties/fields.ts'
import type { ImportField } from '../import-kind.ts'

const further: readonly ImportField[] = [
  {
    name: 'sourceId',
    label: '元の管理番号',
    type: 'text',
    columns: [
      '元の管理番号',
      '管理番号',
      '顧客番号',
      '顧客コード',
      '取引先コード',
      '取引先番号',
      'コード',
      'id',
      'no',
    ],
    help: '旧システムの番号。ほかのファイル（人物・口座・債権など）から同じ番号で参照できます。',
  },
  {
    name: 'representative',
    label: '代表者氏名',
    type: 'text',
    personal: true,
    columns: ['代表者氏名', '代表者', '代表者名', '代表取締役', 'representative'],
  },
]

/** Headings people write beside those of the data dictionary; batch-files.md, ledger. */
const moreHeadings: Readonly<Record<string, readonly string[]>> = {
  legalName: ['社名', '企業名', '得意先名', '商号名称', '法人名称', '正式名称', '法人名商号'],
  legalNameKana: ['カナ名', '社名カナ', '会社名カナ', 'ふりがな', 'フリガナカナ', '名称カナ', '顧客名カナ'],
  corporateNumber: ['法人番号13桁', '法人no'],
  invoiceRegNo: ['インボイス登録番号', '適格請求書発行事業者登録番号', '適格請求書発行事業者番号'],
  postalCode: ['〒', '郵便'],
  address: ['本社所在地', '本社住所', '所在地住所', '住所1'],
  phone: ['電話', 'tel番号', '代表電話', '電話番号代表'],
  establishedOn: ['設立', '創業日', '設立年月'],
}

export const customerFields: readonly ImportField[] = [
  ...Object.values(partyFields).map(
    (field: FieldDescription): ImportField => ({
      name: field.name,
      label: field.label.ja,
      type: field.type,
      columns: [field.label.ja, ...field.columns, ...(moreHeadings[field.name] ?? [])],
      ...(field.name === 'legalName' ? { required: true } : {}),
      ...(field.personal === 'none' ? {} : { personal: true }),
      ...(field.help ? { help: field.help } : {}),
    }),
  ),
  ...further,
]

export const customerFieldByName: ReadonlyMap<string, ImportField> = new Map(
  customerFields.map(field => [field.name, field]),
)
