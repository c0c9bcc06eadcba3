import { AuditOutlined } from '@ant-design/icons'
import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'

export const approvalsWeb: WebSlice = {
  pages: [
    {
      path: '/change-requests',
      permission: 'approvals.read',
      component: lazy(() => import('./pages/RequestsPage.tsx')),
    },
    {
      path: '/change-requests/$changeRequestId',
      permission: 'approvals.read',
      component: lazy(() => import('./pages/RequestPage.tsx')),
    },
  ],
  nav: [
    {
      key: 'change-requests',
      group: 'day',
      order: 20,
      label: '承認',
      icon: <AuditOutlined />,
      href: '/change-requests',
      permission: 'approvals.read',
    },
  ],
  eventLabels: {
    change_requested: '変更を申請',
    change_request_approved: '申請を承認',
    change_request_approved_in_part: '申請を承認（次の承認待ち）',
    change_request_rejected: '申請を却下',
    change_request_returned: '申請を差し戻し',
    change_request_withdrawn: '申請を取下げ',
    change_request_became_stale: '申請が要再申請になった',
    change_request_resubmitted: '再申請',
    change_request_expired: '申請が期限切れ',
  },
  recordHref: { change_request: id => `/change-requests/${id}` },
}
