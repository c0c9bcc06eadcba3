import type { Reason } from '../../../platform/commands/refusal.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { Basis, ReviewOutcome } from '../tables.ts'
import type { AssessmentRules } from './rules-in-force.ts'

/** How many independent sources a large recommendation needs (DD group 5, basis). */
export const SOURCES_NEEDED = 2

/** How many independent sources speak: whoever says two things is one source (DD group 5, "at least two independent sources"). */
export function independentSources(basis: readonly Pick<Basis, 'source'>[]): number {
  return new Set(basis.map(one => one.source)).size
}

export interface ReviewFacts {
  outcome: ReviewOutcome
  recommendedYen: Yen | null
  conditions: string | null
  assessedOn: IsoDate
  reviewDueOn: IsoDate
  basis: readonly Basis[]
}

/** Every rule the content of a review breaks, whether it is a draft or about to be decided (DD group 5). */
export function reasonsAgainstReview(review: ReviewFacts, today: IsoDate): Reason[] {
  const reasons: Reason[] = []
  if ((review.outcome === 'decline') !== (review.recommendedYen === null))
    reasons.push({ code: 'recommendation_must_fit_the_outcome', field: 'recommendedYen' })
  if ((review.outcome === 'conditional') !== (review.conditions !== null))
    reasons.push({ code: 'conditions_must_fit_the_outcome', field: 'conditions' })
  if (review.assessedOn > today)
    reasons.push({ code: 'assessment_must_not_be_in_the_future', field: 'assessedOn' })
  if (review.reviewDueOn <= review.assessedOn)
    reasons.push({ code: 'next_review_must_come_later', field: 'reviewDueOn' })
  return reasons
}

/**
 * What still stands against deciding a review: at least one basis, and two independent sources from the company's threshold on, both
 * counted from the recommended amount; refusing credit needs one (DD group 5, basis).
 */
export function reasonsAgainstDecision(
  review: ReviewFacts,
  rules: Pick<AssessmentRules, 'basisThresholdYen'>,
  today: IsoDate,
): Reason[] {
  const reasons = reasonsAgainstReview(review, today)
  const sources = independentSources(review.basis)
  if (sources === 0) reasons.push({ code: 'basis_must_be_given', field: 'basis' })
  else if (needsTwoSources(review.recommendedYen, rules) && sources < SOURCES_NEEDED)
    reasons.push({
      code: 'sources_must_be_independent',
      field: 'basis',
      message: `推奨限度額が${rules.basisThresholdYen.toLocaleString('ja-JP')}円以上の審査には、出所の異なる根拠が2つ以上必要です（現在 ${sources}つ）。`,
      facts: { sources },
    })
  return reasons
}

export function needsTwoSources(
  recommendedYen: Yen | null,
  { basisThresholdYen }: Pick<AssessmentRules, 'basisThresholdYen'>,
): boolean {
  return recommendedYen !== null && recommendedYen >= basisThresholdYen
}
