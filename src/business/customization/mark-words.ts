import type { Json } from '../../platform/trail/canonical.ts'
import type { MarkKind } from './tables.ts'

/** Marks as timelines and events keep them: in words, the status and the tags. */
export function markWords(marks: readonly { markKind: MarkKind; label: string }[]): Record<string, Json> {
  return {
    'mark.status': marks.find(mark => mark.markKind === 'status')?.label ?? null,
    'mark.tags': marks.filter(mark => mark.markKind === 'tag').map(mark => mark.label),
  }
}

export function changesSaid(
  added: readonly { label: string }[],
  removed: readonly { label: string }[],
): string {
  return [...added.map(mark => `＋${mark.label}`), ...removed.map(mark => `－${mark.label}`)]
    .join('　')
    .slice(0, 300)
}
