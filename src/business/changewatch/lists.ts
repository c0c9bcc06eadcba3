import { listExport } from '../../platform/list-export.ts'
import { listReviews } from './contract.ts'
import { outcomeLabels, sourceLabels } from './labels.ts'

export const lists = [
  listExport('changewatch.reviews', '変更の兆候', listReviews, [
    { key: 'reviewNo', title: '番号', value: row => row.reviewNo },
    { key: 'party', title: '顧客', value: row => row.partyName },
    { key: 'partyNo', title: '顧客番号', value: row => row.partyNo },
    { key: 'source', title: 'きっかけ', value: row => sourceLabels[row.source] },
    { key: 'sentence', title: '内容', value: row => row.sentence },
    { key: 'dueOn', title: '期限', kind: 'date', value: row => row.dueOn },
    { key: 'openedAt', title: '検知日', kind: 'date', value: row => row.openedAt.slice(0, 10) },
    { key: 'outcome', title: '結果', value: row => row.outcome && outcomeLabels[row.outcome] },
    { key: 'outcomeReason', title: '理由', value: row => row.outcomeReason },
    { key: 'closedBy', title: '確認者', value: row => row.closedBy },
  ]),
]
