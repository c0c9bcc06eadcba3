import { useState } from 'react'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateText,
  LineChart,
  Row,
  StatusTag,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import type { CreditFile } from '../contract.ts'
import { scoreOriginLabels } from '../labels.ts'
import { ScoreActDialog, ScoreDialog } from './ScoreDialogs.tsx'
import { providerName, providerShort } from './words.tsx'

export type ScoreRow = CreditFile['scores'][number]

/** Scores over time, one line for each provider and scale, and every score with what was done to it. */
export function ScoresCard({ partyId, file }: { partyId: string; file: CreditFile }) {
  const whyNot = useWhyNot()
  const [recording, setRecording] = useState(false)
  const [act, setAct] = useState<{ kind: 'override' | 'retract'; score: ScoreRow } | null>(null)
  const fall = `${file.rules.scoreFallPpm / 10_000}%`
  return (
    <Card
      title="評点"
      note={`満点の${fall}以上下がると、与信の見直しを始めて与信枠を止めます`}
      actions={
        <ActionButton disabledReason={whyNot('assessment.record')} onClick={() => setRecording(true)}>
          評点を記録
        </ActionButton>
      }
    >
      {file.scores.length === 0 ? (
        <p className="ui-faint">
          評点の記録はありません。調査会社の評点や当社の採点を記録すると、推移をグラフで見られます。評点は倒産する確率ではありません。
        </p>
      ) : (
        <>
          <ScoreChart scores={file.scores} />
          <ScoreTable scores={file.scores} onAct={setAct} />
        </>
      )}
      {recording && (
        <ScoreDialog partyId={partyId} last={file.scores[0] ?? null} onClose={() => setRecording(false)} />
      )}
      {act && <ScoreActDialog {...act} onClose={() => setAct(null)} />}
    </Card>
  )
}

/** Two points make a line; one is told by the table. Scales differ, so each line is in percent of its own. */
function ScoreChart({ scores }: { scores: readonly ScoreRow[] }) {
  const counting = scores.filter(one => one.counts)
  const days = [...new Set(counting.map(one => one.scoreDate))].sort()
  if (days.length < 2) return null
  const series = new Map<string, ScoreRow[]>()
  for (const one of counting) {
    const name = `${providerName(one)}（${one.scoreScale}点満点）`
    series.set(name, [...(series.get(name) ?? []), one])
  }
  const several = series.size > 1
  return (
    <LineChart
      label="評点の推移"
      categories={days}
      series={[...series].map(([name, rows]) => ({
        key: name,
        name: several ? `${name}・満点比` : name,
        values: days.map(day => {
          const row = rows.find(one => one.scoreDate === day)
          if (!row) return null
          return several ? Math.round((row.score * 1000) / row.scoreScale) / 10 : row.score
        }),
      }))}
      format={value => (several ? `${value}%` : `${value}点`)}
      height={180}
    />
  )
}

function ScoreTable({
  scores,
  onAct,
}: {
  scores: readonly ScoreRow[]
  onAct: (act: { kind: 'override' | 'retract'; score: ScoreRow }) => void
}) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('assessment.scores')
  const columns: Column<ScoreRow>[] = [
    {
      key: 'date',
      title: '評価日',
      width: 98,
      hidable: false,
      render: row => <DateText date={row.scoreDate} />,
    },
    {
      key: 'score',
      title: '評点',
      width: 80,
      kind: 'number',
      hidable: false,
      render: row => `${row.score} / ${row.scoreScale}`,
    },
    { key: 'provider', title: '評価した会社', width: 124, render: row => providerShort(row) },
    { key: 'state', title: '状態', width: 100, render: row => <ScoreState row={row} /> },
    {
      key: 'components',
      title: '内訳・理由',
      width: 156,
      wrap: true,
      render: row =>
        [
          row.components.map(one => `${one.name} ${one.points}`).join('、'),
          row.reasonCodes.join('、'),
          row.overrideReason,
        ]
          .filter(Boolean)
          .join('　'),
    },
    {
      key: 'by',
      title: '記録・承認',
      width: 112,
      render: row => [row.recordedBy, row.approvedBy].filter(Boolean).join('・'),
    },
    {
      key: 'origin',
      title: '種類',
      width: 120,
      hiddenAtFirst: true,
      render: row => scoreOriginLabels[row.origin],
    },
    {
      key: 'model',
      title: 'モデルの版',
      width: 130,
      hiddenAtFirst: true,
      render: row => row.modelVersion ?? '',
    },
    {
      key: 'act',
      title: '操作',
      width: 150,
      hidable: false,
      render: row =>
        row.counts ? (
          <Row>
            <ActionButton
              size="small"
              disabledReason={whyNot('assessment.review')}
              onClick={() => onAct({ kind: 'override', score: row })}
            >
              点を変更
            </ActionButton>
            <ActionButton
              size="small"
              disabledReason={whyNot('assessment.record')}
              onClick={() => onAct({ kind: 'retract', score: row })}
            >
              取消
            </ActionButton>
          </Row>
        ) : null,
    },
  ]
  return (
    <DataTable
      label="評点の一覧"
      columns={columns}
      rows={{ state: 'ready', value: scores }}
      rowKey={row => row.id}
      rowName={row => `${row.scoreDate} ${providerName(row)}`}
      pager={null}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      height="natural"
      empty={{ title: '評点の記録はありません', hint: '' }}
    />
  )
}

function ScoreState({ row }: { row: ScoreRow }) {
  if (row.retracted)
    return (
      <StatusTag
        tone="neutral"
        word="取消"
        detail={`${row.retracted.reason}（${row.retracted.by} ${row.retracted.on}）`}
      />
    )
  if (!row.counts) return <StatusTag tone="neutral" word="変更前" />
  return row.overrides ? (
    <StatusTag tone="warning" word="人の判断" />
  ) : (
    <StatusTag tone="success" word="有効" />
  )
}
