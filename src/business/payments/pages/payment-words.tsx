import { StatusTag, type Tone } from '../../../ui/index.ts'
import { paymentStateLabels } from '../labels.ts'
import type { PaymentState } from '../rules.ts'

const tones: Partial<Record<PaymentState, Tone>> = {
  received: 'warning',
  matching: 'waiting',
  proposed: 'accent',
  unidentified: 'warning',
  held: 'waiting',
  applied: 'success',
  auto_applied: 'success',
  partially_applied: 'warning',
  refund_pending: 'waiting',
  voided: 'danger',
}

/** The state of a deposit in word, colour and icon. */
export function PaymentStateTag({ state, detail }: { state: PaymentState; detail?: string | null }) {
  return (
    <StatusTag
      tone={tones[state] ?? 'neutral'}
      word={paymentStateLabels[state]}
      {...(detail ? { detail } : {})}
    />
  )
}
