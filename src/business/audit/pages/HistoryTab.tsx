import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { recordHistory, type TrailEvent } from '../contract.ts'
import { EventTable } from './EventTable.tsx'
import { inTime } from './in-time.ts'

export default function HistoryTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<string[]>([])
  const page = useApi(recordHistory, { recordId, limit: 50, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <EventTable
      label="変更履歴"
      rows={mapLoadable(page, body => inTime(body.rows as readonly TrailEvent[]))}
      pager={{
        next: next ? () => setMarks([...marks, next]) : null,
        previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
      }}
      height="natural"
    />
  )
}
