import { StatusTag } from '../../../ui/index.ts'
import type { AttemptRow, StaffRow } from '../contract.ts'
import { outcomeLabels, roleLabels, staffStateLabels } from '../labels.ts'

export function StaffStateTag({ state }: { state: StaffRow['state'] }) {
  const tone = { invited: 'waiting', active: 'success', ended: 'neutral' } as const
  return <StatusTag tone={tone[state]} word={staffStateLabels[state]} />
}

export function SecondFactorTag({ on }: { on: boolean }) {
  return on ? <StatusTag tone="success" word="設定済み" /> : <StatusTag tone="warning" word="未設定" />
}

export function OutcomeTag({ outcome }: { outcome: AttemptRow['outcome'] }) {
  const tone = {
    succeeded: 'success',
    code_asked: 'accent',
    failed: 'danger',
    blocked: 'warning',
    left: 'danger',
  } as const
  return <StatusTag tone={tone[outcome]} word={outcomeLabels[outcome]} />
}

export function rolesText(roles: StaffRow['roles']): string {
  return roles.length > 0 ? roles.map(role => roleLabels[role]).join('・') : '（役割なし）'
}
