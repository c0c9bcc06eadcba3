import { industryLetter, industryMajors } from './industries.ts'
import type { BranchKind, IdentifierIssuer, PartyKind, PartyRole, PartyStage, PartyStatus } from './tables.ts'

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

export const precisionLabels: Record<'day' | 'month' | 'year', string> = {
  day: '年月日まで',
  month: '年月まで',
  year: '年まで',
}

export const listingLabels: Record<'listed' | 'subsidiary_of_listed' | 'unlisted' | 'public', string> = {
  listed: '上場',
  subsidiary_of_listed: '上場会社の子会社',
  unlisted: '未上場',
  public: '国・自治体等',
}

export const branchKindLabels: Record<BranchKind, string> = {
  branch: '支店',
  sales_office: '営業所',
  factory: '工場・事業所',
  shop: '店舗',
  other: 'その他',
}

export const issuerLabels: Record<IdentifierIssuer, string> = {
  tdb: 'TDB企業コード',
  tsr: 'TSR企業コード',
  lei: 'LEI',
  edinet: 'EDINETコード',
  duns: 'D-U-N-S番号',
  other: 'その他',
}

/** What happened, as the history tab says it. */
export const eventLabels: Record<string, string> = {
  party_registered: '顧客を登録',
  party_renamed: '商号を変更',
  party_changed: '基本情報を変更',
  party_roles_changed: '役割を変更',
  party_status_changed: '状態を変更',
  contractor_assigned: '外部委託先に割当',
  contractor_assignment_ended: '外部委託先への割当てを終了',
  party_registration_reverted: '登録を取り消し',
  party_change_reverted: '取込による変更を取り消し',
  party_branch_added: '支店・営業所を登録',
  party_branch_changed: '支店・営業所を変更',
  party_branch_closed: '支店・営業所を閉鎖',
  party_identifier_recorded: '外部コードを記録',
  party_identifier_ended: '外部コードを終了',
  party_places_reverted: '取込による支店・外部コードを取り消し',
}

/** Majors of 日本標準産業分類 by their letter. */
export const industryMajorLabels: Readonly<Record<string, string>> = Object.fromEntries(
  industryMajors.map(({ letter, name }) => [letter, name]),
)
export { industryLetter }
