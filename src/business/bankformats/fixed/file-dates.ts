import { isoDate, isRealDay } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { resolveTwoDigitYear } from '../../../platform/dates/typed-date.ts'
import type { DateOfDigits } from './record-reader.ts'

const REMEDY = 'ファイルの作成日を指定するか、元号の年か西暦の年かを指定して読み込んでください。'

/**
 * Reads the six-digit dates of a file against its creation day: wareki without era, nearest era (JR §7.3), or western years where
 * the bank says so. The same day stands on thousands of lines, so answers are kept.
 */
export function datesOfFile(reference: IsoDate, years: 'wareki' | 'western' = 'wareki'): DateOfDigits {
  const known = new Map<string, ReturnType<DateOfDigits>>()
  return digits => {
    const before = known.get(digits)
    if (before) return before
    const reading = years === 'western' ? westernDate(digits) : warekiDate(digits, reference)
    known.set(digits, reading)
    return reading
  }
}

function warekiDate(digits: string, reference: IsoDate): ReturnType<DateOfDigits> {
  const [year, month, day] = parts(digits)
  const reading = resolveTwoDigitYear(year, month, day, reference)
  if (reading.ok || reading.code !== 'era_must_be_given') return reading
  return { ...reading, remedy: REMEDY }
}

function westernDate(digits: string): ReturnType<DateOfDigits> {
  const [year, month, day] = parts(digits)
  if (isRealDay(2000 + year, month, day)) return { ok: true, date: isoDate(2000 + year, month, day) }
  const message = `「${digits}」は暦にない日付です。`
  return { ok: false, code: 'date_must_exist', message, remedy: '銀行にファイルを確認してください。' }
}

function parts(digits: string): [number, number, number] {
  return [Number(digits.slice(0, 2)), Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
}
