import { type OfferedPurpose, purposeKept, purposeWords, type TypedPurpose } from './purposes.ts'
import type { Case } from './records.ts'
import { riskRating } from './rules.ts'

type Said = Pick<
  Case,
  | 'method_code'
  | 'risk_rating'
  | 'rating_factors'
  | 'purpose_code'
  | 'purpose_label'
  | 'purpose'
  | 'business_content'
  | 'asset_income_checked'
  | 'expected_yen'
>

/** The content a check has, in the order `contentOf` gives it. */
export const contentStored = (row: Case): Said => ({
  method_code: row.method_code,
  purpose_code: row.purpose_code,
  purpose_label: row.purpose_label,
  purpose: row.purpose,
  business_content: row.business_content,
  risk_rating: row.risk_rating,
  rating_factors: [...row.rating_factors].sort(),
  asset_income_checked: row.asset_income_checked,
  expected_yen: row.expected_yen,
})

/** What the history says of the content of a check. */
export function saidOf(of: Said) {
  return {
    methodCode: of.method_code,
    riskRating: of.risk_rating,
    ratingFactors: of.rating_factors,
    purpose: purposeWords(of),
    assetIncomeChecked: of.asset_income_checked,
    expectedYen: of.expected_yen,
  }
}

interface Content extends TypedPurpose {
  methodCode: Case['method_code']
  businessContent?: string | null | undefined
  ratingFactors: Case['rating_factors']
  assetIncomeChecked: boolean
  expectedYen?: number | null | undefined
}

export function contentOf(
  input: Content,
  offered: readonly OfferedPurpose[],
  before: Case | null = null,
): Said {
  const factors = [...new Set(input.ratingFactors)].sort()
  return {
    method_code: input.methodCode,
    ...purposeKept(input, offered, before),
    business_content: input.businessContent ?? null,
    risk_rating: riskRating(factors),
    rating_factors: factors,
    asset_income_checked: input.assetIncomeChecked,
    expected_yen: input.expectedYen ?? null,
  }
}
