import { addressOf } from '../../../platform/http/client.ts'
import { useSession } from '../../../platform/web/session.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  type Loadable,
  type Pager,
  PlainText,
  UiLink,
  Yen,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import { type DocumentRow, downloadDocument } from '../contract.ts'
import { docKindLabels, receivedViaLabels } from '../labels.ts'

import { DocumentTags } from './document-tags.tsx'

const newest = (row: DocumentRow) => row.versions[0]

const columnsFor = (mayDownload: boolean, merged: boolean): Column<DocumentRow>[] => [
  {
    key: 'title',
    title: '書類',
    width: 260,
    hidable: false,
    render: row => (
      <>
        <UiLink href={`/documents/${row.id}`}>{row.title}</UiLink> <DocumentTags document={row} />
      </>
    ),
  },
  ...(mayDownload
    ? [
        {
          key: 'file',
          title: 'ファイル',
          width: 84,
          render: (row: DocumentRow) => {
            const version = newest(row)
            if (!version) return ''
            const href = addressOf(downloadDocument, { documentId: row.id, versionNo: version.versionNo })
            return (
              <a
                className="ui-link"
                href={href}
                target="_blank"
                rel="noreferrer"
                aria-label={`${row.title}を開く`}
              >
                開く
              </a>
            )
          },
        },
      ]
    : []),
  ...(merged
    ? [
        {
          key: 'records',
          title: '記録',
          width: 110,
          wrap: true,
          render: (row: DocumentRow) => row.recordNos.join('、'),
        },
      ]
    : []),
  { key: 'docNo', title: '番号', width: 100, render: row => <CodeText code={row.docNo} /> },
  { key: 'docKind', title: '種類', width: 150, render: row => docKindLabels[row.docKind] },
  {
    key: 'transactionDate',
    title: '取引日',
    width: 110,
    render: row => <DateText date={row.transactionDate} />,
  },
  {
    key: 'amountYen',
    title: '金額',
    width: 120,
    kind: 'number',
    render: row => <Yen value={row.amountYen} />,
  },
  { key: 'counterparty', title: '取引先', width: 180, render: row => <PlainText text={row.counterparty} /> },
  {
    key: 'receivedVia',
    title: '受け取り方',
    width: 150,
    render: row => row.receivedVia && receivedViaLabels[row.receivedVia],
  },
  { key: 'version', title: '版', width: 64, kind: 'number', render: row => newest(row)?.versionNo ?? '' },
  { key: 'expiresOn', title: '有効期限', width: 110, render: row => <DateText date={row.expiresOn} /> },
  { key: 'addedBy', title: '追加した人', width: 120, render: row => newest(row)?.addedBy.name ?? '' },
  {
    key: 'addedAt',
    title: '追加日時',
    width: 150,
    render: row => <DateTimeText at={newest(row)?.addedAt ?? null} />,
  },
]

interface DocumentTableProps {
  rows: Loadable<readonly DocumentRow[]>
  pager: Pager
  height: 'fill' | 'natural'
  filters?: React.ReactNode
  tools?: React.ReactNode
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
}

export function DocumentTable({ rows, pager, height, filters, tools, asked }: DocumentTableProps) {
  const [layout, setLayout] = useTableLayout('documents')
  const { permissions } = useSession()
  return (
    <DataTable
      label="書類"
      columns={columnsFor(
        permissions.has('documents.download'),
        rows.state === 'ready' && rows.value.some(row => row.recordNos.length > 0),
      )}
      rows={rows}
      rowKey={row => row.id}
      rowName={row => row.title}
      pager={pager}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height={height}
      filters={filters}
      tools={
        <>
          {tools}
          {asked && (
            <ListTools
              list="documents"
              filters={asked}
              layout={layout}
              onLayout={setLayout}
              {...(permissions.has('documents.download') ? { archive: 'ダウンロードの求め' } : {})}
            />
          )}
        </>
      }
      empty={{
        title: '書類はまだありません',
        hint: '登記事項証明書、請求書、契約書などを添付すると、版と追加した人が記録されます。',
      }}
    />
  )
}
