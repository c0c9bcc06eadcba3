import { listExport } from '../../platform/list-export.ts'
import { transactionKindLabels } from '../contracts/labels.ts'
import { listPlans } from './contract.ts'
import { clientTypeLabels, planStatusLabels } from './labels.ts'
import { amountRange, clockWords, feeRange } from './parameter-lines.ts'

export const lists = [
  listExport('plans', '商品', listPlans, [
    { key: 'code', title: 'コード', value: row => row.code },
    { key: 'name', title: '商品名', value: row => row.name },
    { key: 'status', title: '状態', value: row => planStatusLabels[row.status] },
    { key: 'transactionKind', title: '取引種別', value: row => transactionKindLabels[row.transactionKind] },
    { key: 'version', title: '適用中の版', kind: 'number', value: row => row.inForce?.version ?? null },
    { key: 'effectiveFrom', title: '適用開始日', kind: 'date', value: row => row.inForce?.effectiveFrom },
    {
      key: 'clients',
      title: '対象の利用者',
      value: row => row.inForce?.parameters.clientTypes.map(type => clientTypeLabels[type]).join('、'),
    },
    {
      key: 'amounts',
      title: '買取額',
      value: row => row.inForce && amountRange(row.inForce.parameters.minYen, row.inForce.parameters.maxYen),
    },
    {
      key: 'fee',
      title: '手数料率',
      value: row =>
        row.inForce && feeRange(row.inForce.parameters.feeMinPpm, row.inForce.parameters.feeMaxPpm),
    },
    {
      key: 'funding',
      title: '実行まで',
      value: row => row.inForce && clockWords(row.inForce.parameters.fundingClock),
    },
    { key: 'operatedBy', title: '運営会社', value: row => row.operatedBy },
  ]),
]
