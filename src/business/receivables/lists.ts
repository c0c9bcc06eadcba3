import { listExport } from '../../platform/list-export.ts'
import { ownExportColumns } from '../customization/index.ts'
import { listReceivables, type ReceivableRow } from './contract.ts'
import { particularsFields } from './fields.ts'
import { duplicateLabels, perfectionLabels, receivableStateLabels } from './labels.ts'

type Said = NonNullable<ReceivableRow['particulars']>

/** What invoice and delivery say, under the headings an import knows. */
const particularsColumns = (
  ['transactionFrom', 'transactionTo', 'acceptedOn', 'receivedOn', 'issuerRegNo', 'disputeYen'] as const
).map(key => ({
  key,
  title: particularsFields[key].columns[0],
  ...(particularsFields[key].type === 'date' ? { kind: 'date' as const } : {}),
  ...(particularsFields[key].type === 'yen' ? { kind: 'yen' as const } : {}),
  value: (row: ReceivableRow): Said[typeof key] => row.particulars?.[key] ?? null,
}))

export const lists = [
  listExport(
    'receivables',
    '債権',
    listReceivables,
    [
      { key: 'receivableNo', title: '番号', value: row => row.receivableNo },
      { key: 'client', title: '利用者', value: row => row.clientName },
      { key: 'debtor', title: '売掛先', value: row => row.debtorName },
      { key: 'invoiceNo', title: '請求書番号', value: row => row.invoiceNo },
      { key: 'lineNo', title: '明細番号', kind: 'number', value: row => row.lineNo },
      { key: 'issuedOn', title: '発行日', kind: 'date', value: row => row.issuedOn },
      { key: 'dueOn', title: '支払期日', kind: 'date', value: row => row.dueOn },
      { key: 'payableOn', title: '回収期日', kind: 'date', value: row => row.payableOn },
      { key: 'face', title: '額面', kind: 'yen', value: row => row.faceYen },
      { key: 'purchased', title: '買取額', kind: 'yen', value: row => row.purchasedYen },
      { key: 'advance', title: '前渡額', kind: 'yen', value: row => row.advanceYen },
      { key: 'open', title: '未回収', kind: 'yen', value: row => row.openYen },
      { key: 'state', title: '状態', value: row => receivableStateLabels[row.state] },
      { key: 'daysPastDue', title: '遅延日数', kind: 'number', value: row => row.daysPastDue },
      { key: 'duplicate', title: '二重譲渡', value: row => duplicateLabels[row.duplicateResult] },
      {
        key: 'perfection',
        title: '対抗要件',
        value: row => perfectionLabels[row.perfection as keyof typeof perfectionLabels] ?? row.perfection,
      },
      ...particularsColumns,
      {
        key: 'toritekiFlag',
        title: particularsFields.toritekiFlag.columns[0],
        value: ({ particulars }) =>
          particulars?.toritekiFlag == null ? null : particulars.toritekiFlag ? '対象' : '対象外',
      },
    ],
    {},
    ownExportColumns('receivable'),
  ),
]
