import type { FieldDescription } from '../../../../platform/fields.ts'
import { partyFields } from '../../../parties/fields.ts'
import type { ImportField } from '../import-kind.ts'
import { type OwnColumns, ownImportFields } from '../own-columns.ts'

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

/** 支店・営業所 and codes of other houses: one branch a row; a company with several stands in several rows. */
const places: readonly ImportField[] = [
  {
    name: 'branchName',
    label: '支店・営業所名',
    type: 'text',
    columns: ['支店・営業所名', '支店名', '営業所名', '支店', '営業所', '事業所名', '拠点名'],
    help: '1行に1つ。複数ある会社は、支店ごとに行を分けます。',
  },
  {
    name: 'branchKind',
    label: '支店の種別',
    type: 'choice',
    columns: ['支店の種別', '支店種別', '事業所区分', '拠点区分'],
  },
  {
    name: 'branchKana',
    label: '支店名カナ',
    type: 'kana',
    columns: ['支店名カナ', '支店カナ', '営業所名カナ'],
  },
  {
    name: 'branchPostalCode',
    label: '支店の郵便番号',
    type: 'postalCode',
    columns: ['支店の郵便番号', '支店郵便番号', '営業所郵便番号'],
  },
  {
    name: 'branchAddress',
    label: '支店の所在地',
    type: 'address',
    columns: ['支店の所在地', '支店住所', '支店所在地', '営業所住所', '営業所所在地'],
  },
  {
    name: 'branchPhone',
    label: '支店の電話番号',
    type: 'phone',
    columns: ['支店の電話番号', '支店電話番号', '支店電話', '支店tel', '営業所電話番号'],
  },
  {
    name: 'code.tdb',
    label: 'TDB企業コード',
    type: 'text',
    columns: [
      'TDB企業コード',
      'TDBコード',
      'TDB',
      '帝国データバンクコード',
      '帝国データバンク企業コード',
      '帝国コード',
    ],
  },
  {
    name: 'code.tsr',
    label: 'TSR企業コード',
    type: 'text',
    columns: [
      'TSR企業コード',
      'TSRコード',
      'TSR',
      '東京商工リサーチコード',
      '東京商工リサーチ企業コード',
      '商工リサーチコード',
    ],
  },
  { name: 'code.lei', label: 'LEI', type: 'text', columns: ['LEI', 'LEIコード', '取引主体識別子'] },
  { name: 'code.edinet', label: 'EDINETコード', type: 'text', columns: ['EDINETコード', 'EDINET'] },
  {
    name: 'code.duns',
    label: 'D-U-N-S番号',
    type: 'text',
    columns: ['D-U-N-S番号', 'DUNSナンバー', 'D-U-N-Sナンバー', 'DUNS番号', 'DUNS'],
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
  ...places,
]

const known = new WeakMap<OwnColumns, ReadonlyMap<string, ImportField>>()

/** Every item of a customers' file by name, with what the company has defined itself. */
export function customerFieldsByName(own: OwnColumns): ReadonlyMap<string, ImportField> {
  const made =
    known.get(own) ?? new Map([...customerFields, ...ownImportFields(own)].map(field => [field.name, field]))
  known.set(own, made)
  return made
}
