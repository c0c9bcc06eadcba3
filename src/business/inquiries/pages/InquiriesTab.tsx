import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, mapLoadable, Row, Stack } from '../../../ui/index.ts'
import { type InquiryRow, listInquiries } from '../contract.ts'
import { InquiryTable } from './InquiryTable.tsx'

/** What one company has asked or complained of. */
export default function InquiriesTab({ recordId }: { recordId: string }) {
  const [ended, setEnded] = useState(false)
  const [marks, setMarks] = useState<string[]>([])
  const follow = useFollow()
  const whyNot = useWhyNot()
  const page = useApi(listInquiries, {
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
          disabledReason={whyNot('inquiries.handle')}
          onClick={() => follow(`/inquiries/new?party=${recordId}`)}
        >
          問合せを受け付ける
        </ActionButton>
        <ActionButton
          disabledReason={null}
          onClick={() => {
            setEnded(!ended)
            setMarks([])
          }}
        >
          {ended ? '対応中のものを表示' : '終わったものを表示'}
        </ActionButton>
      </Row>
      <InquiryTable
        rows={mapLoadable(page, body => body.rows as readonly InquiryRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
        empty={{
          title: ended ? '終わった問合せはありません' : '対応中の問合せ・苦情はありません',
          hint: '電話やメールで受けた問合せ・苦情を登録すると、回答の期限と担当者を管理できます。',
        }}
      />
    </Stack>
  )
}
