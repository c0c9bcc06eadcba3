import type { EventField } from '../../platform/web/page.ts'
import { type PartyFieldName, partyFields } from './fields.ts'
import { branchKindLabels, roleLabels, stageLabels, statusLabels } from './labels.ts'

/** Names which events of this slice had for their values before they were written by field. */
const byColumn: Record<string, EventField> = Object.fromEntries(
  Object.values(partyFields).flatMap(field => [[field.column, described(field.name)]]),
)

/** The values in the events of this slice, by the name they have there. */
export const eventFields: Record<string, EventField> = {
  ...byColumn,
  ...Object.fromEntries((Object.keys(partyFields) as PartyFieldName[]).map(name => [name, described(name)])),
  pref: { label: '都道府県' },
  city: { label: '市区町村' },
  town: { label: '町域' },
  block: { label: '番地' },
  building: { label: '建物' },
  phone_display: { label: '電話番号' },
  phone: { label: '電話番号' },
  fax: { label: 'FAX番号' },
  effectiveOn: { label: '変更日' },
  endsOn: { label: '終了日' },
  roles: { label: '役割', choices: roleLabels },
  stage: { label: '段階', choices: stageLabels },
  status: { label: '状態', choices: statusLabels },
  branchName: { label: '支店・営業所名' },
  branchKind: { label: '支店・営業所の種類', choices: branchKindLabels },
  branchKana: { label: '支店・営業所のフリガナ' },
  branchPostalCode: { label: '支店・営業所の郵便番号' },
  branchAddress: { label: '支店・営業所の所在地' },
  branchPhone: { label: '支店・営業所の電話' },
  code: { label: '外部コード' },
  issuer: { label: '発行元' },
  value: { label: 'コード' },
  validFrom: { label: '開始日' },
  validTo: { label: '終了日' },
}

function described(name: PartyFieldName): EventField {
  const field = partyFields[name]
  const choices =
    'choices' in field
      ? Object.fromEntries(field.choices.map(({ value, label }) => [value, label]))
      : undefined
  return {
    label: field.label.ja,
    ...(choices ? { choices } : {}),
    ...(field.type === 'yen' ? { unit: 'yen' as const } : {}),
  }
}
