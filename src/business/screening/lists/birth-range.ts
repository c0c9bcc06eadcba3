import type { BirthRange } from './list-entry.ts'

const MONTHS: Record<string, number> = {
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
  january: 1,
  february: 2,
  march: 3,
  april: 4,
  june: 6,
  july: 7,
  august: 8,
  september: 9,
  october: 10,
  november: 11,
  december: 12,
}

const ERAS: Record<string, number> = { 明治: 1867, 大正: 1911, 昭和: 1925, 平成: 1988, 令和: 2018 }

/** "About" a year is read as two years to either side: wide enough for the lists' rounding, narrow enough to tell people apart. */
const ABOUT_YEARS = 2

interface Piece {
  year: number
  month?: number
  day?: number
}

/**
 * Reads a birth date as lists write it: a day, a month, a year, "circa", "1963 to 1967", "Between Aug. and Sep. 1977",
 * 1955年-1958年頃, 昭和30年1月2日, a Hijri year. Several alternatives (又は, または, or, ;, 、, line breaks) give several ranges.
 * Undefined when any part of the text cannot be read as a date; callers report it, they never guess.
 */
export function readBirths(text: string): BirthRange[] | undefined {
  const parts = text
    .normalize('NFKC')
    .split(/\n|;|、|又は|または|及び|\bor\b|\([a-z]\)|\((?:i|ii|iii|iv|v)\)/iu)
    .map(part => part.replace(/生まれ|生$|\(改訂.*?\)/gu, '').trim())
    .filter(part => part !== '' && !/^(?:不明|na|n\/a|unknown)\.?$/iu.test(part))
  const ranges: BirthRange[] = []
  for (const part of parts) {
    const range = readOne(part)
    if (!range) return undefined
    ranges.push(range)
  }
  return ranges
}

function readOne(text: string): BirthRange | undefined {
  const about = /circa|approximately|about|頃|ころ|ごろ|およそ|おおよそ|おおむね|^c\./iu.test(text)
  const hijri = /hijri|ヒジュラ/iu.test(text)
  const plain = text
    .replace(
      /circa|approximately|about|between|born|から|まで|の間|頃|ころ|ごろ|およそ|おおよそ|おおむね|の$/giu,
      match => (match === 'から' ? ' to ' : ' '),
    )
    .replace(/\(.*?\)/gu, ' ')
    .replace(/\bon\b|\bin\b|\bat\b/giu, ' ')
    .replace(/\band\b/giu, ' to ')
    .trim()
  const ends = splitRange(plain)
  const first = readPiece(ends[0]!, ends[1] === undefined ? undefined : yearIn(ends[1]))
  const last = ends[1] === undefined ? first : readPiece(ends[1], undefined)
  if (!first || !last) return undefined
  const range = { from: earliest(first), to: latest(last) }
  if (!range.from || !range.to || range.from > range.to) return undefined
  if (hijri || first.year < 1500) return hijriRange(first.year, last.year)
  return about
    ? { from: shiftYears(range.from, -ABOUT_YEARS), to: shiftYears(range.to, ABOUT_YEARS) }
    : (range as BirthRange)
}

function splitRange(text: string): [string, string?] {
  const worded = text.split(/\s+to\s+|\s*[~〜～]\s*/u)
  if (worded.length === 2) return [worded[0]!, worded[1]!]
  const years = /^(\d{4})年?\s*[-–]\s*(\d{4})年?$/u.exec(text)
  return years ? [years[1]!, years[2]!] : [text]
}

function yearIn(text: string): number | undefined {
  const year = /\d{4}/u.exec(text)
  return year ? Number(year[0]) : undefined
}

function readPiece(text: string, defaultYear: number | undefined): Piece | undefined {
  const clean = text
    .replace(/[,.](?=\s|$)/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  const japanese =
    /^(?:(明治|大正|昭和|平成|令和)\s*(\d{1,2}|元)|(\d{4}))\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日?)?)?$/u.exec(
      clean,
    )
  if (japanese) {
    const year = japanese[1]
      ? ERAS[japanese[1]]! + (japanese[2] === '元' ? 1 : Number(japanese[2]))
      : Number(japanese[3])
    return piece(year, japanese[4], japanese[5])
  }
  const numeric = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:T.*)?$/u.exec(clean)
  if (numeric) return piece(Number(numeric[1]), numeric[2], numeric[3])
  const dayFirst = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(clean)
  if (dayFirst) return piece(Number(dayFirst[3]), dayFirst[2], dayFirst[1])
  const worded = /^(?:(\d{1,2})\s+)?([a-z]+)\s*(\d{4})?$/iu.exec(clean)
  const month = worded ? MONTHS[worded[2]!.toLowerCase()] : undefined
  const year = worded?.[3] ? Number(worded[3]) : defaultYear
  if (!worded || !month || year === undefined) return undefined
  return piece(year, String(month), worded[1])
}

function piece(year: number, month: string | undefined, day: string | undefined): Piece | undefined {
  const read: Piece = { year, ...(month && { month: Number(month) }), ...(day && { day: Number(day) }) }
  if (read.month !== undefined && (read.month < 1 || read.month > 12)) return undefined
  if (read.day !== undefined && (read.day < 1 || read.day > daysInMonth(read.year, read.month!)))
    return undefined
  return year >= 1200 && year <= 2100 ? read : undefined
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

function earliest(read: Piece): string {
  return isoDay(read.year, read.month ?? 1, read.day ?? 1)
}

function latest(read: Piece): string {
  const month = read.month ?? 12
  return isoDay(read.year, month, read.day ?? daysInMonth(read.year, month))
}

function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function shiftYears(date: string, years: number): string {
  return `${Number(date.slice(0, 4)) + years}${date.slice(4).replace('-02-29', '-02-28')}`
}

/** A Hijri year straddles two Gregorian ones; both are kept. */
function hijriRange(first: number, last: number): BirthRange {
  const toGregorian = (year: number) => Math.floor(year * 0.970224 + 621.5774)
  return { from: isoDay(toGregorian(first), 1, 1), to: isoDay(toGregorian(last) + 1, 12, 31) }
}
