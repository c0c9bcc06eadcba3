import type { TrailEvent } from '../contract.ts'

/** Events as they happened, newest first: the trail keeps them as they were written down, which may be later than they happened. */
export function inTime(events: readonly TrailEvent[]): TrailEvent[] {
  return events.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}
