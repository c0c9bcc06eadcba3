import type { IsoDate } from './iso-date.ts'

/** One era of the Japanese calendar. */
export interface Era {
  kanji: string
  /** One-kanji form seen on forms: 令, 平. */
  short: string
  letter: string
  from: IsoDate
  /** Last day; null while the era runs. */
  to: IsoDate | null
  /** Western year of year 1. */
  firstYear: number
}

/**
 * Newest first. Source: JR §7.3. 明治 is accepted from 1873, when Japan took over the Gregorian calendar; earlier days would
 * need the lunar calendar.
 */
export const ERAS: readonly Era[] = [
  { kanji: '令和', short: '令', letter: 'R', from: '2019-05-01', to: null, firstYear: 2019 },
  { kanji: '平成', short: '平', letter: 'H', from: '1989-01-08', to: '2019-04-30', firstYear: 1989 },
  { kanji: '昭和', short: '昭', letter: 'S', from: '1926-12-25', to: '1989-01-07', firstYear: 1926 },
  { kanji: '大正', short: '大', letter: 'T', from: '1912-07-30', to: '1926-12-24', firstYear: 1912 },
  { kanji: '明治', short: '明', letter: 'M', from: '1873-01-01', to: '1912-07-29', firstYear: 1868 },
]

/** The era a day lies in; null before 1873. */
export function eraOf(date: IsoDate): Era | null {
  return ERAS.find(era => date >= era.from) ?? null
}

/** The year of the era that western year is: 2026 in 令和 is 8. */
export function eraYear(era: Era, westernYear: number): number {
  return westernYear - era.firstYear + 1
}

/** The western year of a year of the era. */
export function westernYear(era: Era, yearOfEra: number): number {
  return era.firstYear + yearOfEra - 1
}

/** The era named by kanji, short form or letter; null when there is none. */
export function eraNamed(name: string): Era | null {
  return ERAS.find(era => era.kanji === name || era.short === name || era.letter === name) ?? null
}
