import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, mapLoadable, Row, Stack } from '../../../ui/index.ts'
import { type IncidentRow, listIncidents } from '../contract.ts'
import { IncidentTable } from './IncidentTable.tsx'

/** Incidents of one company, and those of the other companies of its group. */
export default function IncidentsTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [marks, setMarks] = useState<string[]>([])
  const own = useApi(listIncidents, { partyId: recordId, state: 'all', after: marks.at(-1) })
  const group = useApi(listIncidents, { partyId: recordId, state: 'all', group: 'true', limit: 50 })
  const next = own.state === 'ready' ? own.value.next : null
  const known = new Set(own.state === 'ready' ? own.value.rows.map(row => row.id) : [])
  const others =
    group.state === 'ready' && own.state === 'ready' ? group.value.rows.filter(row => !known.has(row.id)) : []
  return (
    <Stack>
      <Row>
        <ActionButton
          kind="primary"
          disabledReason={whyNot('incidents.report')}
          onClick={() => follow(`/incidents/new?party=${recordId}`)}
        >
          事故を登録
        </ActionButton>
      </Row>
      <IncidentTable
        rows={mapLoadable(own, body => body.rows as readonly IncidentRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
        empty={{
          title: 'この会社の事故はありません',
          hint: '詐欺、二重譲渡、誤送金、倒産などに気づいたら、事実だけでもすぐに登録してください。',
        }}
      />
      {others.length > 0 && (
        <Card title="グループ会社の事故" note={`${others.length}件`} flush>
          <IncidentTable
            rows={{ state: 'ready', value: others }}
            pager={null}
            height="natural"
            empty={{ title: 'グループ会社の事故はありません', hint: '' }}
          />
        </Card>
      )}
    </Stack>
  )
}
