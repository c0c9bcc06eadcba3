import { useApi } from '../../../platform/web/api.ts'
import { useListState } from '../../../platform/web/list.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  CodeText,
  type Column,
  DataTable,
  DateTimeText,
  ListShell,
  mapLoadable,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { type BatchRow, listBatches } from '../contract.ts'
import { kindLabels, outcomeLabels } from '../labels.ts'
import { outcomes } from '../tables.ts'
import { BatchTag } from './import-steps.tsx'

const number = (value: number | undefined) => (value === undefined ? '' : value.toLocaleString('ja-JP'))

const columns: Column<BatchRow>[] = [
  { key: 'fileName', title: 'ファイル', width: 260, hidable: false, render: row => row.fileName },
  { key: 'batchNo', title: '番号', width: 100, render: row => <CodeText code={row.batchNo} /> },
  { key: 'kind', title: '種類', width: 170, render: row => kindLabels[row.kind] },
  { key: 'state', title: '状態', width: 130, render: row => <BatchTag batch={row} /> },
  { key: 'rowCount', title: '行数', width: 80, kind: 'number', render: row => number(row.rowCount) },
  ...outcomes.map(
    (outcome): Column<BatchRow> => ({
      key: outcome,
      title: outcomeLabels[outcome],
      width: 120,
      kind: 'number',
      render: row => number(row.counts?.[outcome]),
    }),
  ),
  { key: 'openedBy', title: '担当', width: 120, render: row => row.openedBy.name },
  { key: 'openedAt', title: '読込日時', width: 150, render: row => <DateTimeText at={row.openedAt} /> },
]

export default function ImportsPage() {
  const list = useListState([])
  const follow = useFollow()
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('imports')
  const page = useApi(listBatches, { after: list.after })
  return (
    <ListShell
      header={{
        title: '移行・取込',
        detail: '台帳のファイルを読み込み、試し取込で確かめてから、承認を受けて反映します',
        actions: (
          <>
            <ActionButton disabledReason={null} onClick={() => follow('/imports/sources')}>
              移行計画
            </ActionButton>
            <ActionButton
              disabledReason={whyNot('imports.prepare')}
              onClick={() => follow('/imports/documents')}
            >
              書類の一括取込
            </ActionButton>
            <ActionButton
              kind="primary"
              disabledReason={whyNot('imports.prepare')}
              onClick={() => follow('/imports/new')}
            >
              ファイルを読み込む
            </ActionButton>
          </>
        ),
      }}
    >
      <DataTable
        label="移行・取込"
        columns={columns}
        rows={mapLoadable(page, body => body.rows as readonly BatchRow[])}
        rowKey={row => row.id}
        rowName={row => row.fileName}
        rowHref={row => `/imports/${row.id}`}
        pager={list.pager(page.state === 'ready' ? page.value.next : null)}
        sort={null}
        onSort={() => {}}
        layout={layout}
        onLayout={setLayout}
        empty={{
          title: '取込はまだありません',
          hint: '顧客・関係者・口座・与信枠・本人確認・契約・債権・残高のExcel（.xlsx）やCSVを読み込むと、種類と項目を見出しから推測します。',
        }}
      />
    </ListShell>
  )
}
