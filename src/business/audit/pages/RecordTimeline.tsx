import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { useEventLabel } from '../../../platform/web/catalogue.ts'
import { type Loadable, loadableOf } from '../../../platform/web/problem.ts'
import { useSession } from '../../../platform/web/session.ts'
import { Timeline, type TimelineEvent } from '../../../ui/index.ts'
import { recordHistory, type TrailEvent } from '../contract.ts'
import { inTime } from './in-time.ts'
import { refusedRules } from './refused-rules.ts'

const PAGE = 20

/** Everything that happened to a record, newest first, older events on demand. */
export function RecordTimeline({ recordId }: { recordId: string }) {
  const { permissions } = useSession()
  const label = useEventLabel()
  const query = useInfiniteQuery({
    queryKey: [recordHistory.name, recordId],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      call(recordHistory, { recordId, limit: PAGE, after: pageParam }, { signal }),
    getNextPageParam: page => page.next ?? undefined,
    enabled: permissions.has('audit.history'),
  })
  const events = useMemo(
    () =>
      query.data &&
      inTime(query.data.pages.flatMap(page => page.rows)).map(event => toTimeline(event, label)),
    [query.data, label],
  )
  if (!permissions.has('audit.history')) return <p className="ui-faint">履歴を見る権限がありません。</p>
  const loadable: Loadable<readonly TimelineEvent[]> = loadableOf(
    { data: events, error: query.error, isFetching: query.isFetching, refetch: query.refetch },
    problemOfError,
  )
  return (
    <Timeline
      events={loadable}
      onOlder={query.hasNextPage ? () => void query.fetchNextPage() : null}
      loadingOlder={query.isFetchingNextPage}
    />
  )
}

function toTimeline(event: TrailEvent, label: (verb: string) => string): TimelineEvent {
  const refused = event.verb === 'attempt_refused'
  const summary = typeof event.facts?.summary === 'string' ? event.facts.summary : null
  return {
    id: event.id,
    at: event.at,
    actor: event.approvedBy ? `${event.actor.name}（承認 ${event.approvedBy.name}）` : event.actor.name,
    sentence: label(event.verb),
    ...(refused ? { tone: 'warning' as const } : {}),
    detail:
      [summary, refused && refusedRules(event), event.reason && `理由：${event.reason}`]
        .filter(Boolean)
        .join('　') || undefined,
  }
}
