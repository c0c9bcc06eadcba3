import type { Case } from './records.ts'
import { riskRating } from './rules.ts'

export const contentInput = (row: Case): Content => ({
  methodCode: row.method_code,
  purpose: row.purpose,
  businessContent: row.business_content,
  ratingFactors: row.rating_factors,
  assetIncomeChecked: row.asset_income_checked,
  expectedYen: row.expected_yen,
})

/** What the history says of the content of a check. */
export function saidOf(
  of: Pick<
    Case,
    'method_code' | 'risk_rating' | 'rating_factors' | 'purpose' | 'asset_income_checked' | 'expected_yen'
  >,
) {
  return {
    methodCode: of.method_code,
    riskRating: of.risk_rating,
    ratingFactors: of.rating_factors,
    purpose: of.purpose,
    assetIncomeChecked: of.asset_income_checked,
    expectedYen: of.expected_yen,
  }
}

interface Content {
  methodCode: Case['method_code']
  purpose: string
  businessContent?: string | null | undefined
  ratingFactors: Case['rating_factors']
  assetIncomeChecked: boolean
  expectedYen?: number | null | undefined
}

export function contentOf(input: Content) {
  const factors = [...new Set(input.ratingFactors)].sort()
  return {
    method_code: input.methodCode,
    purpose: input.purpose,
    business_content: input.businessContent ?? null,
    risk_rating: riskRating(factors),
    rating_factors: factors,
    asset_income_checked: input.assetIncomeChecked,
    expected_yen: input.expectedYen ?? null,
  }
}
