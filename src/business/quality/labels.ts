import type { CheckGroup } from './rules.ts'

export const groupLabels: Readonly<Record<CheckGroup, string>> = {
  completeness: '完全性',
  format: '形式',
  stale: '鮮度',
  registry: '公表情報',
}
