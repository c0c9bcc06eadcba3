/**
 * An exact part of a whole, in lowest terms: votes out of all votes. Percentages are never rounded before they are compared, because
 * "more than half" of 10,000,000 votes begins at 5,000,001.
 */
export interface Fraction {
  readonly num: bigint
  readonly den: bigint
}

export const none: Fraction = { num: 0n, den: 1n }
export const whole: Fraction = { num: 1n, den: 1n }
export const half: Fraction = { num: 1n, den: 2n }
export const quarter: Fraction = { num: 1n, den: 4n }

/** `num` out of `den`, in lowest terms; a whole of nothing is our bug. */
export function fraction(num: number | bigint, den: number | bigint): Fraction {
  const [above, below] = [BigInt(num), BigInt(den)]
  if (below <= 0n) throw new Error('a part needs a whole greater than zero')
  const common = greatestCommon(above < 0n ? -above : above, below)
  return { num: above / common, den: below / common }
}

export function add(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den)
}

export function subtract(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den)
}

/** Negative, zero or positive, as `a` is less than, equal to or greater than `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const [left, right] = [a.num * b.den, b.num * a.den]
  return left < right ? -1 : left > right ? 1 : 0
}

export const isMore = (a: Fraction, b: Fraction): boolean => compare(a, b) > 0

export function sum(parts: Iterable<Fraction>): Fraction {
  let total = none
  for (const part of parts) total = add(total, part)
  return total
}

/** Parts per million, rounded down: for showing and sorting only. */
export function toPpm({ num, den }: Fraction): number {
  return Number((num * 1_000_000n) / den)
}

/** As people read it: 「33.33%」, cut after two places, and marked 「約」 where that is not exact. */
export function percentText({ num, den }: Fraction): string {
  const hundredths = (num * 10_000n) / den
  const exact = hundredths * den === num * 10_000n
  const [before, after] = [hundredths / 100n, hundredths % 100n]
  const places = after === 0n ? '' : `.${String(after).padStart(2, '0').replace(/0$/, '')}`
  return `${exact ? '' : '約'}${before}${places}%`
}

function greatestCommon(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b]
  while (low > 0n) [high, low] = [low, high % low]
  return high === 0n ? 1n : high
}
