import { todayInTokyo } from '../../platform/dates/today.ts'
import { listExport, withArchive } from '../../platform/list-export.ts'
import { papersArchive } from './archive/pack.ts'
import { listDocuments } from './contract.ts'
import { docKindLabels, receivedViaLabels } from './labels.ts'

/** The statutory search of documents: date, amount, counterparty (電帳法施行規則4条). */
export const lists = [
  withArchive(
    listExport('documents', '書類', listDocuments, [
      { key: 'docNo', title: '番号', value: row => row.docNo },
      { key: 'docKind', title: '種類', value: row => docKindLabels[row.docKind] },
      { key: 'title', title: '件名', value: row => row.title },
      { key: 'transactionDate', title: '取引日', kind: 'date', value: row => row.transactionDate },
      { key: 'amount', title: '金額', kind: 'yen', value: row => row.amountYen },
      { key: 'counterparty', title: '取引先', value: row => row.counterparty },
      {
        key: 'receivedVia',
        title: '受け取り方',
        value: row => (row.receivedVia ? receivedViaLabels[row.receivedVia] : null),
      },
      { key: 'receivedOn', title: '受領日', kind: 'date', value: row => row.receivedOn },
      { key: 'expiresOn', title: '有効期限', kind: 'date', value: row => row.expiresOn },
      {
        key: 'registeredAt',
        title: '登録日',
        kind: 'date',
        value: row => todayInTokyo(new Date(row.registeredAt)),
      },
      { key: 'versions', title: '版の数', kind: 'number', value: row => row.versions.length },
      // The newest version comes first.
      { key: 'fileName', title: 'ファイル名', value: row => row.versions[0]?.fileName },
    ]),
    papersArchive,
  ),
]
