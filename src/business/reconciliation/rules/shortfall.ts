import type { Yen } from '../../../platform/money/yen.ts'

export interface ShortfallFacts {
  openYen: Yen
  toleranceYen: Yen
  transferFeesYen: readonly Yen[]
  taxToleranceYen: Yen
  reason: string | null
}

export interface ShortfallVerdict {
  closes: boolean
  rule: string
  sentence: string
  source: string
}

/**
 * Whether a claim that is open by a little counts as paid: within the company's tolerance by itself, by a known transfer fee or the
 * rounding of consumption tax only when a person says so (FF §4.4, JR §8).
 */
export function judgeShortfall(facts: ShortfallFacts): ShortfallVerdict {
  const { openYen, reason } = facts
  if (openYen <= facts.toleranceYen)
    return {
      closes: true,
      rule: 'open_within_tolerance',
      sentence: '未回収額が許容差以内です。',
      source: 'FF §4.4',
    }
  if (reason === 'transfer_fee' && facts.transferFeesYen.includes(openYen))
    return {
      closes: true,
      rule: 'transfer_fee_deducted',
      sentence: '差額は会社設定にある振込手数料と一致します。',
      source: 'JR §8',
    }
  if (reason === 'tax_difference' && openYen <= facts.taxToleranceYen)
    return {
      closes: true,
      rule: 'tax_difference',
      sentence: '差額は消費税の端数の範囲です。',
      source: 'FF §7',
    }
  return {
    closes: false,
    rule: 'part_payment',
    sentence: '差額を説明する規則がなく、債権は未回収のままです。',
    source: 'FF §4.4',
  }
}
