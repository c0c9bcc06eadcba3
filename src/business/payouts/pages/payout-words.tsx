import { StatusTag, type Tone } from '../../../ui/index.ts'
import { payoutStateLabels } from '../labels.ts'
import type { PayoutState } from '../tables.ts'

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
