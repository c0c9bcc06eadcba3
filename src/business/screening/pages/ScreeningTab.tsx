import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  type Column,
  DataTable,
  DateText,
  DateTimeText,
  mapLoadable,
  Notice,
  PlainText,
  StatusTag,
  UiLink,
} from '../../../ui/index.ts'
import { useTableLayout } from '../../desk/web.ts'
import { askRescreening, type SubjectRow, screeningOfParty } from '../contract.ts'
import { relationLabels, triggerLabels } from '../labels.ts'
import { MediaCard } from './MediaCard.tsx'
import { PastResultsCard } from './PastResultsCard.tsx'
import { StandingTag } from './tags.tsx'

const columns: Column<SubjectRow>[] = [
  { key: 'name', title: '照合の対象', width: 240, hidable: false, render: row => row.name },
  {
    key: 'relations',
    title: '関係',
    width: 190,
    render: row => row.relations.map(relation => relationLabels[relation] ?? relation).join('、'),
  },
  {
    key: 'records',
    title: '記録',
    width: 110,
    wrap: true,
    render: row => row.recordNos.join('、'),
  },
  {
    key: 'standing',
    title: '状態',
    width: 150,
    render: row => (
      <>
        <StandingTag standing={row.standing} />
        {row.waiting && <StatusTag tone="waiting" word="照合を実行中" />}
      </>
    ),
  },
  {
    key: 'case',
    title: '照合',
    width: 110,
    render: row =>
      row.current ? (
        <UiLink href={`/screening/cases/${row.current.id}`}>{row.current.caseNo}</UiLink>
      ) : (
        <PlainText text={null} />
      ),
  },
  {
    key: 'hits',
    title: '候補',
    width: 80,
    kind: 'number',
    render: row => (row.current ? `${row.current.hits}件` : ''),
  },
  {
    key: 'searchedAt',
    title: '照合日時',
    width: 150,
    render: row => <DateTimeText at={row.current?.searchedAt ?? null} />,
  },
  {
    key: 'trigger',
    title: 'きっかけ',
    width: 110,
    render: row => (row.current ? triggerLabels[row.current.trigger] : ''),
  },
  {
    key: 'due',
    title: '次回の期日',
    width: 110,
    render: row => <DateText date={row.current?.nextDueOn ?? null} />,
  },
]

/** Everybody searched because of this customer, and how each stands today. */
export default function ScreeningTab({ recordId }: { recordId: string }) {
  const whyNot = useWhyNot()
  const [layout, setLayout] = useTableLayout('screening.party')
  const subjects = useApi(screeningOfParty, { partyId: recordId })
  const again = useCommand(askRescreening)
  const unloaded = subjects.state === 'ready' && !subjects.value.listsLoaded
  return (
    <>
      {unloaded && (
        <Notice
          tone="warning"
          title="照合リストがまだ読み込まれていません"
          action={<UiLink href="/screening/lists">照合リストへ</UiLink>}
        >
          リストを読み込むまで、すべての対象は「未照合」となり、買取はできません。
        </Notice>
      )}
      {again.problem && (
        <Notice tone="danger" live title={again.problem.reasons[0]?.sentence ?? again.problem.title} />
      )}
      <Card
        title="反社・制裁の照合"
        flush
        actions={
          <ActionButton
            disabledReason={whyNot('screening.judge')}
            running={again.running}
            onClick={() => again.run({ partyId: recordId })}
          >
            いま再照合する
          </ActionButton>
        }
      >
        <DataTable
          label="照合の対象"
          columns={columns}
          rows={mapLoadable(subjects, body => body.subjects as readonly SubjectRow[])}
          rowKey={row => row.subjectId}
          rowName={row => row.name}
          pager={null}
          sort={null}
          onSort={() => {}}
          layout={layout}
          onLayout={setLayout}
          empty={{
            title: '照合の対象ではありません',
            hint: '利用者・売掛先・保証人・紹介者などの役割がある顧客と、その関係者が照合の対象です。',
          }}
        />
      </Card>
      {whyNot('screening.readCases') === null && <MediaCard partyId={recordId} />}
      <PastResultsCard partyId={recordId} />
    </>
  )
}
