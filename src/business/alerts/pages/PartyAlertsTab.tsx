import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { mapLoadable } from '../../../ui/index.ts'
import { type AlertRow, listAlerts } from '../contract.ts'
import { alertStates } from '../tables.ts'
import { AlertTable } from './AlertTable.tsx'

/** All alerts about one company, resolved ones too: its alert history. */
export default function PartyAlertsTab({ recordId }: { recordId: string }) {
  const [marks, setMarks] = useState<string[]>([])
  const page = useApi(listAlerts, { partyId: recordId, state: [...alertStates], after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <AlertTable
      rows={mapLoadable(page, body => body.rows as readonly AlertRow[])}
      pager={{
        next: next ? () => setMarks([...marks, next]) : null,
        previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
      }}
      height="natural"
      empty={{
        title: 'この顧客のアラートはありません',
        hint: '期限や与信枠などの確認で見つかったことが、対応の結果とともに残ります。',
      }}
    />
  )
}
