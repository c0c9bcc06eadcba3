/** What was typed, read as a number: `empty`, a number, or `unreadable`. */
export type ReadNumber = { state: 'empty' } | { state: 'number'; value: number } | { state: 'unreadable' }

const scales: Readonly<Record<string, bigint>> = {
  千: 1_000n,
  万: 10_000n,
  百万: 1_000_000n,
  億: 100_000_000n,
}

/**
 * Reads yen as people write them: 1,200,000 · １２０００００ · ¥1,200,000- · 120万 · 1.5億 · △300 · (300).
 * Whole yen only; anything else is `unreadable`.
 */
export function readYen(typed: string): ReadNumber {
  const text = plain(typed)
    .replace(/[¥\\円]/g, '')
    .replace(/(?<=\d)-$/, '')
  if (text === '') return { state: 'empty' }
  const negative = /^(△|▲|-)(.+)$/.exec(text) ?? /^(\()(.+)\)$/.exec(text)
  const body = negative ? negative[2]! : text
  const value = readScaled(body)
  if (value === null) return { state: 'unreadable' }
  return { state: 'number', value: negative && value !== 0 ? -value : value }
}

/** 3億2000万 → 320000000, exactly; each part is a decimal with an optional unit, units falling. Null when it is not whole. */
function readScaled(text: string): number | null {
  if (!/^(\d+(\.\d+)?(百万|千|万|億)?)+$/.test(text)) return null
  let sum = 0n
  let last: bigint | null = null
  for (const [, whole, part = '', unit] of text.matchAll(/(\d+)(?:\.(\d+))?(百万|千|万|億)?/g)) {
    const scale = unit ? scales[unit]! : 1n
    if (last !== null && scale >= last) return null
    last = scale
    const cut = 10n ** BigInt(part.length)
    const scaled = BigInt(`${whole}${part}`) * scale
    if (scaled % cut !== 0n) return null
    sum += scaled / cut
  }
  return sum > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(sum)
}

/** Reads a plain number, any width, thousands allowed. */
export function readNumber(typed: string): ReadNumber {
  const text = plain(typed)
  if (text === '') return { state: 'empty' }
  if (!/^[-△▲]?\d+(\.\d+)?$/.test(text)) return { state: 'unreadable' }
  return { state: 'number', value: Number(text.replace(/^[△▲]/, '-')) }
}

/** Reads percent into parts per million: 3.8 or 3.8% → 38000. More than four decimals cannot be held. */
export function readRate(typed: string): ReadNumber {
  const read = readNumber(plain(typed).replace(/%$/, ''))
  if (read.state !== 'number') return read
  const ppm = Math.round(read.value * 10_000)
  return Math.abs(read.value * 10_000 - ppm) < 1e-6
    ? { state: 'number', value: ppm }
    : { state: 'unreadable' }
}

function plain(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[,、\s]/g, '')
    .replace(/[−ー―‐]/g, '-')
}

/** 1200000 → 1,200,000. */
export const groupDigits = (value: number): string =>
  value.toLocaleString('ja-JP', { maximumFractionDigits: 20 })

/** 38000 → 3.8. */
export const percentOfPpm = (ppm: number): string => String(ppm / 10_000)
