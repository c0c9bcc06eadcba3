import { StatusTag, type Tone } from '../../../ui/index.ts'
import type { OverdueRow } from '../contract.ts'
import { bucketLabels, caseStateLabels } from '../labels.ts'
import type { CollectionCaseState } from '../rules/states.ts'

const tones: Partial<Record<CollectionCaseState, Tone>> = {
  opened: 'warning',
  promised: 'waiting',
  kept: 'success',
  broken: 'danger',
  disputed: 'warning',
  resolved: 'success',
}

export function CaseStateTag({ state }: { state: CollectionCaseState }) {
  return <StatusTag tone={tones[state] ?? 'accent'} word={caseStateLabels[state]} />
}

/** How late, in word and colour: 「12日（1～30日）」. */
export function LateTag({ row }: { row: Pick<OverdueRow, 'bucket' | 'daysPastDue'> }) {
  const tone: Tone = row.bucket === 'current' ? 'neutral' : row.bucket === '1-30' ? 'warning' : 'danger'
  return <StatusTag tone={tone} word={`${row.daysPastDue}日　${bucketLabels[row.bucket] ?? ''}`} />
}
