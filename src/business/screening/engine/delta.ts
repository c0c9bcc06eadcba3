import type { ListEntry } from '../lists/list-entry.ts'
import { buildIndex, screenSubject } from './list-index.ts'
import type { ScreeningPolicy } from './policy.ts'
import type { SubjectMatches } from './screen-all.ts'
import type { ScreeningSubject } from './screening-result.ts'

export interface ListDifference {
  added: ListEntry[]
  changed: { before: ListEntry; after: ListEntry }[]
  /** Entries no longer listed: their open alerts close with this as the reason. */
  removed: ListEntry[]
}

/** Compares two versions of the same lists by list and entry id; any item of an entry counts as a change. */
export function diffLists(
  before: readonly { entries: readonly ListEntry[] }[],
  after: readonly { entries: readonly ListEntry[] }[],
): ListDifference {
  const known = new Map(before.flatMap(list => list.entries).map(entry => [keyOf(entry), entry]))
  const difference: ListDifference = { added: [], changed: [], removed: [] }
  for (const entry of after.flatMap(list => list.entries)) {
    const old = known.get(keyOf(entry))
    known.delete(keyOf(entry))
    if (!old) difference.added.push(entry)
    else if (contentOf(old) !== contentOf(entry)) difference.changed.push({ before: old, after: entry })
  }
  difference.removed.push(...known.values())
  return difference
}

function keyOf(entry: ListEntry): string {
  return `${entry.list}\u0000${entry.entryId}`
}

/** The order of items in a file may change without the entry changing. */
function contentOf(entry: ListEntry): string {
  const sorted = <T>(items: T[]) => items.map(item => JSON.stringify(item)).sort()
  const { names, births, countries, addresses, identifiers, programs, ...rest } = entry
  return JSON.stringify([
    Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)),
    [names, births, countries, addresses, identifiers, programs].map(items => sorted<unknown>(items)),
  ])
}

/**
 * Screens subjects against new and changed entries only, comparing every word with every other without any gate. Gives exactly what a full run gives
 * for those entries; subjects without a match are left out.
 */
export function screenDelta(
  changedEntries: readonly ListEntry[],
  subjects: Iterable<ScreeningSubject>,
  options: { policy?: ScreeningPolicy } = {},
): SubjectMatches[] {
  const index = buildIndex([{ entries: changedEntries }], { ...options, exhaustive: true })
  const found: SubjectMatches[] = []
  for (const subject of subjects) {
    const matches = screenSubject(index, subject)
    if (matches.length > 0) found.push({ subject, matches })
  }
  return found
}
