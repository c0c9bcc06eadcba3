import { useState } from 'react'
import { addressOf } from '../../../platform/http/client.ts'
import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  type Column,
  DataTable,
  DateTimeText,
  type Filter,
  FilterBar,
  ListShell,
  mapLoadable,
  Notice,
  Reasons,
  UiLink,
} from '../../../ui/index.ts'
import { channelLabels } from '../../communications/labels.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type LetterRow, listLetters, printLetter } from '../contract.ts'
import { mailStateLabels } from '../labels.ts'
import { mailStates } from '../tables.ts'
import { DispatchActions, DispatchState, usePrint } from './dispatch-words.tsx'

const filters: Filter[] = [
  {
    key: 'dispatch',
    type: 'choice',
    label: '発送',
    options: [
      { value: 'to_print', label: '未印刷' },
      { value: 'printed', label: '印刷済み' },
      ...mailStates.map(value => ({ value, label: `メール：${mailStateLabels[value]}` })),
    ],
  },
]

const columns: Column<LetterRow>[] = [
  {
    key: 'letterNo',
    title: '番号',
    width: 100,
    hidable: false,
    render: row => <UiLink href={`/communications/${row.communicationId}`}>{row.letterNo}</UiLink>,
  },
  {
    key: 'party',
    title: '宛先',
    width: 180,
    render: row => <UiLink href={`/parties/${row.party.id}`}>{row.party.name}</UiLink>,
  },
  {
    key: 'template',
    title: '文面',
    width: 160,
    render: row => `${row.template.name} 第${row.template.version}版`,
  },
  { key: 'channel', title: '手段', width: 70, render: row => channelLabels[row.channel] },
  { key: 'state', title: '発送', width: 270, wrap: true, render: row => <DispatchState row={row} /> },
  { key: 'act', title: '操作', width: 125, hidable: false, render: row => <DispatchActions row={row} /> },
  {
    key: 'copy',
    title: '控え',
    width: 70,
    render: row => (
      <a
        className="ui-link"
        href={addressOf(printLetter, { letterId: row.id })}
        target="_blank"
        rel="noreferrer"
      >
        PDF
      </a>
    ),
  },
  { key: 'sentBy', title: '作成者', width: 110, render: row => row.sentBy },
  { key: 'sentAt', title: '作成', width: 150, render: row => <DateTimeText at={row.sentAt} /> },
]

/** Letters on their way out: several printed as one file with a packing list, mails with what became of them. */
export default function DispatchPage() {
  const list = useListState(filters)
  const [layout, setLayout] = useTableLayout('letters.dispatch')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const why = useWhyNot()('letters.send')
  const print = usePrint(() => setChosen(new Set()))
  const dispatch = list.values.dispatch?.[0] as
    | 'to_print'
    | 'printed'
    | (typeof mailStates)[number]
    | undefined
  const page = useApi(listLetters, { after: list.after, ...(dispatch ? { dispatch } : {}) })
  return (
    <ListShell
      header={{ title: '書状の発送', detail: '郵便の書状は窓付き封筒用に印刷し、複数なら発送一覧を付けます' }}
    >
      {print.problem && (
        <Notice tone="danger" live title={print.problem.title}>
          <Reasons reasons={print.problem.reasons} />
        </Notice>
      )}
      <DataTable
        label="書状の発送"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly LetterRow[])}
        rowKey={row => row.id}
        rowName={row => `${row.letterNo} ${row.party.name}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        filters={<FilterBar filters={filters} values={list.values} onChange={list.setValues} search={null} />}
        selection={{
          keys: chosen,
          onChange: setChosen,
          actions: (
            <ActionButton
              kind="primary"
              size="small"
              disabledReason={why}
              running={print.running}
              onClick={() => print.run({ letterIds: [...chosen] })}
            >
              {`${chosen.size}通を1つのPDFに印刷`}
            </ActionButton>
          ),
        }}
        empty={{
          title: '書状はありません',
          hint: '顧客・売掛先の「書状」で、承認された文面から作成します。',
        }}
      />
    </ListShell>
  )
}
