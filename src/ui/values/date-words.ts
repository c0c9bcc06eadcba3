import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'

const era = new Intl.DateTimeFormat('ja-JP-u-ca-japanese', { dateStyle: 'long', timeZone: 'UTC' })
const tokyo = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'short',
  timeZone: 'Asia/Tokyo',
})

/** 2026-11-23 → 令和8年11月23日; the text itself when it is no date. */
export function japaneseYear(date: IsoDate): string {
  const day = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(day.getTime()) ? date : era.format(day)
}

/** An instant in Tokyo as `2026-11-23 12:34`; the text itself when it is no instant. */
export function tokyoMinute(instant: IsoInstant): string {
  const at = new Date(instant)
  return Number.isNaN(at.getTime()) ? instant : tokyo.format(at)
}

const eraStart: Readonly<Record<string, number>> = {
  R: 2018,
  H: 1988,
  S: 1925,
  T: 1911,
  M: 1867,
  令和: 2018,
  平成: 1988,
  昭和: 1925,
  大正: 1911,
  明治: 1867,
}

/**
 * The plain reading used where the application passes no better one: 2026-11-23, 2026/11/23, 2026年11月23日, 20261123,
 * R8.11.23, 令和8年11月23日, in any width. Null when it is no day of the calendar.
 */
export function parsePlainDate(typed: string): IsoDate | null {
  const text = typed.normalize('NFKC').trim().toUpperCase()
  const western =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (western) return isoDate(Number(western[1]), Number(western[2]), Number(western[3]))
  const japanese =
    /^(R|H|S|T|M|令和|平成|昭和|大正|明治)(\d{1,2}|元)[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  if (!japanese) return null
  const year = japanese[2] === '元' ? 1 : Number(japanese[2])
  return isoDate((eraStart[japanese[1]!] ?? Number.NaN) + year, Number(japanese[3]), Number(japanese[4]))
}

function isoDate(year: number, month: number, day: number): IsoDate | null {
  const date = new Date(Date.UTC(year, month - 1, day))
  const same = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return same ? date.toISOString().slice(0, 10) : null
}
