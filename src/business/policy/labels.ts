import { type Department, retentionItems } from './rules.ts'
import type { PolicyState } from './tables.ts'

export const departmentLabels: Record<Department, string> = {
  credit: '審査責任者',
  legal: '法務・コンプライアンス責任者',
  collection: '回収責任者',
  sales: '営業責任者',
}

export const stateLabels: Record<PolicyState, string> = {
  draft: '確認待ちの案',
  in_force: '施行中',
  superseded: '旧版',
  withdrawn: '取下げ',
}

export const directionLabels = { at_least: '以上', at_most: '以下' } as const

export const eventLabels: Record<string, string> = {
  policy_drafted: '運用規程の案を作成',
  policy_confirmed: '運用規程を確認',
  policy_in_force: '運用規程を施行',
  policy_withdrawn: '運用規程の案を取下げ',
}

/** What each retention item is called, and on what law its years rest. */
export const retentionLabels: Readonly<Record<string, string>> = Object.fromEntries(
  retentionItems.map(({ code, label }) => [code, label]),
)
export const retentionBases: Readonly<Record<string, string>> = Object.fromEntries(
  retentionItems.map(({ code, basis }) => [code, basis]),
)
