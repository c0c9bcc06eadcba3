import { DateText, StatusTag } from '../../../ui/index.ts'
import type { IncidentRow } from '../contract.ts'
import { filingLabels } from '../labels.ts'

export function IncidentStateTag({ row }: { row: Pick<IncidentRow, 'closedOn' | 'isLate'> }) {
  if (row.closedOn) return <StatusTag tone="success" word="終了" detail={row.closedOn} />
  return row.isLate ? <StatusTag tone="danger" word="期限超過" /> : <StatusTag tone="warning" word="対応中" />
}

export function NextDue({ row }: { row: Pick<IncidentRow, 'nextDue' | 'isLate'> }) {
  if (!row.nextDue) return null
  return (
    <>
      {filingLabels[row.nextDue.filing]} <DateText date={row.nextDue.dueOn} />
    </>
  )
}
