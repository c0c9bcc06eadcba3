import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { IsoInstant } from '../../platform/dates/iso-date.ts'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import type { Loadable } from '../problem.ts'
import { Loaded } from '../shells/states.tsx'
import { useUi } from '../theme/UiProvider.tsx'
import { tokyoMinute } from './date-words.ts'
import type { Tone } from './StatusTag.tsx'
import { byDay } from './timeline-days.ts'
import './figures.css'

export interface TimelineEvent {
  id: string
  at: IsoInstant
  /** Person or system part. */
  actor: string
  /** A whole sentence: 「与信枠を 500万円 に引き上げました」. */
  sentence: ReactNode
  tone?: Tone
  href?: string
  /** Reason, before → after, second line. */
  detail?: ReactNode
}

interface TimelineProps {
  title?: string
  events: Loadable<readonly TimelineEvent[]>
  /** Fetches older events; null at the beginning of time. */
  onOlder: (() => void) | null
  loadingOlder: boolean
}

/** Everything that happened, newest first, by day; older events come when asked for. */
export function Timeline({ title = words.values.timeline, events, onOlder, loadingOlder }: TimelineProps) {
  return (
    <div className="ui-timeline">
      <h2>{title}</h2>
      <Loaded from={events} rows={8}>
        {list => (
          <>
            {list.length === 0 && <p className="ui-faint">{words.values.noEvents}</p>}
            {byDay(list).map(([day, ofDay]) => (
              <Day key={day} day={day} events={ofDay} />
            ))}
            {onOlder ? (
              <Button size="small" block loading={loadingOlder} onClick={onOlder}>
                {words.values.older}
              </Button>
            ) : (
              list.length > 0 && <p className="ui-timeline-end">{words.values.end}</p>
            )}
          </>
        )}
      </Loaded>
    </div>
  )
}

function Day({ day, events }: { day: string; events: readonly TimelineEvent[] }) {
  const { sayJapaneseYear } = useUi()
  return (
    <section aria-label={day}>
      <h3 title={sayJapaneseYear(day)}>{day}</h3>
      <ol>
        {events.map(event => (
          <li key={event.id} data-tone={event.tone ?? 'neutral'}>
            <p className="ui-timeline-head">
              <time dateTime={event.at}>{tokyoMinute(event.at).slice(11)}</time> <span>{event.actor}</span>
            </p>
            <p>{event.href ? <UiLink href={event.href}>{event.sentence}</UiLink> : event.sentence}</p>
            {event.detail && <div className="ui-timeline-detail">{event.detail}</div>}
          </li>
        ))}
      </ol>
    </section>
  )
}
