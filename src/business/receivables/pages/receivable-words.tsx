import { StatusTag, type Tone } from '../../../ui/index.ts'
import { duplicateLabels, receivableStateLabels } from '../labels.ts'
import type { ReceivableState } from '../rules/states.ts'

const tones: Partial<Record<ReceivableState, Tone>> = {
  approved: 'accent',
  purchased: 'accent',
  notified: 'accent',
  partially_collected: 'accent',
  due: 'warning',
  overdue: 'danger',
  dunning: 'danger',
  legal: 'danger',
  written_off: 'danger',
  collected: 'success',
  settled: 'success',
  recovered: 'success',
  rejected: 'neutral',
  withdrawn: 'neutral',
  lapsed: 'neutral',
  rescinded: 'neutral',
  repurchased: 'neutral',
  closed: 'neutral',
}

export function ReceivableStateTag({ state, detail }: { state: ReceivableState; detail?: string }) {
  return (
    <StatusTag
      tone={tones[state] ?? 'waiting'}
      word={receivableStateLabels[state]}
      {...(detail ? { detail } : {})}
    />
  )
}

const duplicateTones: Record<keyof typeof duplicateLabels, Tone> = {
  clear: 'success',
  suspect: 'danger',
  confirmed: 'danger',
  judged_different: 'success',
  judged_same: 'neutral',
}

export function DuplicateTag({ result }: { result: keyof typeof duplicateLabels }) {
  if (result === 'clear') return null
  return <StatusTag tone={duplicateTones[result]} word={duplicateLabels[result]} />
}
