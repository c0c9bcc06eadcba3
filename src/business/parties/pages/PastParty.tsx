import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { useOfferedPast } from '../../../platform/web/catalogue.ts'
import type { OfferedPast, PastDay, PastFact } from '../../../platform/web/page.ts'
import { useSession } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  type DiffRow,
  DiffTable,
  EmptyState,
  FieldInput,
  KeyValue,
  LoadingState,
  Notice,
  PageHeader,
  Reasons,
  Stack,
  UiLink,
} from '../../../ui/index.ts'
import type { Party } from '../contract.ts'

interface PastPartyProps {
  /** The party as it is now, for the way back. */
  party: Party
  day: PastDay
  /** Set: only what differs between the two days. */
  compareWith: string | null
}

/** The whole customer on a past day, as far as each slice can tell it; or what differs between two days. */
export function PastParty({ party, day, compareWith }: PastPartyProps) {
  const { permissions } = useSession()
  const offered = useOfferedPast('party', permissions)
  const home = `/parties/${party.id}`
  return (
    <>
      <PageHeader
        title={party.legalName}
        code={party.partyNo}
        detail={compareWith ? `${day.asOf} と ${compareWith} の比較` : `${day.asOf} 時点`}
        crumbs={[
          { label: '顧客', href: '/parties' },
          { label: party.legalName, href: home },
        ]}
      />
      <Stack>
        <Notice
          tone="warning"
          title={
            compareWith
              ? `${day.asOf} と ${compareWith} の内容を比べています。`
              : `過去の内容です：${day.asOf} の時点を表示しています。今の内容ではありません。`
          }
          action={<UiLink href={home}>今の内容に戻る</UiLink>}
        >
          <p>
            {day.known === 'then'
              ? 'その日の終わりまでに記録されていた内容です。後から分かった訂正は含みません。'
              : '後から記録された訂正も含めた、その日の内容です。'}
            口座・与信枠・本人確認は、その日に有効だったものを示します。
          </p>
        </Notice>
        <DayChoice home={home} day={day} compareWith={compareWith} />
        {offered.map(past => (
          <PastCard key={past.key} past={past} recordId={party.id} day={day} compareWith={compareWith} />
        ))}
      </Stack>
    </>
  )
}

function DayChoice({ home, day, compareWith }: { home: string; day: PastDay; compareWith: string | null }) {
  const follow = useFollow()
  const [asOf, setAsOf] = useState<string | null>(day.asOf)
  const [other, setOther] = useState<string | null>(compareWith)
  const [known, setKnown] = useState<string | null>(day.known)
  const go = (more: string) => follow(`${home}?asOf=${asOf}&known=${known}${more}`)
  const today = todayInTokyo(new Date())
  const wrong = !asOf || asOf > today || (other !== null && other > today)
  const reason = wrong ? '今日までの日付を入力してください。' : null
  return (
    <Card title="どの時点を見るか">
      <div className="ui-form-grid">
        <FieldInput
          field={{ type: 'date', name: 'asOf', label: '基準日', required: true }}
          value={asOf}
          onChange={setAsOf}
        />
        <FieldInput
          field={{ type: 'date', name: 'compareWith', label: '比べる日（任意）' }}
          value={other}
          onChange={setOther}
        />
        <FieldInput
          field={{
            type: 'choice',
            name: 'known',
            label: '訂正の扱い',
            options: [
              { value: 'then', label: '当時の記録のまま' },
              { value: 'now', label: '後からの訂正を含める' },
            ],
          }}
          value={known}
          onChange={setKnown}
        />
      </div>
      <ActionButton
        kind="primary"
        disabledReason={reason}
        onClick={() => go(other ? `&compareWith=${other}` : '')}
      >
        {other ? '2つの日を比べる' : '表示する'}
      </ActionButton>
    </Card>
  )
}

interface PastCardProps {
  past: OfferedPast
  recordId: string
  day: PastDay
  compareWith: string | null
}

function PastCard({ past, recordId, day, compareWith }: PastCardProps) {
  const days = [day.asOf, ...(compareWith ? [compareWith] : [])]
  const answers = useQueries({
    queries: days.map(asOf => ({
      queryKey: ['past', past.key, recordId, asOf, day.known],
      queryFn: ({ signal }: { signal: AbortSignal }) => past.facts(recordId, { ...day, asOf }, signal),
    })),
  })
  const failed = answers.find(answer => answer.error)
  const [first, second] = answers.map(answer => answer.data)
  return (
    <Card title={past.title}>
      {failed ? (
        <Reasons reasons={problemOfError(failed.error).reasons} />
      ) : !first || (compareWith && !second) ? (
        <LoadingState rows={3} />
      ) : second ? (
        <Difference
          label={past.title}
          earlier={inOrder(days, first, second)[0]}
          later={inOrder(days, first, second)[1]}
        />
      ) : first.length === 0 ? (
        <EmptyState
          title="この時点の記録はありません"
          hint="別の基準日を選ぶと、その日の内容を表示します。"
        />
      ) : (
        <KeyValue
          items={first.map(fact => ({
            key: fact.key,
            label: fact.label,
            value: fact.value,
            note: fact.restoreHref ? <UiLink href={fact.restoreHref}>この値に戻す</UiLink> : null,
          }))}
        />
      )}
    </Card>
  )
}

type Facts = readonly PastFact[]

/** The earlier day stands left, whichever was chosen first. */
function inOrder(days: readonly string[], first: Facts, second: Facts): [Facts, Facts] {
  return (days[0] ?? '') <= (days[1] ?? '') ? [first, second] : [second, first]
}

function Difference({ label, earlier, later }: { label: string; earlier: Facts; later: Facts }) {
  const rows = differences(earlier, later)
  if (rows.every(row => row.change === 'same'))
    return <EmptyState title="違いはありません" hint="2つの日で、この欄の内容は同じです。" />
  return <DiffTable label={`${label}の違い`} rows={rows} />
}

function differences(earlier: Facts, later: Facts): DiffRow[] {
  const before = new Map(earlier.map(fact => [fact.key, fact]))
  const after = new Map(later.map(fact => [fact.key, fact]))
  return [...new Set([...before.keys(), ...after.keys()])].map(key => {
    const [old, now] = [before.get(key), after.get(key)]
    const restore =
      old?.restoreHref && old.value !== now?.value ? (
        <UiLink key="restore" href={old.restoreHref}>
          この値に戻す
        </UiLink>
      ) : null
    return {
      key,
      label: (now ?? old)?.label ?? key,
      before: (
        <>
          {old?.value} {restore}
        </>
      ),
      after: now?.value,
      change: !old ? 'added' : !now ? 'removed' : old.value === now.value ? 'same' : 'changed',
    }
  })
}
