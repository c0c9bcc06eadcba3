import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  type Column,
  ConfirmAction,
  DataTable,
  type DataTableProps,
  DateTimeText,
  type Loadable,
  StatusTag,
  type Tone,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { EvidenceInput } from '../../documents/web.tsx'
import { acceptProposal, type Proposal, rejectProposal } from '../contract.ts'
import { kindLabels, stateLabels } from '../labels.ts'
import type { ProposalState } from '../tables.ts'

interface ProposalTableProps {
  label: string
  rows: Loadable<readonly Proposal[]>
  /** The company whose page this is; its side is left out. */
  of?: string
  pager: DataTableProps<Proposal>['pager']
  filters?: DataTableProps<Proposal>['filters']
  height: 'fill' | 'natural'
  onDone?: () => void
}

const tones: Readonly<Record<ProposalState, Tone>> = {
  open: 'warning',
  accepted: 'success',
  rejected: 'neutral',
  gone: 'neutral',
}

/** Proposed ties, each with what is shared and by how many, to be confirmed or told apart by a person. */
export function ProposalTable({ label, rows, of, pager, filters, height }: ProposalTableProps) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout(of ? 'groups.ofParty' : 'groups.proposals')
  const [act, setAct] = useState<{ kind: 'accept' | 'reject'; proposal: Proposal } | null>(null)
  const link = ({ id, name }: Proposal['first']) => <UiLink href={`/parties/${id}?tab=group`}>{name}</UiLink>
  const others = (row: Proposal) => (row.first.id === of ? row.second : row.first)
  const columns: Column<Proposal>[] = [
    ...(of
      ? [
          {
            key: 'other',
            title: '相手の会社',
            width: 190,
            hidable: false,
            render: (row: Proposal) => link(others(row)),
          },
        ]
      : [
          {
            key: 'first',
            title: '会社',
            width: 210,
            hidable: false,
            render: (row: Proposal) => link(row.first),
          },
          {
            key: 'second',
            title: '相手の会社',
            width: 210,
            hidable: false,
            render: (row: Proposal) => link(row.second),
          },
        ]),
    { key: 'kind', title: '根拠', width: of ? 130 : 150, render: row => kindLabels[row.kind] },
    { key: 'shared', title: '共通の内容', width: of ? 164 : 230, render: row => row.shared ?? row.sentence },
    {
      key: 'by',
      title: '共有する会社',
      width: of ? 95 : 100,
      kind: 'number',
      render: row => `${row.sharedBy}社`,
    },
    {
      key: 'state',
      title: '状態',
      width: 100,
      render: row => <StatusTag tone={tones[row.state]} word={stateLabels[row.state]} />,
    },
    {
      key: 'at',
      title: '見つけた日時',
      width: 130,
      hiddenAtFirst: true,
      render: row => <DateTimeText at={row.proposedAt} />,
    },
    {
      key: 'decision',
      title: '判断',
      width: of ? 175 : 190,
      hidable: false,
      render: row =>
        row.state === 'open' ? (
          <>
            <ActionButton
              size="small"
              disabledReason={whyNot('people.change')}
              onClick={() => setAct({ kind: 'accept', proposal: row })}
            >
              関係あり
            </ActionButton>{' '}
            <ActionButton
              size="small"
              disabledReason={whyNot('people.change')}
              onClick={() => setAct({ kind: 'reject', proposal: row })}
            >
              関係なし
            </ActionButton>
          </>
        ) : (
          [row.decidedBy, row.decisionReason].filter(Boolean).join('：')
        ),
    },
  ]
  return (
    <>
      <DataTable
        label={label}
        columns={columns}
        rows={rows}
        rowKey={row => row.id}
        rowName={row => `${row.first.name}・${row.second.name}`}
        pager={pager}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        height={height}
        filters={filters}
        empty={{
          title: '該当する候補はありません',
          hint: '代表者・所在地・電話番号・口座・株主が共通する会社を自動で探し、ここに並べます。多くの会社に共通するものは候補にしません。',
        }}
      />
      {act?.kind === 'accept' && <AcceptDialog proposal={act.proposal} onClose={() => setAct(null)} />}
      {act?.kind === 'reject' && <RejectDialog proposal={act.proposal} onClose={() => setAct(null)} />}
    </>
  )
}

interface DialogProps {
  proposal: Proposal
  onClose: () => void
}

function AcceptDialog({ proposal, onClose }: DialogProps) {
  const [evidence, setEvidence] = useState<readonly string[]>([])
  const accept = useCommand(acceptProposal, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${proposal.first.name} と ${proposal.second.name} を同じグループとして記録します`}
      what={`${proposal.sentence}記録すると、グループ枠と与信残高の計算に両社が入ります。解消には別の担当者の承認が必要です。`}
      confirmLabel="関係ありと記録する"
      reason="required"
      running={accept.running}
      problem={accept.problem}
      onConfirm={reasonText =>
        accept.run({
          proposalId: proposal.id,
          rowVersion: proposal.rowVersion,
          change: { reasonCode: 'review', reasonText, evidence: [...evidence] },
        })
      }
      onClose={onClose}
    >
      <EvidenceInput
        record={{ kind: 'party', id: proposal.first.id }}
        value={evidence}
        onChange={setEvidence}
      />
    </ConfirmAction>
  )
}

function RejectDialog({ proposal, onClose }: DialogProps) {
  const reject = useCommand(rejectProposal, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${proposal.first.name} と ${proposal.second.name} は関係なしと判断します`}
      what={`${proposal.sentence}共通の内容が変わらないかぎり、再び候補にはなりません。`}
      confirmLabel="関係なしと記録する"
      reason="required"
      running={reject.running}
      problem={reject.problem}
      onConfirm={reason => reject.run({ proposalId: proposal.id, rowVersion: proposal.rowVersion, reason })}
      onClose={onClose}
    />
  )
}
