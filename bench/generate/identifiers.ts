import { scatter } from './random.ts'

/**
 * Check digit of a corporate number, from its 12-digit base: 9 − (Σ Pₙ·Qₙ mod 9), Qₙ = 1 for odd n and 2 for even n,
 * counted from the right (JR §1.1).
 */
export function corporateCheckDigit(base: string): string {
  if (!/^\d{12}$/.test(base)) throw new RangeError(`${base} is not 12 digits`)
  let sum = 0
  for (let n = 1; n <= 12; n++) sum += Number(base[12 - n]) * (n % 2 === 0 ? 2 : 1)
  return String(9 - (sum % 9))
}

/** A 13-digit corporate number from its 12-digit base. */
export function corporateNumberFrom(base: string): string {
  return corporateCheckDigit(base) + base
}

/**
 * A valid number which no other index of this seed gets. Serials start at 500000: registry offices have not come that
 * far (highest seen in the EDINET list of 2025-12-24: 262866), so no real company is meant.
 */
export function corporateNumberOf(
  seed: number,
  index: number,
  prefectureCode: string,
  registerKind: string,
): string {
  const serial = 500_000 + scatter(seed, index % 500_000, 500_000)
  const office = Number(prefectureCode) * 100 + (Math.floor(index / 500_000) % 100)
  return corporateNumberFrom(String(office).padStart(4, '0') + registerKind + String(serial))
}

/** The real corporate number of a prefecture or municipality: base 000020 + its six-digit code (check digit included). */
export function publicBodyNumber(localCode5: string): string {
  return corporateNumberFrom(`000020${localCode5}${localCheckDigit(localCode5)}`)
}

/** Sixth digit of a 全国地方公共団体コード (JR §1.6). */
export function localCheckDigit(code5: string): string {
  let sum = 0
  for (let i = 0; i < 5; i++) sum += Number(code5[i]) * (6 - i)
  const rest = sum < 11 ? 11 - sum : 11 - (sum % 11)
  return String(rest % 10)
}

/** T number of a sole proprietor: 13 digits of their own, never a corporate number of this generator (bases start with 9). */
export function soleProprietorInvoiceNumber(seed: number, index: number): string {
  const size = 100_000_000
  const serial = String(scatter(seed ^ 0x51ed, index % size, size)).padStart(8, '0')
  return `T${corporateNumberFrom(`9${String(Math.floor(index / size) % 1000).padStart(3, '0')}${serial}`)}`
}
