import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listContracts } from './contract.ts'
import { contractKindLabels, contractStateLabels } from './labels.ts'

const percent = (ppm: number) => `${ppm / 10_000}%`

export const lists = [
  listExport(
    'contracts',
    '契約',
    listContracts,
    [
      { key: 'contractNo', title: '番号', value: row => row.contractNo },
      { key: 'party', title: '利用者', value: row => row.partyName },
      { key: 'kind', title: '契約の種類', value: row => contractKindLabels[row.contractKind] },
      { key: 'state', title: '状態', value: row => contractStateLabels[row.state] },
      { key: 'advance', title: '掛目', value: row => percent(row.advancePpm) },
      { key: 'fee', title: '手数料率', value: row => percent(row.feePpm) },
      { key: 'effectiveOn', title: '発効日', kind: 'date', value: row => row.effectiveOn },
      { key: 'endsOn', title: '終了日', kind: 'date', value: row => row.endsOn },
    ],
    {},
    ownExportColumns('contract'),
  ),
]
