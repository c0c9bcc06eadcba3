import { CheckSquareOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'
import { taskFields } from './fields.ts'
import { eventLabels } from './labels.ts'

export { newTaskHref, ownerText } from './pages/task-words.tsx'

export const tasksWeb: WebSlice = {
  pages: [
    { path: '/tasks', permission: 'tasks.read', component: lazy(() => import('./pages/TasksPage.tsx')) },
    {
      path: '/tasks/new',
      permission: 'tasks.handle',
      component: lazy(() => import('./pages/NewTaskPage.tsx')),
    },
    {
      path: '/tasks/$taskId',
      permission: 'tasks.read',
      component: lazy(() => import('./pages/TaskPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'tasks',
      group: 'day',
      order: 35,
      label: 'タスク',
      icon: <CheckSquareOutlined aria-hidden="true" />,
      href: '/tasks',
      permission: 'tasks.read',
    },
  ],
  tabs: [
    {
      on: 'party',
      key: 'tasks',
      label: 'タスク',
      order: 790,
      permission: 'tasks.read',
      component: lazy(() => import('./pages/TasksTab.tsx')),
    },
    {
      on: 'change_request',
      key: 'impact',
      label: '影響の確認',
      order: 100,
      permission: 'tasks.read',
      component: lazy(() => import('./pages/ImpactCard.tsx')),
    },
  ],
  guide: [
    {
      key: 'task',
      title: 'タスク',
      order: 65,
      sections: [{ title: 'タスク', fields: Object.values(taskFields) }],
    },
  ],
  eventLabels,
  eventFields: { dueOn: { label: '期限' }, owner: { label: '担当' } },
  recordHref: { task: id => `/tasks/${id}` },
}
