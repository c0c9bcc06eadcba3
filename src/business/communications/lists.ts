import { listExport } from '../../platform/list-export.ts'
import { listCommunications } from './contract.ts'
import { categoryLabels, channelLabels, directionLabels, policyLabels } from './labels.ts'

const tokyo = (at: string) => new Date(Date.parse(at) + 9 * 3_600_000).toISOString()

export const lists = [
  listExport('communications', '接触履歴', listCommunications, [
    { key: 'communicationNo', title: '番号', value: row => row.communicationNo },
    { key: 'date', title: '日付', kind: 'date', value: row => tokyo(row.occurredAt).slice(0, 10) },
    { key: 'time', title: '時刻', value: row => (row.timeKnown ? tokyo(row.occurredAt).slice(11, 16) : '') },
    { key: 'partyNo', title: '顧客番号', value: row => row.party.partyNo },
    { key: 'party', title: '顧客名', value: row => row.party.name },
    { key: 'person', title: '相手', value: row => row.person?.name },
    { key: 'channel', title: '手段', value: row => channelLabels[row.channel] },
    { key: 'direction', title: '発信・受信', value: row => directionLabels[row.direction] },
    { key: 'category', title: '分類', value: row => categoryLabels[row.category] },
    { key: 'subject', title: '件名', value: row => row.subject },
    { key: 'summary', title: '要点', value: row => row.summary },
    {
      key: 'reached',
      title: '結果',
      value: row => (row.reached === null ? '' : row.reached ? '話せた' : '不在・未達'),
    },
    { key: 'promiseYen', title: '約束の額', kind: 'yen', value: row => row.promise?.amountYen },
    { key: 'promiseOn', title: '約束の期日', kind: 'date', value: row => row.promise?.dueOn },
    { key: 'policy', title: '規則', value: row => policyLabels[row.policyCheck] },
    { key: 'handledBy', title: '対応者', value: row => row.handledBy },
  ]),
]
