import { useEffect, useRef } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import {
  type Column,
  DataTable,
  type Filter,
  FilterBar,
  mapLoadable,
  StatusTag,
  type Tone,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type Batch, type ImportRow, listImportRows } from '../contract.ts'
import { outcomeLabels, rowStateLabels, weightLabels } from '../labels.ts'
import type { Outcome } from '../tables.ts'

const tones: Record<Outcome, Tone> = {
  new: 'success',
  update: 'accent',
  merged: 'accent',
  refused: 'danger',
  skipped: 'neutral',
}

const columns: Column<ImportRow>[] = [
  { key: 'line', title: '行', width: 64, kind: 'number', hidable: false, render: row => row.line },
  { key: 'name', title: '行の内容', width: 240, render: row => row.name || '（空）' },
  {
    key: 'outcome',
    title: '取込の結果',
    width: 150,
    render: row => <StatusTag tone={tones[row.outcome]} word={outcomeLabels[row.outcome]} />,
  },
  {
    key: 'party',
    title: '反映先',
    width: 220,
    render: row =>
      row.party ? (
        <UiLink href={`/parties/${row.party.id}`}>{row.party.legalName}</UiLink>
      ) : row.mergedIntoLine ? (
        `${row.mergedIntoLine}行目と同じ会社`
      ) : (
        ''
      ),
  },
  {
    key: 'problems',
    title: '問題・確認事項',
    width: 520,
    wrap: true,
    render: row => <Problems row={row} />,
  },
  { key: 'state', title: '状況', width: 140, render: row => rowStateLabels[row.state] },
]

const order = { error: 0, warning: 1, note: 2 } as const

/** What keeps the row out stands first; the whole text shows on hover. */
function Problems({ row }: { row: ImportRow }) {
  const text = [...row.problems]
    .sort((a, b) => order[a.weight] - order[b.weight])
    .map(({ weight, heading, column, message }) => {
      const place = heading ? `${heading}${column ? `（${column}列）` : ''}：` : ''
      return `［${weightLabels[weight]}］${place}${message}`
    })
    .join('　')
  return <span title={text}>{text}</span>
}

const filters: Filter[] = [
  {
    key: 'outcome',
    type: 'choice',
    label: '結果',
    options: Object.entries(outcomeLabels).map(([value, label]) => ({ value, label })),
  },
  { key: 'problems', type: 'flag', label: '問題', sentence: '問題・確認事項のある行' },
]

/** Rows in the order of the file with what each does and what is wrong with it. */
export function ImportRows({ batch }: { batch: Batch }) {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('import-rows')
  const page = useApi(listImportRows, {
    batchId: batch.id,
    after: list.after,
    outcome: (list.values.outcome?.[0] as Outcome | undefined) || undefined,
    withProblems: list.values.problems?.[0] === 'true' ? 'true' : 'false',
  })
  // Rows change while nobody commands anything here: the batch is worked on elsewhere.
  const { refetch } = page
  const shownFor = useRef(batch.state)
  useEffect(() => {
    if (shownFor.current !== batch.state) refetch()
    shownFor.current = batch.state
  })
  return (
    <DataTable
      label="取込の行"
      columns={columns}
      rows={mapLoadable(page, body => body.rows as readonly ImportRow[])}
      rowKey={row => String(row.rowNo)}
      rowName={row => `${row.line}行目 ${row.name}`}
      rowTone={row =>
        row.outcome === 'refused' ? 'danger' : row.problems.length > 0 ? 'warning' : undefined
      }
      pager={list.pager(page.state === 'ready' ? page.value.next : null)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
      empty={{ title: '当てはまる行はありません', hint: '絞り込みの条件を変えてください。' }}
    />
  )
}
