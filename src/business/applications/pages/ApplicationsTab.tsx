import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, mapLoadable, Row, Stack } from '../../../ui/index.ts'
import { type ApplicationRow, listApplications } from '../contract.ts'
import { ApplicationTable } from './ApplicationTable.tsx'

/** What one company has applied for. */
export default function ApplicationsTab({ recordId }: { recordId: string }) {
  const [ended, setEnded] = useState(false)
  const [marks, setMarks] = useState<string[]>([])
  const follow = useFollow()
  const whyNot = useWhyNot()
  const page = useApi(listApplications, {
    partyId: recordId,
    ended: ended ? 'true' : 'false',
    after: marks.at(-1),
  })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <Stack>
      <Row>
        <ActionButton
          kind="primary"
          disabledReason={whyNot('applications.handle')}
          onClick={() => follow(`/applications/new?party=${recordId}`)}
        >
          申込を登録する
        </ActionButton>
        <ActionButton
          disabledReason={null}
          onClick={() => {
            setEnded(!ended)
            setMarks([])
          }}
        >
          {ended ? '進行中の申込を表示' : '終わった申込を表示'}
        </ActionButton>
      </Row>
      <ApplicationTable
        rows={mapLoadable(page, body => body.rows as readonly ApplicationRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
        empty={{
          title: ended ? '終わった申込はありません' : '進行中の申込はありません',
          hint: '申込を登録すると、提出書類・債権・見積・期限を一つの画面で管理できます。',
        }}
      />
    </Stack>
  )
}
