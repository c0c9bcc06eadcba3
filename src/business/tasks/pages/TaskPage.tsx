import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useSession, useToday, useWhyNot } from '../../../platform/web/session.ts'
import { one, useFollow, usePathId, useUrlState } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  DetailShell,
  KeyValue,
  type KeyValueItem,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import { RecordTimeline } from '../../audit/web.tsx'
import { openTaskPage, type TaskShown, takeTask } from '../contract.ts'
import { taskKindLabels } from '../labels.ts'
import { type TaskAct, TaskDialog } from './TaskDialog.tsx'
import { OriginText, ownerText, TaskDue, TaskStateTag } from './task-words.tsx'

/** One task: what is to be done by when, where it comes from, who had it and what came of it. */
export default function TaskPage() {
  const taskId = usePathId('taskId')
  const task = useApi(openTaskPage, { taskId })
  const [url, setUrl] = useUrlState()
  const [act, setAct] = useState<TaskAct | null>(null)
  return (
    <>
      <DetailShell
        record={task}
        header={value => ({
          title: value.title,
          code: value.taskNo,
          crumbs: [{ label: 'タスク', href: '/tasks' }],
          tags: <TaskStateTag task={value} />,
          actions: value.state === 'open' ? <Actions task={value} onAct={setAct} /> : null,
        })}
        summary={() => null}
        tabs={value => [{ key: 'content', label: '内容', content: () => <Content task={value} /> }]}
        activeTab={one(url.tab) ?? 'content'}
        onTab={tab => setUrl({ tab })}
        aside={value => <RecordTimeline recordId={value.id} />}
      />
      {task.state === 'ready' && act && (
        <TaskDialog task={task.value} act={act} onClose={() => setAct(null)} />
      )}
    </>
  )
}

function Actions({ task, onAct }: { task: TaskShown; onAct: (act: TaskAct) => void }) {
  const { personId } = useSession()
  const whyNot = useWhyNot()('tasks.handle')
  const take = useCommand(takeTask)
  return (
    <>
      {task.owner?.id !== personId && (
        <ActionButton
          disabledReason={whyNot}
          running={take.running}
          onClick={() => take.run({ taskId: task.id, rowVersion: task.rowVersion })}
        >
          引き受ける
        </ActionButton>
      )}
      <ActionButton disabledReason={whyNot} onClick={() => onAct('handOver')}>
        引き継ぐ
      </ActionButton>
      <ActionButton disabledReason={whyNot} onClick={() => onAct('reschedule')}>
        期限を変更
      </ActionButton>
      <ActionButton disabledReason={whyNot} onClick={() => onAct('cancel')}>
        取り消す
      </ActionButton>
      <ActionButton kind="primary" disabledReason={whyNot} onClick={() => onAct('finish')}>
        完了にする
      </ActionButton>
    </>
  )
}

function Content({ task }: { task: TaskShown }) {
  const follow = useFollow()
  const today = useToday()
  const place = task.subject
    ? `/parties/${task.subject.id}${task.workplace ? `?tab=${task.workplace}` : ''}`
    : null
  return (
    <Stack>
      <Card
        title="内容"
        actions={
          place && task.state === 'open' ? (
            <ActionButton size="small" disabledReason={null} onClick={() => follow(place)}>
              {task.workplace ? `${taskKindLabels[task.kind]}の画面を開く` : '顧客の画面を開く'}
            </ActionButton>
          ) : undefined
        }
      >
        <KeyValue items={itemsOf(task, today)} />
      </Card>
    </Stack>
  )
}

function itemsOf(task: TaskShown, today: string): KeyValueItem[] {
  return [
    { key: 'due', label: '期限', value: <TaskDue task={task} today={today} /> },
    { key: 'owner', label: '担当', value: ownerText(task) },
    { key: 'kind', label: '種類', value: taskKindLabels[task.kind] },
    {
      key: 'party',
      label: '顧客',
      value: task.subject ? (
        <UiLink href={`/parties/${task.subject.id}`}>
          {task.subject.name}（{task.subject.partyNo}）
        </UiLink>
      ) : (
        ''
      ),
    },
    { key: 'origin', label: '元', value: <OriginText origin={task.origin} /> },
    {
      key: 'opened',
      label: '登録',
      value: (
        <>
          <DateTimeText at={task.openedAt} />　{task.openedBy.name}
        </>
      ),
    },
    ...(task.handedOverFrom
      ? [
          {
            key: 'from',
            label: '前の担当者',
            value: (
              <>
                {task.handedOverFrom.name}　<DateTimeText at={task.handedOverAt} />
              </>
            ),
          },
        ]
      : []),
    ...(task.note ? [{ key: 'note', label: '補足', value: task.note, wide: true }] : []),
    ...(task.outcome
      ? [
          {
            key: 'outcome',
            label: task.state === 'done' ? '結果' : '取消の理由',
            value: task.outcome,
            wide: true,
          },
          {
            key: 'done',
            label: task.state === 'done' ? '完了' : '取消',
            value: (
              <>
                <DateTimeText at={task.doneAt} />　{task.doneBy?.name}
              </>
            ),
          },
        ]
      : []),
  ]
}
