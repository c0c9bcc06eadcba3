import {
  CodeText,
  type Column,
  DataTable,
  type DataTableProps,
  PlainText,
  SentenceText,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { ListTools, type ListToolsProps } from '../../lists/web.tsx'
import type { CommunicationRow } from '../contract.ts'
import { CategoryTag, ChannelText, ContactMarks, ContactTime, PromiseText } from './contact-words.tsx'

/** The first line of what was said; the whole stands on its page. */
function Words({ row }: { row: CommunicationRow }) {
  return (
    <>
      <ContactMarks row={row} /> {row.subject && <strong>{row.subject}　</strong>}
      <SentenceText text={row.summary ?? '（廃棄済）'} />
      {row.promise && (
        <p>
          <PromiseText promise={row.promise} />
        </p>
      )}
    </>
  )
}

const time: Column<CommunicationRow> = {
  key: 'at',
  title: '日時',
  width: 132,
  hidable: false,
  render: row => <ContactTime row={row} />,
}
const party: Column<CommunicationRow> = {
  key: 'party',
  title: '顧客・売掛先',
  width: 200,
  render: row => <PlainText text={row.party.name} />,
}
const columns: Column<CommunicationRow>[] = [
  { key: 'channel', title: '手段', width: 112, wrap: true, render: row => <ChannelText row={row} /> },
  { key: 'words', title: '要点', width: 328, wrap: true, render: row => <Words row={row} /> },
  { key: 'person', title: '相手', width: 96, render: row => row.person?.name ?? '' },
  { key: 'category', title: '分類', width: 96, render: row => <CategoryTag row={row} /> },
  { key: 'handledBy', title: '対応者', width: 92, render: row => row.handledBy },
  {
    key: 'no',
    title: '番号',
    width: 104,
    hiddenAtFirst: true,
    render: row => <CodeText code={row.communicationNo} />,
  },
]

const ofOne = [time, ...columns]
const ofEverybody = [
  time,
  party,
  ...columns.map(column => (column.key === 'words' ? { ...column, width: 408 } : column)),
]

type Given = Pick<DataTableProps<CommunicationRow>, 'rows' | 'pager' | 'filters' | 'height' | 'empty'> & {
  /** The conditions of the list, where it may be exported. */
  asked?: ListToolsProps['filters']
  /** Whether rows are of many companies. */
  ofAll: boolean
}

/** Contacts, newest first; each row leads to what was said. */
export function ContactList({ asked, ofAll, ...props }: Given) {
  const [layout, setLayout] = useTableLayout(ofAll ? 'communications' : 'communications.party')
  return (
    <DataTable
      {...props}
      label="接触履歴"
      columns={ofAll ? ofEverybody : ofOne}
      rowKey={row => row.id}
      rowName={row => `${row.communicationNo} ${row.subject ?? row.summary ?? ''}`}
      rowHref={row => `/communications/${row.id}`}
      rowTone={row => (row.policyCheck === 'blocked' ? 'danger' : undefined)}
      sort={null}
      onSort={() => {}}
      layout={layout}
      onLayout={setLayout}
      tools={
        asked ? (
          <ListTools list="communications" filters={asked} layout={layout} onLayout={setLayout} />
        ) : undefined
      }
    />
  )
}
