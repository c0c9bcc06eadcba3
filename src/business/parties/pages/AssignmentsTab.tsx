import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  CodeText,
  type Column,
  ConfirmAction,
  DataTable,
  DateText,
  FieldInput,
  mapLoadable,
  StatusTag,
  useSay,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import {
  type AssignmentRow,
  assignContractor,
  endAssignment,
  listAssignments,
} from '../assignment-contract.ts'

/** On a contractor's page: which companies they may see, until when, and the way to give and take them. */
export function StaffAssignmentsTab({ recordId }: { recordId: string }) {
  return (
    <>
      <AssignForm staffId={recordId} />
      <AssignmentTable of={{ staffId: recordId }} shows="party" />
    </>
  )
}

/** On a company's page: which contractors may see or saw it. */
export function PartyAssignmentsTab({ recordId }: { recordId: string }) {
  return <AssignmentTable of={{ partyId: recordId }} shows="staff" />
}

function AssignForm({ staffId }: { staffId: string }) {
  const whyNot = useWhyNot()
  const say = useSay()
  const [open, setOpen] = useState(false)
  const [numbers, setNumbers] = useState('')
  const [endsOn, setEndsOn] = useState<string | null>(null)
  const assign = useCommand(assignContractor, {
    onDone: ({ assigned }) => {
      setOpen(false)
      setNumbers('')
      say.done(`${assigned}社を割り当てました。`)
    },
  })
  return (
    <Card
      title="顧客の割当て"
      actions={
        <ActionButton
          kind="primary"
          size="small"
          disabledReason={whyNot('parties.assignContractor')}
          onClick={() => setOpen(true)}
        >
          顧客を割り当てる
        </ActionButton>
      }
    >
      <p className="ui-faint">
        外部委託先は、割り当てられた顧客とその債権・契約・関係者だけを、秘匿項目を伏せて見ることができます。終了日の翌日から見えなくなります。
      </p>
      <ConfirmAction
        open={open}
        title="顧客を割り当てます"
        what="割り当てた顧客の情報が、この委託先に見えるようになります。"
        confirmLabel="割り当てる"
        reason="required"
        running={assign.running}
        problem={assign.problem}
        onConfirm={reason =>
          assign.run({ staffId, partyNos: numbersIn(numbers), endsOn: endsOn ?? '', reason })
        }
        onClose={() => setOpen(false)}
      >
        <FieldInput
          field={{
            name: 'partyNos',
            type: 'longText',
            label: '顧客番号',
            required: true,
            rows: 3,
            example: 'C-000123, C-000124',
            help: '空白・読点・改行で区切って、200件まで入力できます。',
          }}
          value={numbers}
          onChange={setNumbers}
        />
        <FieldInput
          field={{
            name: 'endsOn',
            type: 'date',
            label: '終了日',
            required: true,
            help: '委託先の利用期限までの日付にします。',
          }}
          value={endsOn}
          onChange={setEndsOn}
        />
      </ConfirmAction>
    </Card>
  )
}

function numbersIn(text: string): string[] {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,、，]+/)
    .filter(Boolean)
}

interface TableProps {
  of: { staffId?: string; partyId?: string }
  shows: 'party' | 'staff'
}

function AssignmentTable({ of, shows }: TableProps) {
  const [layout, setLayout] = useTableLayout(`parties.assignments.${shows}`)
  const [marks, setMarks] = useState<readonly string[]>([])
  const [ending, setEnding] = useState<AssignmentRow | null>(null)
  const page = useApi(listAssignments, { ...of, after: marks.at(-1) })
  const next = page.state === 'ready' ? page.value.next : null
  return (
    <>
      <DataTable
        label="割当ての一覧"
        height="natural"
        columns={useColumns(shows, setEnding)}
        rows={mapLoadable(page, body => body.rows as readonly AssignmentRow[])}
        rowKey={row => row.id}
        rowName={row => (shows === 'party' ? row.party.legalName : row.staff.name)}
        rowHref={row => (shows === 'party' ? `/parties/${row.party.id}` : `/staff/${row.staff.id}`)}
        pager={{
          next: next ? () => setMarks([...marks, next]) : null,
          previous: marks.length ? () => setMarks(marks.slice(0, -1)) : null,
        }}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '割当てはありません',
          hint:
            shows === 'party'
              ? '「顧客を割り当てる」で、見せてよい顧客を期限付きで指定します。'
              : 'この顧客は外部委託先に割り当てられていません。割当ては、委託先の利用者のページで行います。',
        }}
      />
      {ending && <EndDialog row={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

function useColumns(shows: 'party' | 'staff', onEnd: (row: AssignmentRow) => void): Column<AssignmentRow>[] {
  const whyNot = useWhyNot()
  const who: Column<AssignmentRow>[] =
    shows === 'party'
      ? [
          {
            key: 'party',
            title: '顧客',
            width: 220,
            hidable: false,
            render: row => row.party.legalName,
          },
          {
            key: 'partyNo',
            title: '番号',
            width: 110,
            render: row => <CodeText code={row.party.partyNo} />,
          },
        ]
      : [{ key: 'staff', title: '委託先', width: 200, hidable: false, render: row => row.staff.name }]
  return [
    ...who,
    {
      key: 'state',
      title: '状態',
      width: 110,
      render: row => (
        <StatusTag
          tone={row.inForce ? 'success' : 'neutral'}
          word={row.inForce ? '割当中' : row.endedAt ? '終了' : '期限切れ'}
          {...(row.endedReason ? { detail: row.endedReason } : {})}
        />
      ),
    },
    { key: 'startsOn', title: '開始日', width: 110, render: row => <DateText date={row.startsOn} /> },
    { key: 'endsOn', title: '終了日', width: 110, render: row => <DateText date={row.endsOn} /> },
    { key: 'reason', title: '理由', width: 220, render: row => row.reason },
    { key: 'assignedBy', title: '割り当てた人', width: 120, render: row => row.assignedBy },
    {
      key: 'acts',
      title: '操作',
      width: 110,
      render: row =>
        row.inForce && (
          <ActionButton
            size="small"
            disabledReason={whyNot('parties.assignContractor')}
            onClick={() => onEnd(row)}
          >
            終了する
          </ActionButton>
        ),
    },
  ]
}

function EndDialog({ row, onClose }: { row: AssignmentRow; onClose: () => void }) {
  const end = useCommand(endAssignment, { onDone: onClose })
  return (
    <ConfirmAction
      open
      title={`${row.party.legalName} の割当てを終了します`}
      what={`${row.staff.name} には、すぐに見えなくなります。`}
      confirmLabel="終了する"
      reason="required"
      running={end.running}
      problem={end.problem}
      onConfirm={reason => end.run({ assignmentId: row.id, reason })}
      onClose={onClose}
    />
  )
}
