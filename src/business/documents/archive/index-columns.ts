import { todayInTokyo } from '../../../platform/dates/today.ts'
import { authenticityLabels, docKindLabels, receivedViaLabels } from '../labels.ts'
import { type DocumentRecord, receivedOnOf } from '../records.ts'
import { isElectronic } from '../rules/paper.ts'

/** One paper of an archive with its newest version. */
export interface Packed {
  document: DocumentRecord
  version: { versionNo: number; originalFileName: string; sizeBytes: number }
  /** Its name in the archive; null when it has none, or its content has been disposed of. */
  fileName: string | null
  sha256: string | null
}

interface IndexColumn {
  key: string
  title: string
  value(packed: Packed): string | number | null
}

const yesNo = (is: boolean) => (is ? 'あり' : 'なし')
const minute = (at: string | null) =>
  at && new Date(Date.parse(at) + 9 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** What the index says of each paper (JR §5.1: in the order and form asked for); the keys search, the rest proves. */
export const indexColumns: readonly IndexColumn[] = [
  { key: 'docNo', title: '番号', value: ({ document }) => document.doc_no },
  { key: 'transactionDate', title: '取引年月日', value: ({ document }) => document.transaction_date },
  // Empty means a paper without an amount.
  { key: 'amountYen', title: '取引金額', value: ({ document }) => document.amount_yen },
  { key: 'counterparty', title: '取引先', value: ({ document }) => document.counterparty },
  { key: 'docKind', title: '種類', value: ({ document }) => docKindLabels[document.doc_kind] },
  {
    key: 'receivedVia',
    title: '受け取り方',
    value: ({ document }) => document.received_via && receivedViaLabels[document.received_via],
  },
  { key: 'receivedOn', title: '受領日', value: ({ document }) => receivedOnOf(document) },
  {
    key: 'authenticity',
    title: '真実性の確保',
    value: ({ document }) => authenticityLabels[document.authenticity],
  },
  { key: 'versionNo', title: '版', value: ({ version }) => version.versionNo },
  { key: 'sha256', title: 'SHA-256', value: ({ sha256 }) => sha256 },
  { key: 'originalFileName', title: '元のファイル名', value: ({ version }) => version.originalFileName },
  {
    key: 'fileName',
    title: 'ファイル',
    value: ({ fileName, document }) =>
      fileName ?? (document.quarantined_at ? '（隔離中）' : '（ファイルなし・廃棄済）'),
  },
  { key: 'title', title: '件名', value: ({ document }) => document.title },
  {
    key: 'electronic',
    title: '電子取引',
    value: ({ document }) => {
      const electronic = isElectronic(document.received_via)
      return electronic === null ? null : electronic ? '電子' : '紙'
    },
  },
  {
    key: 'timestampAt',
    title: 'タイムスタンプの日時',
    value: ({ document }) => minute(document.timestamp_at),
  },
  { key: 'corrected', title: '訂正', value: ({ document }) => yesNo(document.corrected_at !== null) },
  { key: 'struck', title: '抹消', value: ({ document }) => yesNo(document.struck_at !== null) },
  { key: 'struckReason', title: '抹消の理由', value: ({ document }) => document.struck_reason },
  {
    key: 'registeredAt',
    title: '登録日',
    value: ({ document }) => todayInTokyo(new Date(document.registered_at)),
  },
]
