import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useToday, useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  FieldInput,
  mapLoadable,
  StatusTag,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { EvidenceList } from '../../documents/web.tsx'
import { type ExclusionRow, endExclusion, excludeFromControl, exclusionsOfParty } from '../contract.ts'
import { exclusionGroundLabels } from '../labels.ts'
import type { ExclusionGround } from '../tables.ts'
import { OwnershipDialog, OwnershipEndDialog } from './OwnershipDialog.tsx'

/** People judged clearly unable to control the company: recorded and ended by two people, with the history of both. */
export function UnableCard({ recordId, day }: { recordId: string; day: string | null }) {
  const whyNot = useWhyNot()
  const all = useApi(exclusionsOfParty, { partyId: recordId })
  const [layout, setLayout] = useTableLayout('ownership.exclusions')
  const [ending, setEnding] = useState<ExclusionRow | null>(null)
  const [adding, setAdding] = useState(false)
  const past = day ? '過去の日付の表示中は変更できません。基準日を空欄に戻してください。' : null
  const candidates = all.state === 'ready' ? all.value.candidates : []
  const columns: Column<ExclusionRow>[] = [
    { key: 'name', title: '人', width: 104, hidable: false, render: row => row.name },
    {
      key: 'state',
      title: '状態',
      width: 80,
      render: row => <StatusTag tone={row.to ? 'neutral' : 'warning'} word={row.to ? '終了' : '除外中'} />,
    },
    {
      key: 'ground',
      title: '区分',
      width: 130,
      wrap: true,
      render: row => exclusionGroundLabels[row.ground],
    },
    { key: 'from', title: 'いつから', width: 95, render: row => <DateText date={row.from} /> },
    { key: 'to', title: 'いつまで', width: 95, render: row => <DateText date={row.to} /> },
    {
      key: 'reason',
      title: '理由・裏付け資料',
      width: 230,
      wrap: true,
      render: row => <Judgement row={row} />,
    },
    {
      key: 'actions',
      title: '操作',
      width: 80,
      hidable: false,
      render: row =>
        row.to ? null : (
          <ActionButton
            size="small"
            disabledReason={past ?? whyNot('people.change')}
            onClick={() => setEnding(row)}
          >
            終了
          </ActionButton>
        ),
    },
  ]
  return (
    <Card
      title="実質的支配者から除く人"
      flush
      note="支配する意思または能力がないことが明らかな人（規則11条）。2人の判断で記録します"
      actions={
        <ActionButton
          disabledReason={
            past ??
            whyNot('people.change') ??
            (candidates.length > 0 ? null : '実質的支配者になり得る個人が記録されていません。')
          }
          onClick={() => setAdding(true)}
        >
          除く判断を記録
        </ActionButton>
      }
    >
      <DataTable
        label="実質的支配者から除く人"
        columns={columns}
        rows={mapLoadable(all, body => body.rows as readonly ExclusionRow[])}
        rowKey={row => row.id}
        rowName={row => row.name}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        height="natural"
        empty={{
          title: '除いている人はいません',
          hint: '持分や役職では該当しても、支配する意思または能力がないことが明らかな人がいれば記録します。',
        }}
      />
      {adding && <AddDialog recordId={recordId} candidates={candidates} onClose={() => setAdding(false)} />}
      {ending && <EndDialog row={ending} recordId={recordId} onClose={() => setEnding(null)} />}
    </Card>
  )
}

function Judgement({ row }: { row: ExclusionRow }) {
  return (
    <>
      {[row.began, ...(row.ended ? [row.ended] : [])].map(one => (
        <div key={one.at}>
          {one.reason}
          <div className="ui-faint">
            {`${one.by}・${one.approvedBy}　`}
            <DateTimeText at={one.at} />
          </div>
          <EvidenceList ids={one.evidence} />
        </div>
      ))}
    </>
  )
}

interface AddProps {
  recordId: string
  candidates: readonly { personId: string; personNo: string; name: string }[]
  onClose: () => void
}

function AddDialog({ recordId, candidates, onClose }: AddProps) {
  const follow = useFollow()
  const [personId, setPersonId] = useState<string | null>(null)
  const [ground, setGround] = useState<string | null>(null)
  const [judgedOn, setJudgedOn] = useState<string | null>(useToday())
  const add = useCommand(excludeFromControl, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const unfilled = !personId
    ? '除く人を選んでください。'
    : !ground
      ? '区分を選んでください。'
      : !judgedOn
        ? '判断の日を入力してください。'
        : null
  return (
    <OwnershipDialog
      title="実質的支配者から除く判断を記録します"
      what="別の担当者が承認すると、この人を除いて実質的支配者を計算し直します。除いたことと理由は履歴に残ります。"
      confirmLabel="承認を申請する"
      recordId={recordId}
      command={add}
      needsEvidence
      unfilled={unfilled}
      onConfirm={change =>
        add.run({
          partyId: recordId,
          personId: personId ?? '',
          ground: (ground ?? 'other') as ExclusionGround,
          judgedOn: judgedOn ?? '',
          change: { reasonCode: 'review', ...change },
        })
      }
      onClose={onClose}
    >
      <FieldInput
        field={{
          name: 'personId',
          type: 'choice',
          label: '除く人',
          required: true,
          options: candidates.map(one => ({ value: one.personId, label: `${one.name}（${one.personNo}）` })),
        }}
        value={personId}
        onChange={setPersonId}
      />
      <FieldInput
        field={{
          name: 'ground',
          type: 'choice',
          label: '区分',
          required: true,
          options: Object.entries(exclusionGroundLabels).map(([value, label]) => ({ value, label })),
        }}
        value={ground}
        onChange={setGround}
      />
      <FieldInput
        field={{ name: 'judgedOn', type: 'date', label: '判断の日', required: true }}
        value={judgedOn}
        onChange={setJudgedOn}
      />
    </OwnershipDialog>
  )
}

function EndDialog({ row, recordId, onClose }: { row: ExclusionRow; recordId: string; onClose: () => void }) {
  const follow = useFollow()
  const [endedOn, setEndedOn] = useState<string | null>(useToday())
  const end = useCommand(endExclusion, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <OwnershipEndDialog
      title={`${row.name} を除く判断を終了します`}
      what="別の担当者が承認すると、この人を再び数えて実質的支配者を計算し直します。"
      confirmLabel="承認を申請する"
      recordId={recordId}
      command={end}
      needsEvidence
      endedOn={endedOn}
      onEndedOn={setEndedOn}
      onConfirm={(day, change) =>
        end.run({ exclusionId: row.id, endedOn: day, change: { reasonCode: 'review', ...change } })
      }
      onClose={onClose}
    />
  )
}
