import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  ListShell,
  mapLoadable,
  StatusTag,
  type Tone,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { mediumLabels, sourceStatusLabels, stateLabels, targetLabels } from '../labels.ts'
import { listSources, type MigrationSource, printSources, type sourceStatuses } from '../source-contract.ts'
import type { BatchState } from '../tables.ts'
import './imports.css'
import { SourceDialog } from './SourceDialog.tsx'

const tones: Record<(typeof sourceStatuses)[number], Tone> = {
  found: 'waiting',
  surveyed: 'accent',
  rehearsed: 'accent',
  moved: 'success',
  left_out: 'neutral',
}

const number = (value: number | null) => value?.toLocaleString('ja-JP') ?? ''

const columns: Column<MigrationSource>[] = [
  { key: 'name', title: '移行元', width: 220, hidable: false, render: row => row.name },
  { key: 'sourceNo', title: '番号', width: 96, render: row => <CodeText code={row.sourceNo} /> },
  { key: 'owner', title: '所管', width: 120, render: row => row.owner },
  { key: 'medium', title: '媒体', width: 110, render: row => mediumLabels[row.medium] },
  { key: 'rowCount', title: '件数', width: 90, kind: 'number', render: row => number(row.rowCount) },
  {
    key: 'period',
    title: '期間',
    width: 190,
    render: row =>
      [row.periodFrom, row.periodTo]
        .map(day => day ?? '')
        .join(' ～ ')
        .replace(/^ ～ $/, ''),
  },
  {
    key: 'sensitive',
    title: '要配慮情報',
    width: 96,
    render: row => (row.sensitive ? <StatusTag tone="warning" word="あり" /> : ''),
  },
  { key: 'target', title: '移行先', width: 150, render: row => targetLabels[row.target] },
  {
    key: 'status',
    title: '状況',
    width: 120,
    render: row => <StatusTag tone={tones[row.status]} word={sourceStatusLabels[row.status]} />,
  },
  { key: 'batches', title: '取込', width: 280, wrap: true, render: row => <Runs row={row} /> },
  { key: 'note', title: '備考', width: 220, wrap: true, render: row => row.note ?? '' },
  { key: 'place', title: '保管場所', width: 180, hiddenAtFirst: true, render: row => row.place ?? '' },
  { key: 'recordedBy', title: '登録者', width: 110, hiddenAtFirst: true, render: row => row.recordedBy },
]

function Runs({ row }: { row: MigrationSource }) {
  return row.batches.map(run => (
    <div key={run.id}>
      <UiLink href={`/imports/${run.id}`}>{run.batchNo}</UiLink>　{stateLabels[run.state as BatchState]}
      {run.taken !== null && `　${number(run.taken)}／${number(run.rows)}行`}
    </div>
  ))
}

/** 移行計画: what there is to move in, whose it is, and how far it is. */
export default function SourcesPage() {
  const [layout, setLayout] = useTableLayout('imports.sources')
  const [edited, setEdited] = useState<MigrationSource | 'new' | null>(null)
  const why = useWhyNot()('imports.prepare')
  const page = useApi(listSources, {})
  const sources = page.state === 'ready' ? page.value.sources : []
  const left = sources.filter(one => one.status !== 'moved' && one.status !== 'left_out').length
  return (
    <ListShell
      header={{
        title: '移行計画（現状棚卸し）',
        crumbs: [{ label: '移行・取込', href: '/imports' }],
        detail:
          page.state === 'ready'
            ? `移行元 ${sources.length}件　残り ${left}件　合計 ${number(sources.reduce((sum, one) => sum + (one.rowCount ?? 0), 0))}行`
            : '移行するものを全て書き出し、どの取込で移したかを残します',
        actions: (
          <>
            <a className="ui-link" href={addressOf(printSources, {})} target="_blank" rel="noreferrer">
              印刷（PDF）
            </a>
            <ActionButton kind="primary" disabledReason={why} onClick={() => setEdited('new')}>
              移行元を追加
            </ActionButton>
          </>
        ),
      }}
    >
      <DataTable
        label="移行元"
        columns={columns}
        rows={mapLoadable(page, body => body.sources as readonly MigrationSource[])}
        rowKey={row => row.id}
        rowName={row => row.name}
        {...(why === null ? { onOpen: (row: MigrationSource) => setEdited(row) } : {})}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '移行元はまだ書き出されていません',
          hint: 'Excelの台帳、旧システム、紙、メール、個人のメモなど、顧客の情報がある場所を1件ずつ追加します。',
        }}
      />
      {edited && (
        <SourceDialog
          key={edited === 'new' ? 'new' : edited.id}
          source={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </ListShell>
  )
}
