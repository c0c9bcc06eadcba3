import type { IsoDate } from './iso-date.ts'

const TOKYO_OFFSET_MS = 9 * 3_600_000

/** The date in Tokyo at an instant. Japan keeps UTC+9 all year, so no time-zone table is needed. */
export function todayInTokyo(now: Date): IsoDate {
  return new Date(now.getTime() + TOKYO_OFFSET_MS).toISOString().slice(0, 10)
}
