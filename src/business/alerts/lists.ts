import { listExport } from '../../platform/list-export.ts'
import { listAlerts } from './contract.ts'
import { alertKindLabels, alertStateLabels, severityLabels } from './labels.ts'

export const lists = [
  listExport('alerts', 'アラート', listAlerts, [
    { key: 'alertNo', title: '番号', value: row => row.alertNo },
    { key: 'kind', title: '種類', value: row => alertKindLabels[row.kind] },
    { key: 'severity', title: '重さ', value: row => severityLabels[row.severity] },
    { key: 'party', title: '取引先', value: row => row.party?.name },
    { key: 'sentence', title: '内容', value: row => row.sentence },
    { key: 'owner', title: '担当者', value: row => row.owner?.name },
    { key: 'dueOn', title: '期限', kind: 'date', value: row => row.dueOn },
    { key: 'state', title: '状態', value: row => alertStateLabels[row.state] },
    { key: 'raisedAt', title: '発生日', kind: 'date', value: row => row.raisedAt.slice(0, 10) },
    { key: 'outcome', title: '結果', value: row => row.outcome },
  ]),
]
