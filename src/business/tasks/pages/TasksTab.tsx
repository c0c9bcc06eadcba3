import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, FieldInput, mapLoadable, Row, Stack } from '../../../ui/index.ts'
import { listTasks, type TaskRow } from '../contract.ts'
import { taskStates } from '../tables.ts'
import { TaskTable } from './TaskTable.tsx'

/** The tasks about one company: the open ones, and the others when asked. */
export default function TasksTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [ended, setEnded] = useState(false)
  const [marks, setMarks] = useState<string[]>([])
  const page = useApi(listTasks, {
    partyId: recordId,
    state: ended ? [...taskStates] : ['open'],
    after: marks.at(-1),
  })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <Stack>
      <Row>
        <ActionButton
          kind="primary"
          disabledReason={whyNot('tasks.handle')}
          onClick={() => follow(`/tasks/new?party=${recordId}`)}
        >
          タスクを登録
        </ActionButton>
        <FieldInput
          field={{ name: 'ended', type: 'bool', label: '表示', sentence: '完了・取消も表示する' }}
          value={ended}
          onChange={value => {
            setMarks([])
            setEnded(value === true)
          }}
        />
      </Row>
      <TaskTable
        rows={mapLoadable(page, body => body.rows as readonly TaskRow[])}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        height="natural"
        empty={{
          title: ended ? 'この顧客のタスクはありません' : 'この顧客の未了のタスクはありません',
          hint: '決算書の受領や本人確認の見直しなど、期限のある仕事を登録すると、担当者のホームに並びます。',
        }}
      />
    </Stack>
  )
}
