import type { BreachGround, Filing, IncidentKind, SubjectRole } from './tables.ts'

export const incidentKindLabels: Record<IncidentKind, string> = {
  fraud: '詐欺・架空債権',
  double_assignment: '二重譲渡',
  misdirected_payment: '誤送金・誤入金',
  insolvency: '倒産・支払停止',
  data: '個人データの漏えい等',
}

export const subjectRoleLabels: Record<SubjectRole, string> = {
  client: '利用者',
  debtor: '売掛先',
  other: 'その他',
}

export const breachGroundLabels: Record<BreachGround, string> = {
  special_care: '要配慮個人情報を含む',
  property_damage: '財産的被害のおそれ',
  wrongful_purpose: '不正の目的のおそれ',
  over_1000: '1,000人を超える',
}

export const filingLabels: Record<Filing, string> = {
  report: '社内報告',
  claim: '債権届出',
  preliminary: '速報（個人情報保護委員会）',
  final: '確報（個人情報保護委員会）',
}

export const eventLabels: Record<string, string> = {
  incident_opened: '事故を登録',
  incident_changed: '事故の内容を変更',
  incident_filed: '事故の報告・届出を記録',
  incident_closed: '事故を終了',
  incident_reopened: '事故を再開',
}
