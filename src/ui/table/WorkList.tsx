import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'
import type { Loadable } from '../problem.ts'
import { EmptyState, type EmptyStateProps, Loaded } from '../shells/states.tsx'
import { StatusTag, type Tone } from '../values/StatusTag.tsx'

export interface WorkItem {
  key: string
  title: ReactNode
  /** Why it is mine and why now: 「2人目の承認」「期日から3日」. */
  why: ReactNode
  href: string
  /** Until when, in words: 「今日 17:00」「3日遅れ」. */
  due: { tone: Tone; word: string } | null
}

interface WorkListProps {
  label: string
  items: Loadable<readonly WorkItem[]>
  empty: EmptyStateProps
  /** Where all of it is, when only the most urgent are shown. */
  allHref?: string
}

/** What needs me, by when, and why; the most urgent first, each line a link. */
export function WorkList({ label, items, empty, allHref }: WorkListProps) {
  return (
    <Loaded from={items} rows={5}>
      {list =>
        list.length === 0 ? (
          <EmptyState {...empty} />
        ) : (
          <ul className="ui-work" aria-label={label}>
            {list.map(item => (
              <li key={item.key}>
                <UiLink plain href={item.href}>
                  <span className="ui-work-due">{item.due && <StatusTag {...item.due} />}</span>
                  <span className="ui-work-title">{item.title}</span>
                  <span className="ui-work-why">{item.why}</span>
                </UiLink>
              </li>
            ))}
            {allHref && (
              <li className="ui-work-all">
                <UiLink href={allHref}>{words.table.showAll}</UiLink>
              </li>
            )}
          </ul>
        )
      }
    </Loaded>
  )
}
