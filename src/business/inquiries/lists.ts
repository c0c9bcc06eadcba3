import { listExport } from '../../platform/list-export.ts'
import { categoryLabels, channelLabels, priorityLabels } from '../communications/labels.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listInquiries } from './contract.ts'
import { inquiryStateLabels } from './labels.ts'

const minute = (at: string | null) =>
  at === null ? '' : new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export const lists = [
  listExport(
    'inquiries',
    '問合せ・苦情',
    listInquiries,
    [
      { key: 'inquiryNo', title: '番号', value: row => row.inquiryNo },
      { key: 'received', title: '受付日時', value: row => minute(row.receivedAt) },
      { key: 'party', title: '顧客名', value: row => row.party?.name ?? row.sender },
      { key: 'channel', title: '受付手段', value: row => channelLabels[row.channel] },
      { key: 'category', title: '分類', value: row => categoryLabels[row.category] },
      { key: 'priority', title: '優先度', value: row => priorityLabels[row.priority] },
      { key: 'subject', title: '件名', value: row => row.subject },
      { key: 'state', title: '状態', value: row => inquiryStateLabels[row.state] },
      { key: 'owner', title: '担当者', value: row => row.owner?.name },
      { key: 'firstDue', title: '初回回答期限', value: row => minute(row.firstAnswerDue) },
      { key: 'firstAnswered', title: '初回回答', value: row => minute(row.firstAnsweredAt) },
      { key: 'due', title: '解決期限', value: row => minute(row.resolutionDue) },
      { key: 'resolved', title: '解決', value: row => minute(row.resolvedAt) },
      { key: 'reopened', title: '再開回数', kind: 'number', value: row => row.reopenedCount },
      { key: 'transfers', title: '担当交代', kind: 'number', value: row => row.transfers },
      {
        key: 'inFirst',
        title: '一次解決',
        value: row => (row.answeredInFirst === null ? '' : row.answeredInFirst ? 'はい' : 'いいえ'),
      },
    ],
    {},
    ownExportColumns('inquiry'),
  ),
]
