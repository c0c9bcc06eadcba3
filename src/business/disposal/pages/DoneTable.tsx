import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  CodeText,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  mapLoadable,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { downloadDocument } from '../../documents/contract.ts'
import { type DisposalDone, listDisposals } from '../contract.ts'
import { ruleLabel, subjectKindLabels } from '../labels.ts'

const REFRESH_MS = 5_000

/** What was destroyed: by whom, how much, and the certificate. */
export function DoneTable() {
  const list = useListState([])
  const [layout, setLayout] = useTableLayout('disposal.done')
  const page = useApi(listDisposals, { after: list.after, limit: 50 }, { refetchMs: REFRESH_MS })
  const recordHref = useRecordHref()
  const columns: Column<DisposalDone>[] = [
    {
      key: 'disposalNo',
      title: '番号',
      width: 120,
      hidable: false,
      render: row => <CodeText code={row.disposalNo} />,
    },
    {
      key: 'subject',
      title: '対象',
      width: 185,
      render: row => {
        const href = recordHref(row.subjectKind, row.subjectId)
        const name = `${subjectKindLabels[row.subjectKind]} ${row.number}`
        return href ? <UiLink href={href}>{name}</UiLink> : name
      },
    },
    {
      key: 'certificate',
      title: '廃棄証明書',
      width: 100,
      hidable: false,
      render: row =>
        row.certificateDocumentId ? (
          <a
            className="ui-link"
            href={addressOf(downloadDocument, { documentId: row.certificateDocumentId, versionNo: 1 })}
            target="_blank"
            rel="noreferrer"
          >
            証明書
          </a>
        ) : (
          '作成中'
        ),
    },
    { key: 'executedAt', title: '実行日時', width: 140, render: row => <DateTimeText at={row.executedAt} /> },
    {
      key: 'rule',
      title: '保存区分',
      width: 170,
      render: row => ruleLabel(row.retentionClass),
    },
    { key: 'dueOn', title: '保存の最終日', width: 110, render: row => <DateText date={row.dueOn} /> },
    {
      key: 'what',
      title: '廃棄したもの',
      width: 220,
      wrap: true,
      render: row =>
        [
          row.parties > 0 && `取引先 ${row.parties}件`,
          row.people > 0 && `関係者 ${row.people}人`,
          row.documents > 0 && `書類 ${row.documents}件`,
          row.files > 0 &&
            `ファイル ${row.files}個${row.filesLeft > 0 ? `（残り ${row.filesLeft}個を削除中）` : ''}`,
          `鍵 ${row.keysDestroyed}個`,
          `${row.rows.toLocaleString('ja-JP')}行`,
        ]
          .filter(Boolean)
          .join('、'),
    },
    { key: 'by', title: '申請 → 承認', width: 160, render: row => `${row.proposedBy} → ${row.approvedBy}` },
    { key: 'reason', title: '理由', width: 240, wrap: true, render: row => row.reason },
    {
      key: 'request',
      title: '申請',
      width: 90,
      render: row => <UiLink href={`/change-requests/${row.changeRequestId}`}>申請</UiLink>,
    },
  ]
  return (
    <DataTable
      label="廃棄の記録"
      columns={columns}
      rows={mapLoadable(page, body => body.rows as readonly DisposalDone[])}
      rowKey={row => row.id}
      rowName={row => row.disposalNo}
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      empty={{ title: '廃棄の記録はまだありません', hint: '承認された廃棄がここに残ります。' }}
    />
  )
}
