import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  DateText,
  DateTimeText,
  SentenceText,
} from '../../../ui/index.ts'
import { roleLabels } from '../../access/labels.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { AlertRow } from '../contract.ts'
import { alertKindLabels } from '../labels.ts'
import { AlertActions } from './AlertActions.tsx'
import { AlertStateTag, SeverityTag, useAlertHref } from './alert-words.tsx'

const ownerText = (row: AlertRow) =>
  row.owner?.name ?? `${(roleLabels as Record<string, string>)[row.ownerRole] ?? row.ownerRole}（未割当）`

const columns: Column<AlertRow>[] = [
  {
    key: 'sentence',
    title: '内容',
    width: 420,
    hidable: false,
    wrap: true,
    render: row => <SentenceText text={row.sentence} />,
  },
  { key: 'severity', title: '重さ', width: 88, render: row => <SeverityTag alert={row} /> },
  { key: 'due', title: '期限', width: 104, render: row => <DateText date={row.dueOn} /> },
  { key: 'state', title: '状態', width: 112, render: row => <AlertStateTag alert={row} /> },
  { key: 'owner', title: '担当', width: 148, render: ownerText },
  { key: 'kind', title: '種類', width: 112, render: row => alertKindLabels[row.kind] },
  { key: 'actions', title: '対応', width: 232, wrap: true, render: row => <AlertActions alert={row} /> },
  { key: 'no', title: '番号', width: 96, render: row => <CodeText code={row.alertNo} /> },
  {
    key: 'raised',
    title: '発生日時',
    width: 148,
    hiddenAtFirst: true,
    render: row => <DateTimeText at={row.raisedAt} />,
  },
  { key: 'party', title: '顧客', width: 200, hiddenAtFirst: true, render: row => row.party?.name ?? '' },
]

type Given = Pick<DataTableProps<AlertRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
}

/** Alerts by deadline; each row leads to where the work is done. */
export function AlertTable({ asked, ...props }: Given) {
  const [layout, setLayout] = useTableLayout('alerts.list')
  const hrefOf = useAlertHref()
  return (
    <DataTable
      {...props}
      label="アラート"
      columns={columns}
      rowKey={row => row.id}
      rowName={row => row.sentence}
      rowHref={hrefOf}
      rowTone={row =>
        row.state === 'resolved' || row.severity === 'info'
          ? undefined
          : row.severity === 'critical'
            ? 'danger'
            : 'warning'
      }
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? <ListTools list="alerts" filters={asked} layout={layout} onLayout={setLayout} /> : undefined
      }
    />
  )
}
