import { dateParts, isoDate, isRealDay } from './calendar-date.ts'
import { type DateReading, dateRefusal } from './date-reading.ts'
import { ERAS, type Era, eraNamed, eraOf, eraYear, westernYear } from './eras.ts'
import type { IsoDate } from './iso-date.ts'
import { plainDateText } from './plain-date-text.ts'

const ERA_NAMES = '令和|平成|昭和|大正|明治|令|平|昭|大|明|R|H|S|T|M'
const WITH_SEPARATORS = new RegExp(`^(${ERA_NAMES})(\\d{1,3})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?$`)
const SIX_DIGITS = new RegExp(`^(${ERA_NAMES})(\\d{2})(\\d{2})(\\d{2})$`)

/** `long` 令和8年11月23日 (year 1 is 元年) · `short` R8.11.23 · `padded` R08.11.23. */
export type WarekiStyle = 'long' | 'short' | 'padded'

/** Writes a date in the Japanese calendar; null before 1873, where the lunar calendar ran (JR §7.3). */
export function formatWareki(date: IsoDate, style: WarekiStyle = 'long'): string | null {
  const { year, month, day } = dateParts(date)
  const era = eraOf(date)
  if (era === null) return null
  const inEra = eraYear(era, year)
  if (style === 'long') return `${era.kanji}${inEra === 1 ? '元' : inEra}年${month}月${day}日`
  if (style === 'short') return `${era.letter}${inEra}.${month}.${day}`
  const two = (value: number) => String(value).padStart(2, '0')
  return `${era.letter}${two(inEra)}.${two(month)}.${two(day)}`
}

/**
 * Reads a date written with its era in any usual spelling: 令和8年11月23日, R8.11.23, R081123, 令和元年五月一日, ㍻31/4/30.
 * Refuses a day outside its era (平成32年, 昭和64年1月8日, 令和0年) and says which era the day belongs to. Source: JR §7.3.
 */
export function parseWareki(typed: string): DateReading {
  const text = plainDateText(typed)
  const match = WITH_SEPARATORS.exec(text) ?? SIX_DIGITS.exec(text)
  const era = match && eraNamed(match[1]!)
  if (!match || !era)
    return dateRefusal(
      'date_must_be_readable',
      `「${typed}」を和暦の日付として読めません。`,
      '「令和8年11月23日」または「R8.11.23」のように入力してください。',
    )
  return dayOfEra(era, Number(match[2]), Number(match[3]), Number(match[4]))
}

/** The day of an era year, or why it is none. */
export function dayOfEra(era: Era, yearOfEra: number, month: number, day: number): DateReading {
  const written = `${era.kanji}${yearOfEra}年${month}月${day}日`
  if (yearOfEra === 0)
    return dateRefusal(
      'era_year_must_start_at_one',
      `${era.kanji}0年はありません。`,
      '最初の年は元年（1年）です。',
    )
  const year = westernYear(era, yearOfEra)
  if (!isRealDay(year, month, day))
    return dateRefusal(
      'date_must_exist',
      `${written}（${year}年）は暦にない日付です。`,
      '月と日を確認してください。',
    )
  const date = isoDate(year, month, day)
  if (date >= era.from && (era.to === null || date <= era.to)) return { ok: true, date }
  const right = formatWareki(date)
  return dateRefusal(
    'day_must_lie_in_its_era',
    `${written}はありません。${era.kanji}は${spanOf(era)}です。`,
    right === null ? '1873年より前の日付は扱えません。' : `${right}ではありませんか。`,
    right === null ? [] : [date],
  )
}

/** Every real day the six digits can mean in some era, newest era first. */
export function erasOfDigits(yearOfEra: number, month: number, day: number): IsoDate[] {
  return ERAS.flatMap(era => {
    const reading = dayOfEra(era, yearOfEra, month, day)
    return reading.ok ? [reading.date] : []
  })
}

function spanOf(era: Era): string {
  return era.to === null ? `${era.from}から` : `${era.from}から${era.to}まで`
}
