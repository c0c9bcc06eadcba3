import { itemKindLabels } from './labels.ts'
import type { ItemKind } from './rules/checklist.ts'

/** What a document of the checklist is called: its kind, or the name somebody gave it. */
export function itemTitle(item: { item_kind: ItemKind; title: string | null }): string {
  return item.title ?? itemKindLabels[item.item_kind]
}
