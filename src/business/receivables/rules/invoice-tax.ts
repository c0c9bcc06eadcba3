import { floorDivide, type Ppm, type Yen } from '../../../platform/money/yen.ts'

/** Tax of an invoice at one rate; `baseYen` excluding tax or including it as the invoice states (JR §5.2). */
export type TaxRow = { ratePpm: Ppm; baseYen: Yen; basis: 'excluding_tax' | 'including_tax'; taxYen: Yen }

export type TaxCheck = {
  row: TaxRow
  lowestYen: Yen
  highestYen: Yen
  accepted: boolean
  rule: string
  sentence: string
  source: string
}

/**
 * ⌊base·r⌋ ≤ tax ≤ ⌈base·r⌉ for each rate: one rounding per invoice per rate, direction at the issuer's
 * choice (JR §5.2).
 */
export function checkInvoiceTax(rows: TaxRow[]): TaxCheck[] {
  return rows.map(row => {
    const divisor = row.basis === 'excluding_tax' ? 1_000_000n : BigInt(1_000_000 + row.ratePpm)
    const product = BigInt(row.baseYen) * BigInt(row.ratePpm)
    const lowestYen = floorDivide(product, divisor)
    const highestYen = -floorDivide(-product, divisor)
    const accepted = lowestYen <= row.taxYen && row.taxYen <= highestYen
    const rate = row.ratePpm / 10_000
    const sentence = accepted
      ? `${rate}%の消費税額は計算と合っています。`
      : `${rate}%の消費税額は${rangeWords(lowestYen, highestYen)}になるはずです（端数処理は税率ごとに1回です）。`
    return {
      row,
      lowestYen,
      highestYen,
      accepted,
      rule: 'tax_rounded_once_per_rate',
      sentence,
      source: 'JR §5.2',
    }
  })
}

function rangeWords(lowestYen: Yen, highestYen: Yen): string {
  const [lowest, highest] = [lowestYen, highestYen].map(yen => `${yen.toLocaleString('ja-JP')}円`)
  return lowestYen === highestYen ? `${lowest}` : `${lowest}か${highest}`
}
