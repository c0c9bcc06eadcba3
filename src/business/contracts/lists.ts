import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { type ContractRow, listContracts } from './contract.ts'
import { signingFields } from './fields.ts'
import { contractKindLabels, contractStateLabels, renewalLabels } from './labels.ts'

const percent = (ppm: number) => `${ppm / 10_000}%`

/** How it was signed and goes on, under the headings an import knows. */
const signingColumns = (
  [
    'signProvider',
    'envelopeNo',
    'signatureValid',
    'stampDutyYen',
    'stampCancelled',
    'renewal',
    'noticeDays',
    'antisocialClauseVersion',
  ] as const
).map(key => ({
  key,
  title: signingFields[key].columns[0],
  ...(signingFields[key].type === 'yen' ? { kind: 'yen' as const } : {}),
  ...(signingFields[key].type === 'number' ? { kind: 'number' as const } : {}),
  value: (row: ContractRow): string | number | null => {
    const value = row.signing?.[key] ?? null
    if (typeof value === 'boolean') return value ? 'はい' : 'いいえ'
    return key === 'renewal' && row.signing?.renewal ? renewalLabels[row.signing.renewal] : value
  },
}))

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
      ...signingColumns,
    ],
    {},
    ownExportColumns('contract'),
  ),
]
