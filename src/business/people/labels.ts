import type { ContactChannel, PersonRole } from './tables.ts'

export const personRoleLabels: Record<PersonRole, string> = {
  representative: '代表者',
  director: '取締役・理事',
  auditor: '監査役・監事',
  beneficial_owner: '実質的支配者',
  shareholder: '株主',
  agent: '取引担当者・代理人',
  contact: '連絡窓口',
  guarantor: '保証人',
  department_head: '部門責任者',
}

export const boBasisLabels: Record<string, string> = {
  votes_over_50: '議決権50%超',
  votes_over_25: '議決権25%超',
  profit_over_50: '収益配当50%超',
  profit_over_25: '収益配当25%超',
  influence: '支配的な影響力',
  representative: '業務執行の代表',
  deemed_person: 'みなし自然人（国・上場会社等）',
}

export const authorityLabels: Record<string, string> = {
  registered: '登記で確認',
  power_of_attorney: '委任状',
  called_head_office: '本店へ電話で確認',
  other: 'その他の資料',
}

export const contactChannelLabels: Record<ContactChannel, string> = {
  phone: '電話',
  mobile: '携帯電話',
  email: 'メール',
  mail: '郵便',
  fax: 'FAX',
  visit: '訪問',
}

export const pepLabels: Record<'none' | 'foreign' | 'domestic', string> = {
  none: '該当なし',
  foreign: '外国PEPs',
  domestic: '国内PEPs',
}

export const eventLabels: Record<string, string> = {
  person_added: '関係者を追加',
  person_changed: '関係者の情報を変更',
  person_import_matched: '取込と照合（変更なし）',
  person_take_over_reverted: '取込による関係者の登録を取消',
  person_role_ended: '関係者の役割を終了',
  person_role_changed: '関係者の役割の内容を変更',
}
