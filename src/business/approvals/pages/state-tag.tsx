import { StatusTag, type Tone } from '../../../ui/index.ts'
import { stateLabels } from '../labels.ts'
import type { ChangeRequestState } from '../tables.ts'

const tones: Record<ChangeRequestState, Tone> = {
  draft: 'neutral',
  pending: 'waiting',
  returned: 'warning',
  stale: 'warning',
  approved: 'accent',
  applied: 'success',
  rejected: 'danger',
  withdrawn: 'neutral',
  expired: 'neutral',
  reverted: 'neutral',
}

export function RequestStateTag({ state }: { state: ChangeRequestState }) {
  return <StatusTag tone={tones[state]} word={stateLabels[state]} />
}
