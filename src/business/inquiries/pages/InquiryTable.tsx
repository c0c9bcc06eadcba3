import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  DateTimeText,
  SentenceText,
} from '../../../ui/index.ts'
import { useOwnColumns } from '../../customization/web.tsx'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { InquiryRow } from '../contract.ts'
import { DueText, InquiryStateTag, InquiryTags, senderOf } from './inquiry-words.tsx'

const columns: Column<InquiryRow>[] = [
  { key: 'no', title: '番号', width: 108, hidable: false, render: row => <CodeText code={row.inquiryNo} /> },
  { key: 'state', title: '状態', width: 132, render: row => <InquiryStateTag state={row.state} /> },
  { key: 'due', title: '期限', width: 200, wrap: true, render: row => <DueText row={row} /> },
  { key: 'who', title: '相手', width: 220, render: senderOf },
  {
    key: 'subject',
    title: '件名',
    width: 260,
    wrap: true,
    render: row => <SentenceText text={row.subject ?? '（廃棄済）'} />,
  },
  { key: 'tags', title: '分類', width: 168, render: row => <InquiryTags row={row} /> },
  { key: 'owner', title: '担当者', width: 120, render: row => row.owner?.name ?? '（未割当）' },
  { key: 'received', title: '受付日時', width: 144, render: row => <DateTimeText at={row.receivedAt} /> },
]

type Given = Pick<DataTableProps<InquiryRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  asked?: ListToolsProps['filters']
}

/** Inquiries by deadline; late ones stand out. */
export function InquiryTable({ asked, ...props }: Given) {
  const all = useOwnColumns('inquiry', columns)
  const [layout, setLayout] = useTableLayout('inquiries')
  return (
    <DataTable
      {...props}
      label="問合せ・苦情"
      columns={all}
      rowKey={row => row.id}
      rowName={row => `${row.inquiryNo} ${row.subject ?? ''}`}
      rowHref={row => `/inquiries/${row.id}`}
      rowTone={row => (row.isLate ? 'danger' : row.state === 'new' ? 'warning' : undefined)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? (
          <ListTools list="inquiries" filters={asked} layout={layout} onLayout={setLayout} />
        ) : undefined
      }
    />
  )
}
