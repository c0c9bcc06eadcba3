import { todayInTokyo } from '../../platform/dates/today.ts'
import { listExport } from '../../platform/list-export.ts'
import { listCases } from './contract.ts'
import { stateLabels, subjectKindLabels, triggerLabels } from './labels.ts'

export const lists = [
  listExport('screening.cases', '反社・制裁の照合', listCases, [
    { key: 'caseNo', title: '番号', value: row => row.caseNo },
    { key: 'subject', title: '対象', value: row => row.subjectName },
    { key: 'kind', title: '対象の種類', value: row => subjectKindLabels[row.subjectKind] },
    { key: 'parties', title: '関係する会社', value: row => row.parties.map(one => one.legalName).join('、') },
    { key: 'state', title: '状態', value: row => stateLabels[row.state] },
    { key: 'trigger', title: 'きっかけ', value: row => triggerLabels[row.trigger] },
    {
      key: 'searchedAt',
      title: '照合日',
      kind: 'date',
      value: row => todayInTokyo(new Date(row.searchedAt)),
    },
    { key: 'nextDueOn', title: '次回期限', kind: 'date', value: row => row.nextDueOn },
    { key: 'hits', title: '候補の数', kind: 'number', value: row => row.hits },
    { key: 'unjudged', title: '未判断', kind: 'number', value: row => row.unjudged },
    { key: 'topScore', title: '最高点', kind: 'number', value: row => row.topScore },
  ]),
]
