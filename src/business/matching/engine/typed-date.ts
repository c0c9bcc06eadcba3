/** Dates of foundation as people type them, for comparison only: ISO, slashes, 8 digits, 和暦. Source: JR §7.3. */
import { compatible } from '../../names/index.ts'

const ERAS: Record<string, number> = {
  令和: 2018,
  R: 2018,
  平成: 1988,
  H: 1988,
  昭和: 1925,
  S: 1925,
  大正: 1911,
  T: 1911,
  明治: 1867,
  M: 1867,
}

/** Year × 10,000 + month × 100 + day; day or month 0 when not typed; 0 when not understood. */
export function typedDateKey(typed: string): number {
  if (typed === '') return 0
  const text = compatible(typed).replace(/\s+/g, '').toUpperCase()
  const plain =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?/.exec(text)
  if (plain !== null) return keyOf(Number(plain[1]), Number(plain[2]), Number(plain[3] ?? 0))
  const era =
    /^(令和|平成|昭和|大正|明治|[RHSTM])(\d{1,2}|元)[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?/.exec(text)
  if (era === null) return 0
  const year = (ERAS[era[1]!] ?? 0) + (era[2] === '元' ? 1 : Number(era[2]))
  return keyOf(year, Number(era[3]), Number(era[4] ?? 0))
}

function keyOf(year: number, month: number, day: number): number {
  if (year < 1600 || year > 2200 || month > 12 || day > 31) return 0
  return year * 10000 + month * 100 + day
}
