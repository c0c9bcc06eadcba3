import { addMonths, dayOfWeek, daysBetween, isoDate, isRealDay } from './calendar-date.ts'
import { type DateReading, type DateRefusal, dateRefusal } from './date-reading.ts'
import type { IsoDate } from './iso-date.ts'
import { plainDateText } from './plain-date-text.ts'
import { erasOfDigits, formatWareki, parseWareki } from './wareki.ts'

/** No spelling of a date is longer. */
const LONGEST = 60
const WEEKDAYS = '日月火水木金土'
const EXAMPLE = '「2026-11-23」「2026年11月23日」「令和8年11月23日」「R8.11.23」のように入力してください。'

/**
 * Reads a date as people in Japan type it: 2026-11-23, 2026/7/2, 20260702, 2026年7月2日（木）, 令和8年7月2日, R8.7.2, and, when
 * `reference` (the date of the file or form) is given, two-digit years without era: 8.7.2, 080702. A time of day behind the date is
 * dropped. Everything else is refused with a reason, a remedy and the days that may be meant. Source: JR §7.3.
 */
export function parseTypedDate(typed: string, reference?: IsoDate): DateReading {
  const trimmed = typed.normalize('NFKC').trim()
  if (trimmed === '') return dateRefusal('date_must_be_given', '日付が空です。', EXAMPLE)
  if (trimmed.length > LONGEST) return unreadable('', `${trimmed.slice(0, 40)}…`)
  const withoutTime = trimmed.replace(/[T\s]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/u, '')
  const text = plainDateText(withoutTime)
  const weekday = /\(?([日月火水木金土])(?:曜日?)?\)$|([日月火水木金土])曜日?$/u.exec(text)
  const reading = readDay(weekday ? text.slice(0, weekday.index) : text, trimmed, reference)
  return weekday && reading.ok ? checkWeekday(reading.date, weekday[1] ?? weekday[2]!) : reading
}

export type DatePrecision = 'day' | 'month' | 'year'
export type PartialDateReading =
  | (Extract<DateReading, { ok: true }> & { precision: DatePrecision })
  | DateRefusal

/**
 * Reads a date of which only the month or the year may be known: 1972.6, 2012年11月, 平成15年4月, H15.4, 1998年, 昭和44年. The day is the first of
 * what is known. Source: DD group 1, established_on.
 */
export function parsePartialDate(typed: string): PartialDateReading {
  const whole = parseTypedDate(typed)
  if (whole.ok) return { ...whole, precision: 'day' }
  const text = typed.normalize('NFKC').replace(/\s/g, '')
  const known =
    /^(\d{4}|(?:明治|大正|昭和|平成|令和|[MTSHR])\.?(?:\d{1,2}|元))(?:(?:年|[-/.])(\d{1,2})月?|年)?$/iu.exec(
      text,
    )
  if (!known) return whole
  const [, year = '', month] = known
  const dayOf = (m: string | number, d: number) =>
    parseTypedDate(
      /^(?:\d|[a-z])/i.test(year) ? `${year}.${m}.${d}` : `${year.replace('.', '')}年${m}月${d}日`,
    )
  // The first year and the first month of an era begin in the middle.
  const tries = month === undefined ? [dayOf(1, 1), dayOf(12, 31)] : [dayOf(month, 1), dayOf(month, 28)]
  const day = tries.find(one => one.ok) ?? tries[0]!
  if (!day.ok) return day
  return month === undefined
    ? { ok: true, date: `${day.date.slice(0, 4)}-01-01`, precision: 'year' }
    : { ok: true, date: `${day.date.slice(0, 7)}-01`, precision: 'month' }
}

/**
 * A day given by a two-digit year without era, as bank files write it (`081120`): the era whose day is nearest the reference date,
 * at most 1 year after and 3 years before it; otherwise a refusal that asks. Source: JR §7.3.
 */
export function resolveTwoDigitYear(
  year: number,
  month: number,
  day: number,
  reference: IsoDate | undefined,
): DateReading {
  const inEras = erasOfDigits(year, month, day)
  const near = reference === undefined ? [] : inEras.filter(date => isNear(date, reference))
  near.sort((a, b) => distance(a, reference!) - distance(b, reference!))
  if (near[0] !== undefined) return { ok: true, date: near[0] }
  const western = isRealDay(2000 + year, month, day) ? [isoDate(2000 + year, month, day)] : []
  const candidates = [...inEras, ...western]
  const digits = `${year}年${month}月${day}日`
  if (candidates.length === 0)
    return dateRefusal('date_must_exist', `${digits}は暦にない日付です。`, '月と日を確認してください。')
  const names = candidates.map(date => `${date}（${formatWareki(date)}）`).join('、')
  const basis = reference === undefined ? '' : `基準日${reference}の3年前から1年後までに当たる元号がなく、`
  return dateRefusal(
    'era_must_be_given',
    `2桁の年「${digits}」は、${basis}どの年か決められません。候補: ${names}。`,
    '元号または西暦4桁を付けてください。',
    candidates,
  )
}

function readDay(text: string, typed: string, reference: IsoDate | undefined): DateReading {
  const western =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (western) return westernDay(Number(western[1]), Number(western[2]), Number(western[3]), typed)
  const short =
    /^(\d{1,2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/u.exec(text) ?? /^(\d{2})(\d{2})(\d{2})$/.exec(text)
  if (short) return resolveTwoDigitYear(Number(short[1]), Number(short[2]), Number(short[3]), reference)
  if (/^[^\d-]/u.test(text)) {
    const wareki = parseWareki(text)
    if (wareki.ok || wareki.code !== 'date_must_be_readable') return wareki
  }
  return unreadable(text, typed)
}

function westernDay(year: number, month: number, day: number, typed: string): DateReading {
  if (year >= 1000 && isRealDay(year, month, day)) return { ok: true, date: isoDate(year, month, day) }
  return dateRefusal('date_must_exist', `「${typed}」は暦にない日付です。`, '年・月・日を確認してください。')
}

function unreadable(text: string, typed: string): DateRefusal {
  if (/^\d{1,2}[-/.月]\d{1,2}日?$/u.test(text))
    return dateRefusal('year_must_be_given', `「${typed}」には年がありません。`, EXAMPLE)
  if (/^(\d{4}|[^\d]{1,2}\d{1,2})[-/.年]\d{1,2}月?$/u.test(text))
    return dateRefusal('day_must_be_given', `「${typed}」には日がありません。`, EXAMPLE)
  return dateRefusal('date_must_be_readable', `「${typed}」を日付として読めません。`, EXAMPLE)
}

function checkWeekday(date: IsoDate, weekday: string): DateReading {
  const real = WEEKDAYS[dayOfWeek(date)]!
  if (real === weekday) return { ok: true, date }
  return dateRefusal(
    'weekday_must_match',
    `${date}は${real}曜日ですが、${weekday}曜日と書かれています。`,
    '日付と曜日のどちらが正しいか確認してください。',
    [date],
  )
}

function isNear(date: IsoDate, reference: IsoDate): boolean {
  return date <= addMonths(reference, 12) && date >= addMonths(reference, -36)
}

function distance(date: IsoDate, reference: IsoDate): number {
  return Math.abs(daysBetween(date, reference))
}
