import type { IsoInstant } from '../../platform/dates/iso-date.ts'
import { tokyoMinute } from './date-words.ts'

/** Events by their day in Tokyo, the given order kept. */
export function byDay<E extends { at: IsoInstant }>(events: readonly E[]): [string, E[]][] {
  const days = new Map<string, E[]>()
  for (const event of events) {
    const day = tokyoMinute(event.at).slice(0, 10)
    const list = days.get(day)
    if (list) list.push(event)
    else days.set(day, [event])
  }
  return [...days]
}
