import { listExport } from '../../platform/list-export.ts'
import { listPayouts } from './contract.ts'
import { payoutStateLabels, purposeLabels } from './labels.ts'

export const lists = [
  listExport('payouts', '支払', listPayouts, [
    { key: 'payoutNo', title: '番号', value: row => row.payoutNo },
    { key: 'party', title: '支払先', value: row => row.partyName },
    { key: 'purpose', title: '目的', value: row => purposeLabels[row.purpose] },
    { key: 'amount', title: '金額', kind: 'yen', value: row => row.amountYen },
    { key: 'transferOn', title: '振込日', kind: 'date', value: row => row.transferOn },
    { key: 'state', title: '状態', value: row => payoutStateLabels[row.state] },
    { key: 'bank', title: '銀行・支店', value: row => row.bank },
    { key: 'account', title: '口座番号（末尾）', value: row => row.accountNoLast },
    { key: 'holder', title: '口座名義', value: row => row.holderKana },
    { key: 'preparedBy', title: '依頼者', value: row => row.preparedBy },
    { key: 'approvedBy', title: '承認者', value: row => row.approvedBy },
    { key: 'confirmedOn', title: '確認日', kind: 'date', value: row => row.confirmedOn },
    { key: 'batch', title: '振込データ', value: row => row.batchNo },
  ]),
]
