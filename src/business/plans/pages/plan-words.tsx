import { KeyValue, StatusTag, type Tone } from '../../../ui/index.ts'
import { planStatusLabels, versionStateLabels } from '../labels.ts'
import { parameterLines } from '../parameter-lines.ts'
import type { PlanParameters } from '../parameters.ts'
import type { ShownState } from '../rules/versions.ts'
import type { PlanStatus } from '../tables.ts'

const statusTones: Record<PlanStatus, Tone> = { draft: 'waiting', active: 'success', retired: 'neutral' }

export function PlanStatusTag({ status }: { status: PlanStatus }) {
  return <StatusTag tone={statusTones[status]} word={planStatusLabels[status]} />
}

const versionTones: Record<ShownState, Tone> = {
  draft: 'waiting',
  waiting: 'accent',
  in_force: 'success',
  past: 'neutral',
  discarded: 'neutral',
}

export function VersionStateTag({ state }: { state: ShownState }) {
  return <StatusTag tone={versionTones[state]} word={versionStateLabels[state]} />
}

/** Every parameter in words, in the order in which a plan is read. */
export function ParametersTable({ parameters }: { parameters: PlanParameters }) {
  return (
    <KeyValue
      items={parameterLines(parameters).map(line => ({ ...line, wide: line.key.startsWith('documents') }))}
    />
  )
}
