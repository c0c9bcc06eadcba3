import { StatusTag, type Tone } from '../../../ui/index.ts'
import { ratingLabels, reviewStateLabels } from '../labels.ts'
import type { ReviewState } from '../rules.ts'
import type { RiskRating } from '../tables.ts'

const tones: Record<ReviewState, Tone> = {
  none: 'warning',
  in_progress: 'waiting',
  current: 'success',
  due_soon: 'warning',
  overdue: 'danger',
  excepted: 'accent',
  failed: 'danger',
}

export function ReviewStateTag({ state, due = null }: { state: ReviewState; due?: string | null }) {
  return (
    <StatusTag
      tone={tones[state]}
      word={reviewStateLabels[state]}
      {...(due ? { detail: `次回の期限 ${due}` } : {})}
    />
  )
}

const ratingTones: Record<RiskRating, Tone> = { low: 'neutral', medium: 'warning', high: 'danger' }

export function RatingTag({ rating }: { rating: RiskRating }) {
  return <StatusTag tone={ratingTones[rating]} word={`リスク${ratingLabels[rating]}`} />
}
