import { StatusTag, type Tone } from '../../../ui/index.ts'
import { dueStateLabels, payoutStateLabels } from '../labels.ts'
import type { DueState, PayoutState } from '../tables.ts'

const tones: Partial<Record<PayoutState, Tone>> = {
  approved: 'accent',
  batched: 'accent',
  sent: 'accent',
  confirmed: 'success',
  failed: 'danger',
  unknown: 'danger',
  bounced: 'danger',
  returned: 'warning',
  cancelled: 'neutral',
}

export function PayoutStateTag({ state }: { state: PayoutState }) {
  return <StatusTag tone={tones[state] ?? 'waiting'} word={payoutStateLabels[state]} />
}

const dueTones: Record<DueState, Tone> = {
  waiting: 'waiting',
  in_payment: 'accent',
  paid: 'success',
  set_off: 'success',
  cancelled: 'neutral',
}

export function DueStateTag({ state }: { state: DueState }) {
  return <StatusTag tone={dueTones[state]} word={dueStateLabels[state]} />
}
