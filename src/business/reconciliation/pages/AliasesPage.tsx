import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  type Column,
  ConfirmAction,
  DataTable,
  DateTimeText,
  ListShell,
  mapLoadable,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type AliasRow, listAliases, switchAlias } from '../contract.ts'

/** Sender names learned from confirmed matches; a wrong one is disabled here. */
export default function AliasesPage() {
  const list = useListState([])
  const [layout, setLayout] = useTableLayout('reconciliation.aliases')
  const [chosen, setChosen] = useState<AliasRow | null>(null)
  const whyNot = useWhyNot()
  const page = useApi(listAliases, { after: list.after })
  const change = useCommand(switchAlias, { onDone: () => setChosen(null) })
  const columns: Column<AliasRow>[] = [
    { key: 'kana', title: '振込依頼人', width: 240, hidable: false, render: row => row.senderKana },
    {
      key: 'party',
      title: '取引先',
      width: 240,
      render: row => <UiLink href={`/parties/${row.party.id}`}>{row.party.legalName}</UiLink>,
    },
    { key: 'bank', title: '仕向銀行・支店', width: 200, render: row => `${row.bank} ${row.branch}` },
    { key: 'count', title: '確認回数', width: 90, kind: 'number', render: row => row.confirmedCount },
    { key: 'last', title: '最終確認', width: 150, render: row => <DateTimeText at={row.lastConfirmedAt} /> },
    {
      key: 'state',
      title: '状態',
      width: 100,
      render: row =>
        row.disabledReason ? (
          <StatusTag tone="neutral" word="無効" detail={row.disabledReason} />
        ) : row.confirmedCount > 0 ? (
          <StatusTag tone="success" word="有効" />
        ) : (
          <StatusTag tone="neutral" word="取消済" />
        ),
    },
    {
      key: 'switch',
      title: '操作',
      width: 110,
      hidable: false,
      render: row => (
        <ActionButton
          size="small"
          label={`${row.senderKana} を${row.disabledReason ? '有効' : '無効'}にする`}
          disabledReason={whyNot('reconciliation.confirm')}
          onClick={() => setChosen(row)}
        >
          {row.disabledReason ? '有効にする' : '無効にする'}
        </ActionButton>
      ),
    },
  ]
  return (
    <ListShell
      header={{
        title: '学習した名義',
        crumbs: [{ label: '消込', href: '/reconciliation' }],
        detail: '担当者が確定した消込からだけ覚えます。候補を出すだけで、自動では確定しません。',
      }}
    >
      <DataTable
        label="学習した名義"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly AliasRow[])}
        rowKey={row => row.id}
        rowName={row => row.senderKana}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '覚えた名義はまだありません',
          hint: '消込を手で確定すると、振込依頼人の名義を覚えます。',
        }}
      />
      {chosen && (
        <ConfirmAction
          open
          title={`「${chosen.senderKana}」を${chosen.disabledReason ? '有効' : '無効'}にします`}
          what="次の照合から反映されます。済んだ消込は変わりません。"
          confirmLabel={chosen.disabledReason ? '有効にする' : '無効にする'}
          reason="required"
          running={change.running}
          problem={change.problem}
          onConfirm={reason =>
            change.run({ aliasId: chosen.id, enabled: chosen.disabledReason !== null, reason })
          }
          onClose={() => setChosen(null)}
        />
      )}
    </ListShell>
  )
}
