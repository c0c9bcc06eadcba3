import { type ReactNode, useId } from 'react'
import { PageHeader, type PageHeaderProps } from '../frame/PageHeader.tsx'
import { words } from '../labels.ts'
import type { Loadable } from '../problem.ts'
import { Loaded, ProblemState } from './states.tsx'
import { type TabItem, TabStrip } from './TabStrip.tsx'
import './shells.css'

export interface DetailTab extends TabItem {
  content: () => ReactNode
}

export interface DetailShellProps<T> {
  /** The record; loading, refused and error are shown by the shell. */
  record: Loadable<T>
  header: (record: T) => PageHeaderProps
  /** A strip under the header which stays on every tab: gauges, alerts, pending changes. */
  summary?: (record: T) => ReactNode
  tabs: (record: T) => readonly DetailTab[]
  /** From the URL; an unknown key shows the first tab. */
  activeTab: string
  onTab: (key: string) => void
  /** The right column, usually a Timeline; goes below the page under 1180 px. */
  aside?: (record: T) => ReactNode
}

/** One record: header, summary, tabs, and one timeline of everything that happened at the right. */
export function DetailShell<T>({
  record,
  header,
  summary,
  tabs,
  activeTab,
  onTab,
  aside,
}: DetailShellProps<T>) {
  if (record.state === 'problem') return <ProblemState problem={record.problem} retry={record.retry} page />
  return (
    <Loaded from={record} rows={14}>
      {value => (
        <>
          <PageHeader {...header(value)} />
          {summary && <div className="ui-summary">{summary(value)}</div>}
          <DetailTabs
            title={header(value).title}
            tabs={tabs(value)}
            activeTab={activeTab}
            onTab={onTab}
            aside={aside?.(value)}
          />
        </>
      )}
    </Loaded>
  )
}

interface DetailTabsProps {
  title: string
  tabs: readonly DetailTab[]
  activeTab: string
  onTab: (key: string) => void
  aside: ReactNode
}

function DetailTabs({ title, tabs, activeTab, onTab, aside }: DetailTabsProps) {
  const panelId = useId()
  const active = tabs.find(tab => tab.key === activeTab) ?? tabs[0]
  if (!active) return null
  return (
    <>
      <TabStrip label={title} tabs={tabs} active={active.key} onChoose={onTab} panelId={panelId} />
      <div className={aside ? 'ui-detail-aside' : ''}>
        <div className="ui-tab-panel" role="tabpanel" id={panelId} aria-label={active.label} key={active.key}>
          {active.content()}
        </div>
        {aside && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by itself, so the keyboard must reach it (WCAG 2.1.1)
          <aside className="ui-card ui-detail-right" aria-label={words.values.timeline} tabIndex={0}>
            {aside}
          </aside>
        )}
      </div>
    </>
  )
}
