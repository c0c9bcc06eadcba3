import { StatusTag, type Tone, type WizardStep } from '../../../ui/index.ts'
import type { Batch, BatchRow } from '../contract.ts'
import { stateLabels } from '../labels.ts'
import type { BatchState } from '../tables.ts'

const tones: Record<BatchState, Tone> = {
  opened: 'waiting',
  rehearsing: 'accent',
  rehearsed: 'waiting',
  approved: 'accent',
  applied: 'success',
  reverting: 'accent',
  reverted: 'neutral',
  discarded: 'neutral',
  stopped: 'waiting',
  failed: 'danger',
}

export function BatchTag({ batch }: { batch: Pick<BatchRow, 'state'> }) {
  return <StatusTag tone={tones[batch.state]} word={stateLabels[batch.state]} />
}

export const steps = (batch?: Batch): WizardStep[] => [
  {
    key: 'file',
    label: 'ファイル',
    ...(batch ? { detail: `${batch.rowCount.toLocaleString('ja-JP')}行` } : {}),
  },
  { key: 'mapping', label: '列の割当て' },
  { key: 'check', label: '試し取込の確認' },
  { key: 'approval', label: '承認' },
  { key: 'done', label: '取込' },
]

export function activeStep(batch: Batch): string {
  if (batch.state === 'opened') return 'mapping'
  if (batch.state === 'rehearsing') return 'check'
  if (batch.state === 'rehearsed') return batch.pendingRequestId ? 'approval' : 'check'
  return 'done'
}
