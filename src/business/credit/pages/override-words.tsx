import { StatusTag, type Tone } from '../../../ui/index.ts'
import type { OverrideView } from '../contract.ts'
import { overrideStateLabels } from '../labels.ts'

const tones: Record<OverrideView['state'], Tone> = {
  standing: 'accent',
  used: 'warning',
  expired: 'neutral',
  revoked: 'neutral',
  replaced: 'neutral',
}

export function OverrideStateTag({ override }: { override: OverrideView }) {
  return <StatusTag tone={tones[override.state]} word={overrideStateLabels[override.state]} />
}
