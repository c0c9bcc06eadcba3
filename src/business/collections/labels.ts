import type { CollectionCaseState } from './rules/states.ts'

export const caseStateLabels: Record<CollectionCaseState, string> = {
  opened: '着手前',
  reminding: '督促中',
  contacted: '連絡済',
  promised: '支払約束',
  kept: '約束履行',
  broken: '約束不履行',
  disputed: '争いあり',
  formal_notice: '催告',
  debtor_notice: '売掛先へ通知',
  counsel: '弁護士',
  settlement_plan: '和解・分割',
  legal_action: '法的手続',
  judgment: '判決',
  enforcement: '強制執行',
  written_off: '貸倒れ',
  resolved: '解決',
  closed: '終了',
}

export const bucketLabels: Record<string, string> = {
  current: '期日内',
  '1-30': '1～30日',
  '31-60': '31～60日',
  '61-90': '61～90日',
  '91+': '91日以上',
}

export const eventLabels: Record<string, string> = {
  collections_followed_up: '督促の状況を更新',
  collection_case_opened: '回収案件を開始',
  collection_case_moved: '回収の段階を変更',
  collection_case_resolved: '回収案件が解決',
  collection_case_forgotten: '回収案件を取り消し',
  collection_contact_logged: '督促・連絡を記録',
  next_action_set: '次の対応を設定',
  dispute_opened: '争いを記録',
  dispute_closed: '争いが終了',
  claim_written_off: '貸倒れ処理',
}
