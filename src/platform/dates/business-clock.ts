import type { BusinessCalendar } from './business-calendar.ts'
import { isBusinessDay } from './business-calendar.ts'
import { addDays } from './calendar-date.ts'
import type { IsoDate } from './iso-date.ts'
import { Temporal } from './temporal.ts'
import { todayInTokyo } from './today.ts'

const MINUTE_MS = 60_000

/** When work is done: the days of a calendar, from `opensAt` to `closesAt`, Tokyo time, written HH:MM. */
export interface BusinessHours {
  calendar: BusinessCalendar
  opensAt: string
  closesAt: string
}

/** A span of time during which the clock stands still, for example while an answer is awaited. An open end is null. */
export interface Pause {
  from: Date
  to: Date | null
}

/** Whole minutes of business time between two instants, rounded down; 0 when `to` is not after `from`. */
export function businessMinutesBetween(from: Date, to: Date, hours: BusinessHours): number {
  return Math.floor(businessMsBetween(from.getTime(), to.getTime(), hours) / MINUTE_MS)
}

/** Business minutes between two instants without those in the pauses, which may overlap one another. */
export function runningMinutesBetween(
  from: Date,
  to: Date,
  hours: BusinessHours,
  pauses: readonly Pause[],
): number {
  const end = to.getTime()
  let running = 0
  let position = from.getTime()
  for (const pause of [...pauses].sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const start = Math.min(pause.from.getTime(), end)
    if (start > position) running += businessMsBetween(position, start, hours)
    position = Math.max(position, pause.to === null ? end : Math.min(pause.to.getTime(), end))
  }
  return Math.floor((running + businessMsBetween(position, end, hours)) / MINUTE_MS)
}

/** The instant at which that many business minutes have passed since `start`: a deadline by the business clock. */
export function addBusinessMinutes(start: Date, minutes: number, hours: BusinessHours): Date {
  if (minutes < 0) throw new RangeError('business minutes must not be negative')
  let left = minutes * MINUTE_MS
  for (let day = todayInTokyo(start), tries = 0; tries < 4000; day = addDays(day, 1), tries++) {
    const span = openSpan(day, hours)
    if (span === null) continue
    const from = Math.max(span.opens, start.getTime())
    const available = Math.max(0, span.closes - from)
    if (available > 0 && left <= available) return new Date(from + left)
    left -= available
  }
  throw new RangeError(
    `calendar ${hours.calendar.code} has too few business days after ${start.toISOString()}`,
  )
}

function businessMsBetween(from: number, to: number, hours: BusinessHours): number {
  let total = 0
  if (to <= from) return 0
  const last = todayInTokyo(new Date(to))
  for (let day = todayInTokyo(new Date(from)); day <= last; day = addDays(day, 1)) {
    const span = openSpan(day, hours)
    if (span !== null) total += Math.max(0, Math.min(to, span.closes) - Math.max(from, span.opens))
  }
  return total
}

/** Opening and closing instants of a day in milliseconds; null on a closed day. */
function openSpan(day: IsoDate, hours: BusinessHours): { opens: number; closes: number } | null {
  if (!isBusinessDay(day, hours.calendar)) return null
  return { opens: tokyoInstant(day, hours.opensAt), closes: tokyoInstant(day, hours.closesAt) }
}

function tokyoInstant(day: IsoDate, time: string): number {
  return Temporal.Instant.from(`${day}T${time}:00+09:00`).epochMilliseconds
}
