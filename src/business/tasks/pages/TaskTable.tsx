import { useToday } from '../../../platform/web/session.ts'
import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  DateTimeText,
  SentenceText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { TaskRow } from '../contract.ts'
import { taskKindLabels, taskOriginLabels } from '../labels.ts'
import { ownerText, TaskDue, TaskStateTag } from './task-words.tsx'

const columnsFor = (today: string): Column<TaskRow>[] => [
  {
    key: 'title',
    title: '件名',
    width: 340,
    hidable: false,
    wrap: true,
    render: row => <SentenceText text={row.title} />,
  },
  { key: 'due', title: '期限', width: 176, render: row => <TaskDue task={row} today={today} /> },
  { key: 'state', title: '状態', width: 104, render: row => <TaskStateTag task={row} /> },
  { key: 'owner', title: '担当', width: 148, render: ownerText },
  { key: 'party', title: '顧客', width: 208, wrap: true, render: row => row.subject?.name ?? '' },
  { key: 'kind', title: '種類', width: 128, render: row => taskKindLabels[row.kind] },
  {
    key: 'origin',
    title: '元',
    width: 184,
    render: row => [taskOriginLabels[row.origin.kind], row.origin.no].filter(Boolean).join('　'),
  },
  { key: 'no', title: '番号', width: 108, render: row => <CodeText code={row.taskNo} /> },
  {
    key: 'from',
    title: '前の担当者',
    width: 128,
    hiddenAtFirst: true,
    render: row => row.handedOverFrom?.name ?? '',
  },
  {
    key: 'outcome',
    title: '結果',
    width: 240,
    hiddenAtFirst: true,
    wrap: true,
    render: row => row.outcome ?? '',
  },
  {
    key: 'done',
    title: '終えた日時',
    width: 168,
    hiddenAtFirst: true,
    render: row => (row.doneAt ? <DateTimeText at={row.doneAt} /> : ''),
  },
]

type Given = Pick<DataTableProps<TaskRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
}

/** Tasks by day; each row leads to the task. */
export function TaskTable({ asked, ...props }: Given) {
  const [layout, setLayout] = useTableLayout('tasks')
  const columns = columnsFor(useToday())
  return (
    <DataTable
      {...props}
      label="タスク"
      columns={columns}
      rowKey={row => row.id}
      rowName={row => `${row.taskNo} ${row.title}`}
      rowHref={row => `/tasks/${row.id}`}
      rowTone={row => (row.isOverdue ? 'danger' : undefined)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? <ListTools list="tasks" filters={asked} layout={layout} onLayout={setLayout} /> : undefined
      }
    />
  )
}
