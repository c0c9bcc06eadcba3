import type { FieldDescription } from '../../platform/fields.ts'
import { collateralFields } from './fields/collateral.ts'
import { guaranteeFields } from './fields/guarantee.ts'
import { reportFields } from './fields/report.ts'
import { reviewFields } from './fields/review.ts'
import { scoreFields } from './fields/score.ts'
import { watchFields } from './fields/watch.ts'

export { collateralFields, guaranteeFields, reportFields, reviewFields, scoreFields, watchFields }

/** The headings of the input guide, in order. */
export const assessmentSections = {
  review: '与信審査',
  score: '評点',
  report: '信用調査レポート',
  collateral: '担保',
  guarantee: '保証',
  watch: '監視区分',
} as const

/** All fields of the credit file (data dictionary, group 5), by the heading under which the input guide prints them. */
export const assessmentFields: Readonly<
  Record<keyof typeof assessmentSections, Readonly<Record<string, FieldDescription>>>
> = {
  review: reviewFields,
  score: scoreFields,
  report: reportFields,
  collateral: collateralFields,
  guarantee: guaranteeFields,
  watch: watchFields,
}
