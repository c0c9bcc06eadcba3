import type { FieldDescription as StoredField } from '../../../platform/fields.ts'
import { type InputMore, inputOf, StatusTag, type Tone } from '../../../ui/index.ts'
import type { CreditReview } from '../contract.ts'
import { creditReviewStateLabels, outcomeLabels, providerLabels, watchLabels } from '../labels.ts'
import type { ScoreProvider, WatchState } from '../tables.ts'

const watchTones: Record<WatchState, Tone> = { normal: 'success', watch: 'warning', stop: 'danger' }

export function WatchTag({ state, detail }: { state: WatchState; detail?: string | null }) {
  return <StatusTag tone={watchTones[state]} word={watchLabels[state]} {...(detail ? { detail } : {})} />
}

const stateTones: Record<CreditReview['state'], Tone> = {
  draft: 'waiting',
  decided: 'accent',
  withdrawn: 'neutral',
}
const outcomeTones: Record<CreditReview['outcome'], Tone> = {
  accept: 'success',
  conditional: 'warning',
  decline: 'danger',
}

export function ReviewStateTag({ review }: { review: CreditReview }) {
  return (
    <StatusTag
      tone={stateTones[review.state]}
      word={creditReviewStateLabels[review.state]}
      {...(review.withdrawnReason ? { detail: review.withdrawnReason } : {})}
    />
  )
}

export function OutcomeTag({ outcome }: { outcome: CreditReview['outcome'] }) {
  return <StatusTag tone={outcomeTones[outcome]} word={outcomeLabels[outcome]} />
}

export const providerName = (one: { provider: ScoreProvider; providerName: string | null }): string =>
  one.providerName ?? providerLabels[one.provider]

const shortNames: Partial<Record<ScoreProvider, string>> = { tdb: 'TDB', tsr: 'TSR' }

/** As people say it, where a column is narrow. */
export const providerShort = (one: { provider: ScoreProvider; providerName: string | null }): string =>
  shortNames[one.provider] ?? providerName(one)

export const yenText = (value: number | null): string =>
  value === null ? '－' : `¥${value.toLocaleString('ja-JP')}`

export const options = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** A stored field in a dialog: why it is asked stands behind its ?, so that a whole record is seen at once. */
export function dialogField<S extends StoredField>(
  stored: S,
  more: InputMore = {},
): ReturnType<typeof inputOf<S>> {
  const { help, why, example, type } = stored
  const written = type === 'text' || type === 'longText'
  return {
    ...inputOf(stored, more),
    help: [help, why && `お聞きする理由：${why}`].filter(Boolean).join(' '),
    why: undefined,
    example: written ? example : undefined,
  }
}
