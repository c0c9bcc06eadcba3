import { Gauge, StatusTag, type Tone } from '../../../ui/index.ts'
import type { LimitView } from '../contract.ts'
import { limitKindLabels, limitStateLabels, termLabels } from '../labels.ts'

const stateTones: Record<LimitView['state'], Tone> = {
  reserved: 'waiting',
  in_force: 'success',
  suspended: 'danger',
  set_aside: 'neutral',
  superseded: 'neutral',
  lapsed: 'neutral',
  revoked: 'neutral',
}

export function LimitStateTag({ limit }: { limit: LimitView }) {
  return (
    <StatusTag
      tone={stateTones[limit.state]}
      word={limitStateLabels[limit.state]}
      {...(limit.suspendedReason ? { detail: limit.suspendedReason } : {})}
    />
  )
}

export function limitTitle(limit: LimitView): string {
  return `${limitKindLabels[limit.limitKind]}（${termLabels[limit.term]}）`
}

export function limitAmount(limit: LimitView): string {
  return limit.limitPpm ? `${limit.limitPpm / 10_000}%` : `¥${(limit.limitYen ?? 0).toLocaleString('ja-JP')}`
}

/** How much of the limit is taken: paid out, and held for claims that are approved. */
export function LimitGauge({ limit }: { limit: LimitView }) {
  if (limit.limitYen === null) return <span>{limitAmount(limit)}</span>
  return (
    <Gauge
      label={limitTitle(limit)}
      used={limit.exposureYen - limit.committedYen}
      promised={limit.committedYen}
      limit={limit.limitYen}
      note={`${limit.inForceFrom} 〜 ${limit.inForceTo ?? '期限なし'}　見直し ${limit.reviewDueOn}`}
    />
  )
}
