import { useApi } from '../../../platform/web/api.ts'
import { Card, DateText, KeyValue, StatusTag, type Tone, UiLink } from '../../../ui/index.ts'
import { impactLabels } from '../../approvals/labels.ts'
import { type ImpactRow, impactsOfRequest } from '../contract.ts'
import { impactOutcomeLabels, taskStateLabels } from '../labels.ts'
import type { ImpactOutcome } from '../tables.ts'

const tones: Record<ImpactOutcome, Tone> = { opened: 'accent', linked: 'accent', skipped: 'neutral' }

/** On a request's page: what became of each item the change touches, once it is in force. */
export default function ImpactCard({ recordId }: { recordId: string }) {
  const impacts = useApi(impactsOfRequest, { changeRequestId: recordId })
  if (impacts.state !== 'ready' || impacts.value.rows.length === 0) return null
  return (
    <Card title="影響の確認" note="変更が適用された日に、業務ごとの規則で決まります">
      <KeyValue
        items={impacts.value.rows.map(row => ({
          key: row.impact,
          label: impactLabels[row.impact],
          wide: true,
          value: <Outcome row={row} />,
        }))}
      />
    </Card>
  )
}

function Outcome({ row }: { row: ImpactRow }) {
  return (
    <span>
      <StatusTag tone={tones[row.outcome]} word={impactOutcomeLabels[row.outcome]} /> {row.sentence}
      {row.task && (
        <>
          　<UiLink href={`/tasks/${row.task.id}`}>{row.task.taskNo}</UiLink>（
          {taskStateLabels[row.task.state]}・期限 <DateText date={row.task.dueOn} />）
        </>
      )}
      {row.linked?.partyId && <UiLink href={`/parties/${row.linked.partyId}?tab=kyc`}>本人確認を開く</UiLink>}
    </span>
  )
}
