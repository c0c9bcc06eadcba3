import { listExport } from '../../platform/list-export.ts'
import { listOverdue } from './contract.ts'
import { bucketLabels, caseStateLabels } from './labels.ts'

export const lists = [
  listExport('collections.overdue', '延滞債権', listOverdue, [
    { key: 'receivableNo', title: '債権番号', value: row => row.receivableNo },
    { key: 'invoiceNo', title: '請求書番号', value: row => row.invoiceNo },
    { key: 'client', title: '利用者', value: row => row.client.legalName },
    { key: 'debtor', title: '売掛先', value: row => row.debtor.legalName },
    { key: 'payableOn', title: '回収期日', kind: 'date', value: row => row.payableOn },
    { key: 'daysPastDue', title: '遅延日数', kind: 'number', value: row => row.daysPastDue },
    { key: 'bucket', title: '遅延区分', value: row => bucketLabels[row.bucket] },
    { key: 'open', title: '未回収', kind: 'yen', value: row => row.openYen },
    { key: 'damages', title: '遅延損害金', kind: 'yen', value: row => row.damagesYen },
    { key: 'case', title: '回収案件', value: row => row.case?.caseNo },
    { key: 'state', title: '状態', value: row => row.case && caseStateLabels[row.case.state] },
    { key: 'nextActionOn', title: '次の対応日', kind: 'date', value: row => row.case?.nextActionOn },
    { key: 'nextAction', title: '次の対応', value: row => row.case?.nextAction },
    { key: 'owner', title: '担当者', value: row => row.case?.ownerName },
  ]),
]
