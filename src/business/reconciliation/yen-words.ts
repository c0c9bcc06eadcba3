import type { Yen } from '../../platform/money/yen.ts'

/** Yen as an approver reads them in a request: 「1,122,000円」. */
export function yenWords(yen: Yen): string {
  return `${yen.toLocaleString('ja-JP')}円`
}
