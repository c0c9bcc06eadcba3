import type { Yen } from '../../platform/money/yen.ts'

/** Signs before negative yen: − (general) or △ (Japanese books). */
export type NegativeStyle = 'minus' | 'triangle'

/** 1234567 → ¥1,234,567; −500 → −¥500 or △¥500. */
export function yenText(yen: Yen, negative: NegativeStyle = 'minus'): string {
  const digits = `¥${Math.abs(yen).toLocaleString('ja-JP')}`
  if (yen >= 0) return digits
  return negative === 'triangle' ? `△${digits}` : `−${digits}`
}

/** 1234567 → 123万円, 2億3,400万円: for tiles and axes, floored towards zero to whole 万. */
export function roughYen(yen: Yen): string {
  const size = Math.abs(yen)
  const sign = yen < 0 ? '−' : ''
  if (size < 10_000) return `${sign}${size.toLocaleString('ja-JP')}円`
  const oku = Math.floor(size / 100_000_000)
  const man = Math.floor((size % 100_000_000) / 10_000)
  const head = oku > 0 ? `${oku.toLocaleString('ja-JP')}億` : ''
  return `${sign}${head}${man > 0 ? `${man.toLocaleString('ja-JP')}万` : ''}円`
}

/** 38000 ppm → 3.8%; `digits` fixes the decimals, rounded half away from zero, for columns that line up. */
export function percentText(ppm: number, digits?: number): string {
  const percent = ppm / 10_000
  return `${digits === undefined ? String(percent) : percent.toFixed(digits)}%`
}
