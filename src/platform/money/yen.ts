/** Whole yen, never a fraction; |x| ≤ 9 × 10¹⁵ so that every value is exact in a JavaScript number (architecture.md, Money). */
export type Yen = number

/** Parts per million: 38 000 = 3.8 %. */
export type Ppm = number

export const MAX_YEN: Yen = 9_000_000_000_000_000

/** Throws when a value is not whole yen in range: a broken promise of ours, not a user's mistake. */
export function assertYen(value: number): Yen {
  if (!Number.isSafeInteger(value) || Math.abs(value) > MAX_YEN)
    throw new RangeError(`${value} is not whole yen`)
  return value
}

/** ⌊amount · ppm / 10⁶⌋, computed exactly and floored once (factoring-flows.md §4.1). */
export function shareOf(amount: Yen, ppm: Ppm): Yen {
  return floorDivide(BigInt(amount) * BigInt(ppm), 1_000_000n)
}

/** Exact quotient rounded towards minus infinity, back as yen. */
export function floorDivide(dividend: bigint, divisor: bigint): Yen {
  const quotient = dividend / divisor
  const exact = quotient * divisor === dividend
  const floored = !exact && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient
  return assertYen(Number(floored))
}
