import type { EventField } from '../../platform/web/page.ts'
import type { PartyKind, PartyRole, PartyStage, PartyStatus } from './tables.ts'

export const kindLabels: Record<PartyKind, string> = {
  corporation: '法人',
  sole_proprietor: '個人事業主',
  public_body: '公的機関',
  unincorporated: '任意団体・組合',
}

export const roleLabels: Record<PartyRole, string> = {
  client: '利用者',
  debtor: '売掛先',
  guarantor: '保証人',
  group_member: 'グループ会社',
  broker: '紹介者',
  vendor: '委託先・業者',
  funder: '提携買取会社',
}

export const stageLabels: Record<PartyStage, string> = { prospect: '見込', applied: '申込', active: '取引中' }

export const statusLabels: Record<PartyStatus, string> = {
  normal: '通常',
  suspended: '停止',
  blocked: '取引禁止',
  closed: '終了',
}

/** What happened, as the history tab says it. */
export const eventLabels: Record<string, string> = {
  party_registered: '顧客を登録',
  party_renamed: '商号を変更',
  party_changed: '基本情報を変更',
  party_roles_changed: '役割を変更',
  party_status_changed: '状態を変更',
  party_assigned: '担当を割当',
  party_registration_reverted: '登録を取り消し',
}

/** The values in the events of this slice, by the name they have there (columns, or names of the input). */
export const eventFields: Record<string, EventField> = {
  legalName: { label: '正式名称' },
  legalNameKana: { label: 'フリガナ' },
  legal_name_kana: { label: 'フリガナ' },
  legal_name_en: { label: '英文名称' },
  trade_name: { label: '屋号・通称' },
  corporate_number: { label: '法人番号' },
  invoice_reg_no: { label: '登録番号' },
  industry_code: { label: '業種' },
  business_summary: { label: '事業内容' },
  established_on: { label: '設立年月日' },
  capital_yen: { label: '資本金', unit: 'yen' },
  employees: { label: '従業員数' },
  annual_sales_yen: { label: '年商', unit: 'yen' },
  fiscal_year_end: { label: '決算月日' },
  postal_code: { label: '郵便番号' },
  pref: { label: '都道府県' },
  city: { label: '市区町村' },
  town: { label: '町域' },
  block: { label: '番地' },
  building: { label: '建物' },
  address_original: { label: '本店所在地' },
  phone: { label: '電話番号（数字）' },
  phone_display: { label: '電話番号' },
  website: { label: 'ウェブサイト' },
  email_domain: { label: 'メールのドメイン' },
  effectiveOn: { label: '変更日' },
  roles: { label: '役割', choices: roleLabels },
  stage: { label: '段階', choices: stageLabels },
  status: { label: '状態', choices: statusLabels },
}
