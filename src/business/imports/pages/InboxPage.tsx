import { useState } from 'react'
import { addressOf, call } from '../../../platform/http/client.ts'
import { problemOfError, useApi } from '../../../platform/web/api.ts'
import { useChosen } from '../../../platform/web/chosen.ts'
import { base64Of } from '../../../platform/web/file-content.ts'
import { useListState } from '../../../platform/web/list.ts'
import type { Problem } from '../../../platform/web/problem.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  Card,
  type Column,
  DataTable,
  DateTimeText,
  FileDrop,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  Notice,
  Reasons,
  StatusTag,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { LARGEST_FILE_BYTES } from '../files/file-table.ts'
import { type InboxRow, listInbox, readInbox, receiveArchive } from '../inbox/contract.ts'
import { linkRuleLabels } from '../labels.ts'
import { InboxActions } from './InboxActions.tsx'

const columns: Column<InboxRow>[] = [
  {
    key: 'path',
    title: 'ファイル',
    width: 380,
    hidable: false,
    wrap: true,
    render: row => (
      <a className="ui-link" href={addressOf(readInbox, { fileId: row.id })} target="_blank" rel="noreferrer">
        {row.path}
      </a>
    ),
  },
  {
    key: 'proposed',
    title: '登録先の候補',
    width: 260,
    render: row =>
      row.proposed ? (
        `${row.proposed.partyNo} ${row.proposed.legalName}`
      ) : (
        <StatusTag tone="warning" word="候補なし" />
      ),
  },
  {
    key: 'rule',
    title: '候補の根拠',
    width: 170,
    render: row => (row.proposed ? linkRuleLabels[row.proposed.rule] : ''),
  },
  {
    key: 'size',
    title: '大きさ',
    width: 90,
    kind: 'number',
    render: row => `${Math.max(1, Math.round(row.sizeBytes / 1024)).toLocaleString('ja-JP')} KB`,
  },
  { key: 'archive', title: '圧縮ファイル', width: 180, render: row => row.archiveName },
  { key: 'by', title: '受け付けた人', width: 120, render: row => row.receivedBy },
  { key: 'at', title: '受付日時', width: 150, render: row => <DateTimeText at={row.receivedAt} /> },
]

const filters: Filter[] = [
  {
    key: 'proposed',
    type: 'choice',
    label: '候補',
    options: [
      { value: 'yes', label: 'あり' },
      { value: 'no', label: 'なし' },
    ],
  },
]

const NONE: readonly InboxRow[] = []

/** 書類の一括取込: archives in, files queued with whom they seem to be about, linked by people. */
export default function InboxPage() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('imports.inbox')
  const page = useApi(listInbox, {
    after: list.after,
    proposed: (list.values.proposed?.[0] as 'yes' | 'no' | undefined) || undefined,
    limit: 200,
  })
  const chosen = useChosen(page.state === 'ready' ? page.value.rows : NONE)
  return (
    <ListShell
      header={{
        title: '書類の一括取込',
        crumbs: [{ label: '移行・取込', href: '/imports' }],
        detail:
          'ファイル名やフォルダ名の顧客番号・法人番号・元の管理番号から登録先の候補を出し、人が確かめて登録します',
      }}
      above={<Receive onDone={page.refetch} />}
    >
      <DataTable
        label="登録待ちの書類"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly InboxRow[])}
        rowKey={row => row.id}
        rowName={row => row.path}
        rowTone={row => (row.proposed ? undefined : 'warning')}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        height="natural"
        selection={{
          keys: chosen.keys,
          onChange: chosen.onChange,
          actions: <InboxActions rows={chosen.rows} onDone={chosen.clear} />,
        }}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        empty={{
          title: '登録待ちの書類はありません',
          hint: 'PDF・画像・メール（.eml）・Excelなどを入れたzipを上に置いてください。',
        }}
      />
    </ListShell>
  )
}

interface Received {
  name: string
  received: number
  proposed: number
  refused: readonly { path: string; message: string }[]
  problem: Problem | null
}

function Receive({ onDone }: { onDone: () => void }) {
  const why = useWhyNot()('imports.prepare')
  const [running, setRunning] = useState<string | null>(null)
  const [results, setResults] = useState<readonly Received[]>([])
  const take = async (files: readonly File[]) => {
    const taken: Received[] = []
    for (const file of files) {
      setRunning(file.name)
      try {
        const answer = await call(receiveArchive, {
          fileName: file.name,
          contentBase64: await base64Of(file),
        })
        taken.push({ name: file.name, ...answer, problem: null })
      } catch (error) {
        taken.push({ name: file.name, received: 0, proposed: 0, refused: [], problem: problemOfError(error) })
      }
      setResults([...taken])
    }
    setRunning(null)
    onDone()
  }
  if (why !== null) return null
  return (
    <Card title="圧縮ファイル（.zip）" note="2,000件・展開後300MBまで">
      <FileDrop
        label="書類の圧縮ファイル"
        accept={['.zip']}
        maxBytes={LARGEST_FILE_BYTES}
        many
        files={[]}
        onChange={files => void take(files)}
      />
      {running && (
        <p className="ui-faint" role="status">
          {running} を調べています
        </p>
      )}
      {results.map(one => (
        <Notice
          key={one.name}
          tone={one.problem ? 'danger' : one.refused.length > 0 ? 'warning' : 'success'}
          live
          title={
            one.problem
              ? `${one.name}：受け付けられません（何も保存していません）`
              : `${one.name}：${one.received}件を受け付けました（候補あり ${one.proposed}件、保存しないもの ${one.refused.length}件）`
          }
        >
          {one.problem && <Reasons reasons={one.problem.reasons} />}
          {one.refused.map(({ path, message }) => (
            <p key={path}>
              {path}：{message}
            </p>
          ))}
        </Notice>
      ))}
    </Card>
  )
}
