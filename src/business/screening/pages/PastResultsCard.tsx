import { useApi } from '../../../platform/web/api.ts'
import {
  Card,
  type Column,
  DataTable,
  DateText,
  mapLoadable,
  Notice,
  PlainText,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type PastResultRow, pastResultsOfParty } from '../past-contract.ts'
import { pastResultLabels, pastVerdictLabels } from '../past-labels.ts'

const tones = { none: 'neutral', found: 'danger', unclear: 'warning' } as const

const columns: Column<PastResultRow>[] = [
  {
    key: 'searchedOn',
    title: '確認日',
    width: 110,
    hidable: false,
    render: row => <DateText date={row.searchedOn} />,
  },
  { key: 'subject', title: '対象', width: 200, render: row => row.subjectName },
  { key: 'provider', title: '確認先', width: 180, wrap: true, render: row => row.provider },
  {
    key: 'result',
    title: '結果',
    width: 110,
    render: row => <StatusTag tone={tones[row.result]} word={pastResultLabels[row.result]} />,
  },
  {
    key: 'verdict',
    title: '判断',
    width: 100,
    render: row => <PlainText text={row.verdict && pastVerdictLabels[row.verdict]} />,
  },
  { key: 'checkedBy', title: '確認した人', width: 120, render: row => <PlainText text={row.checkedBy} /> },
  { key: 'scope', title: '確認範囲', width: 160, wrap: true, render: row => <PlainText text={row.scope} /> },
  {
    key: 'evidence',
    title: '証跡',
    width: 180,
    wrap: true,
    render: row =>
      row.documentId ? (
        <UiLink href={`/documents/${row.documentId}`}>{row.evidenceName}</UiLink>
      ) : (
        <PlainText text={row.evidenceName && `${row.evidenceName}（書類なし）`} />
      ),
  },
  { key: 'nextDueOn', title: '当時の次回期限', width: 130, render: row => <DateText date={row.nextDueOn} /> },
  { key: 'note', title: '備考', width: 200, wrap: true, render: row => <PlainText text={row.note} /> },
  { key: 'source', title: '出所', width: 140, render: row => row.source },
]

/** What earlier systems and services said: history that clears nobody (decision 0022). Not shown where there is none. */
export function PastResultsCard({ partyId }: { partyId: string }) {
  const [layout, setLayout] = useTableLayout('screening.past')
  const results = useApi(pastResultsOfParty, { partyId })
  if (results.state === 'ready' && results.value.rows.length === 0) return null
  return (
    <Card title="以前の確認の記録（移行）" flush>
      <Notice tone="accent" title="履歴です。このシステムの照合の代わりにはなりません">
        旧システムや外部サービスでの確認を移したものです。買取の停止を解除せず、次回の期日にも使いません。「該当あり」「取引不可」があるときは、上の照合で改めて判断してください。
      </Notice>
      <DataTable
        label="以前の確認の記録"
        columns={columns}
        rows={mapLoadable(results, body => body.rows as readonly PastResultRow[])}
        rowKey={row => row.id}
        rowName={row => `${row.searchedOn} ${row.provider}`}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{ title: '移行された記録はありません', hint: '' }}
      />
    </Card>
  )
}
