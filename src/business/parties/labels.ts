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
  party_assigned: '担当を割当',
}
