import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listIncidents } from './contract.ts'
import { filingLabels, incidentKindLabels } from './labels.ts'

export const lists = [
  listExport(
    'incidents',
    '事故',
    listIncidents,
    [
      { key: 'incidentNo', title: '番号', value: row => row.incidentNo },
      { key: 'kind', title: '種類', value: row => incidentKindLabels[row.kind] },
      { key: 'title', title: '件名', value: row => row.title },
      { key: 'foundOn', title: '発見日', kind: 'date', value: row => row.foundOn },
      { key: 'subjects', title: '関係する会社', value: row => row.subjects.map(one => one.name).join('、') },
      { key: 'loss', title: '損失額', kind: 'yen', value: row => row.lossYen },
      { key: 'owner', title: '担当者', value: row => row.owner.name },
      { key: 'reportDueOn', title: '報告期限', kind: 'date', value: row => row.reportDueOn },
      { key: 'next', title: '次の期限の内容', value: row => row.nextDue && filingLabels[row.nextDue.filing] },
      { key: 'nextDue', title: '次の期限', kind: 'date', value: row => row.nextDue?.dueOn },
      { key: 'closedOn', title: '終了日', kind: 'date', value: row => row.closedOn },
    ],
    {},
    ownExportColumns('incident'),
  ),
]
