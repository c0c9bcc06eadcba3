import { StatusTag, type Tone } from '../../../ui/index.ts'
import { roleLabels, stageLabels, statusLabels } from '../labels.ts'
import type { PartyRole, PartyStage, PartyStatus } from '../tables.ts'

const stageTones: Record<PartyStage, Tone> = { prospect: 'neutral', applied: 'waiting', active: 'success' }
const statusTones: Record<PartyStatus, Tone> = {
  normal: 'success',
  suspended: 'warning',
  blocked: 'danger',
  closed: 'neutral',
}

export function StageTag({ stage }: { stage: PartyStage }) {
  return <StatusTag tone={stageTones[stage]} word={stageLabels[stage]} />
}

/** Nothing is shown for the ordinary state, so that the others stand out. */
export function PartyStatusTag({ status }: { status: PartyStatus }) {
  return status === 'normal' ? null : <StatusTag tone={statusTones[status]} word={statusLabels[status]} />
}

/** Its retention is over and everything about it was destroyed; only its number stays. */
export function DisposedTag() {
  return <StatusTag tone="neutral" word="廃棄済み" />
}

export function rolesText(roles: readonly PartyRole[]): string {
  return roles.map(role => roleLabels[role]).join('・')
}

/** Says that several records stand behind one row or page. */
export function MergedTag({ records }: { records: number }) {
  return records > 1 ? <StatusTag tone="neutral" word={`統合 ${records}件`} /> : null
}

/** How much of what an active party needs is there; what its stage lacks already is a warning. */
export function CompleteTag({ percent, missing }: { percent: number; missing: number }) {
  if (percent === 100) return <StatusTag tone="success" word="そろっています" />
  return missing > 0 ? (
    <StatusTag tone="warning" word={`${percent}%　不足${missing}件`} />
  ) : (
    <StatusTag tone="neutral" word={`${percent}%`} />
  )
}
