import { listExport } from '../../platform/list-export.ts'
import { listPayments } from './contract.ts'
import { paymentStateLabels } from './labels.ts'

export const lists = [
  listExport('payments', '入金', listPayments, [
    { key: 'paymentNo', title: '番号', value: row => row.paymentNo },
    { key: 'receivedOn', title: '入金日', kind: 'date', value: row => row.receivedOn },
    { key: 'bookedOn', title: '記帳日', kind: 'date', value: row => row.bookedOn },
    { key: 'amount', title: '金額', kind: 'yen', value: row => row.amountYen },
    { key: 'applied', title: '消込済', kind: 'yen', value: row => row.appliedYen },
    { key: 'refund', title: '返金', kind: 'yen', value: row => row.refundYen },
    { key: 'uncleared', title: '未消込', kind: 'yen', value: row => row.unclearedYen },
    { key: 'payer', title: '振込人', value: row => row.payerKana },
    { key: 'bank', title: '振込元の銀行', value: row => row.payerBank },
    { key: 'branch', title: '振込元の支店', value: row => row.payerBranch },
    { key: 'party', title: '取引先', value: row => row.party?.legalName },
    { key: 'state', title: '状態', value: row => paymentStateLabels[row.state] },
    { key: 'account', title: '入金口座', value: row => row.account.name },
    { key: 'file', title: '明細ファイル', value: row => `${row.file.fileNo} ${row.file.lineNo}行` },
  ]),
]
