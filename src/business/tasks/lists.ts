import { todayInTokyo } from '../../platform/dates/today.ts'
import { listExport } from '../../platform/list-export.ts'
import { isRole, roleLabels } from '../access/index.ts'
import { listTasks, type TaskRow } from './contract.ts'
import { taskKindLabels, taskOriginLabels, taskStateLabels } from './labels.ts'

const ownerOf = (row: TaskRow) =>
  row.owner?.name ?? (row.ownerRole && isRole(row.ownerRole) ? `${roleLabels[row.ownerRole]}（未割当）` : '')

export const lists = [
  listExport('tasks', 'タスク', listTasks, [
    { key: 'taskNo', title: '番号', value: row => row.taskNo },
    { key: 'title', title: '件名', value: row => row.title },
    { key: 'dueOn', title: '期限', kind: 'date', value: row => row.dueOn },
    { key: 'state', title: '状態', value: row => (row.isOverdue ? '期限超過' : taskStateLabels[row.state]) },
    { key: 'owner', title: '担当', value: ownerOf },
    { key: 'subject', title: '顧客', value: row => row.subject?.name },
    { key: 'kind', title: '種類', value: row => taskKindLabels[row.kind] },
    {
      key: 'origin',
      title: '元',
      value: row => [taskOriginLabels[row.origin.kind], row.origin.no].filter(Boolean).join('　'),
    },
    { key: 'handedOverFrom', title: '前の担当者', value: row => row.handedOverFrom?.name },
    { key: 'outcome', title: '結果', value: row => row.outcome },
    { key: 'doneBy', title: '終えた人', value: row => row.doneBy?.name },
    {
      key: 'doneAt',
      title: '終えた日',
      kind: 'date',
      value: row => (row.doneAt ? todayInTokyo(new Date(row.doneAt)) : null),
    },
  ]),
]
