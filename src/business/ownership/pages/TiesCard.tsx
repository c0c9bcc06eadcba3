import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateTimeText,
  FieldInput,
  type Loadable,
  mapLoadable,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { PartyChoice } from '../../parties/web.tsx'
import { confirmTie, endTie, type Ownership } from '../contract.ts'
import { tieLabels } from '../labels.ts'
import type { TieKind } from '../tables.ts'
import { OwnershipDialog } from './OwnershipDialog.tsx'

interface Tie {
  id: string
  relation: TieKind
  recordedAt: string
  first: { id: string; name: string }
  second: { id: string; name: string }
}

interface TiesCardProps {
  recordId: string
  ownership: Loadable<Ownership>
  day: string | null
}

/** The confirmed ties of a group other than by shares: recorded at once, ended by two people. */
export function TiesCard({ recordId, ownership, day }: TiesCardProps) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('ownership.ties')
  const [ending, setEnding] = useState<Tie | null>(null)
  const [adding, setAdding] = useState(false)
  const past = day ? '過去の日付の表示中は変更できません。基準日を空欄に戻してください。' : null
  const link = ({ id, name }: Tie['first']) => <UiLink href={`/parties/${id}?tab=group`}>{name}</UiLink>
  const columns: Column<Tie>[] = [
    { key: 'first', title: '会社', width: 210, hidable: false, render: row => link(row.first) },
    { key: 'second', title: '相手の会社', width: 210, hidable: false, render: row => link(row.second) },
    { key: 'relation', title: '関係', width: 150, render: row => tieLabels[row.relation] },
    { key: 'at', title: '記録した日時', width: 150, render: row => <DateTimeText at={row.recordedAt} /> },
    {
      key: 'actions',
      title: '操作',
      width: 110,
      hidable: false,
      render: row => (
        <ActionButton
          size="small"
          disabledReason={past ?? whyNot('people.change')}
          onClick={() => setEnding(row)}
        >
          解消
        </ActionButton>
      ),
    },
  ]
  return (
    <Card
      title="確認済みの関係"
      flush
      note="持分によらないグループ関係。グループの与信枠は、つながる会社をまとめて数えます"
      actions={
        <ActionButton disabledReason={past ?? whyNot('people.change')} onClick={() => setAdding(true)}>
          関係を記録
        </ActionButton>
      }
    >
      <DataTable
        label="確認済みの関係"
        columns={columns}
        rows={mapLoadable(ownership, tiesOf)}
        rowKey={row => row.id}
        rowName={row => `${row.first.name}・${row.second.name}`}
        pager={null}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        height="natural"
        empty={{
          title: '確認済みの関係はありません',
          hint: '代表者や所在地が同じなど、持分によらずまとめて見る会社があれば記録します。',
        }}
      />
      {ending && <EndDialog tie={ending} recordId={recordId} onClose={() => setEnding(null)} />}
      {adding && <AddDialog recordId={recordId} onClose={() => setAdding(false)} />}
    </Card>
  )
}

function tiesOf(value: Ownership): readonly Tie[] {
  const names = new Map([...value.nodes, ...value.recordedGroup].map(node => [node.id, node.name]))
  const named = (id: string) => ({ id, name: names.get(id) ?? '（表示範囲の外の会社）' })
  return value.ties.map(tie => ({
    id: tie.id,
    relation: tie.relation,
    recordedAt: tie.recordedAt,
    first: named(tie.partyId),
    second: named(tie.otherId),
  }))
}

function EndDialog({ tie, recordId, onClose }: { tie: Tie; recordId: string; onClose: () => void }) {
  const follow = useFollow()
  const end = useCommand(endTie, {
    onDone: onClose,
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  return (
    <OwnershipDialog
      title={`${tie.first.name} と ${tie.second.name} の関係を解消します`}
      what="別の担当者が承認すると、グループの与信枠はこの2社を別々に数えます。関係があったことは履歴に残ります。"
      confirmLabel="承認を申請する"
      recordId={recordId}
      command={end}
      onConfirm={change => end.run({ tieId: tie.id, change: { reasonCode: 'review', ...change } })}
      onClose={onClose}
    />
  )
}

function AddDialog({ recordId, onClose }: { recordId: string; onClose: () => void }) {
  const [other, setOther] = useState<{ value: string; label: string } | null>(null)
  const [relation, setRelation] = useState<TieKind>('affiliate')
  const add = useCommand(confirmTie, { onDone: onClose })
  return (
    <OwnershipDialog
      title="グループ関係を記録します"
      what="記録した時から、グループの与信枠は両方の会社をまとめて数えます。解消するには別の担当者の承認が必要です。"
      confirmLabel="記録する"
      recordId={recordId}
      command={add}
      unfilled={other ? null : '相手の会社を選んでください。'}
      onConfirm={change =>
        add.run({
          partyId: recordId,
          otherPartyId: other?.value ?? '',
          relation,
          change: { reasonCode: 'review', ...change },
        })
      }
      onClose={onClose}
    >
      <PartyChoice name="otherPartyId" label="相手の会社" value={other} onChange={setOther} required />
      <FieldInput
        field={{
          name: 'relation',
          type: 'choice',
          label: '関係',
          required: true,
          options: Object.entries(tieLabels).map(([value, label]) => ({ value, label })),
        }}
        value={relation}
        onChange={value => value && setRelation(value as TieKind)}
      />
    </OwnershipDialog>
  )
}
