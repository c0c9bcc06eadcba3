import type { ExclusionGround, HoldingSource, RightKind, TieKind } from './tables.ts'

export const rightLabels: Record<RightKind, string> = { votes: '議決権', profit: '収益・財産の権利' }

export const sourceLabels: Record<HoldingSource, string> = {
  shareholder_register: '株主名簿',
  articles: '定款',
  owner_list: '実質的支配者リスト',
  declaration: '申告',
  registry: '登記',
  securities_report: '有価証券報告書',
  old_system: '旧システム',
  other: 'その他の資料',
}

export const tieLabels: Record<TieKind, string> = {
  affiliate: '関連会社',
  sister: '兄弟会社',
  same_representative: '代表者が同じ',
  same_address: '所在地が同じ',
  same_phone: '電話番号が同じ',
  same_account: '口座が同じ',
}

export const exclusionGroundLabels: Record<ExclusionGround, string> = {
  no_will: '支配する意思がない',
  incapacity: '支配する能力がない（長期の療養・後見など）',
  nominal_holder: '名義だけの保有',
  other: 'その他',
}

export const ownerBasisLabels: Record<string, string> = {
  votes_over_50: '議決権50%超',
  votes_over_25: '議決権25%超',
  profit_over_50: '収益・財産の権利50%超',
  profit_over_25: '収益・財産の権利25%超',
  influence: '支配的な影響力',
  representative: '業務執行の代表',
}

export const outcomeLabels: Record<string, string> = {
  not_needed: '確認の対象外',
  by_share: '持分による',
  by_influence: '影響力による',
  by_representative: '代表者による',
  nobody: '該当者なし',
}

export const eventLabels: Record<string, string> = {
  shareholding_recorded: '持株を記録',
  shareholding_ended: '持株を終了',
  shareholding_take_over_reverted: '取込による持株を取り消し',
  tie_take_over_reverted: '取込によるグループ関係を取り消し',
  ownership_computed: '実質的支配者・親会社の計算が変化',
  control_excluded: '実質的支配者から除く判断を記録',
  control_exclusion_ended: '実質的支配者から除く判断を終了',
  tie_confirmed: 'グループ関係を確認',
  tie_ended: 'グループ関係を解消',
}
