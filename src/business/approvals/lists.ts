import { listExport } from '../../platform/list-export.ts'
import { listChangeRequests } from './contract.ts'
import { stateLabels } from './labels.ts'

export const lists = [
  listExport('approvals.requests', '承認申請', listChangeRequests, [
    { key: 'changeNo', title: '番号', value: row => row.changeNo },
    { key: 'summary', title: '内容', value: row => row.summary },
    { key: 'state', title: '状態', value: row => stateLabels[row.state] },
    { key: 'reason', title: '理由', value: row => row.reasonText },
    { key: 'requestedBy', title: '申請者', value: row => row.requestedBy.name },
    { key: 'requestedAt', title: '申請日', kind: 'date', value: row => row.requestedAt.slice(0, 10) },
    { key: 'decidedBy', title: '決裁者', value: row => row.decidedBy?.name },
    { key: 'decidedAt', title: '決裁日', kind: 'date', value: row => row.decidedAt?.slice(0, 10) },
  ]),
]
