import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { tabAfter } from '../keyboard.ts'
import './shells.css'

export interface TabItem {
  key: string
  label: string
  /** How many inside; shown small, left out when undefined. */
  count?: number
  /** Marks a tab which needs work, said in words to screen readers. */
  alert?: string
}

interface TabStripProps {
  label: string
  tabs: readonly TabItem[]
  active: string
  onChoose: (key: string) => void
  panelId: string
}

/** Tabs, all in sight on a desk's screen; on a narrow one in one line which scrolls sideways; ← → Home End move as in every tab list. */
export function TabStrip({ label, tabs, active, onChoose, panelId }: TabStripProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: brings the chosen tab into sight whenever it changes
  useEffect(() => {
    const strip = list.current
    const chosen = strip?.querySelector<HTMLElement>('[aria-selected=true]')
    if (strip && chosen) strip.scrollLeft = chosen.offsetLeft - strip.clientWidth / 2 + chosen.clientWidth / 2
  }, [active])
  const onKey = (event: KeyboardEvent) => {
    const next = tabAfter(
      tabs.findIndex(tab => tab.key === active),
      tabs.length,
      event.key,
    )
    const tab = next === null ? undefined : tabs[next]
    if (!tab) return
    event.preventDefault()
    onChoose(tab.key)
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next!]?.focus()
  }
  return (
    <div className="ui-tabs" role="tablist" aria-label={label} ref={list} onKeyDown={onKey}>
      {tabs.map(tab => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          id={`${id}-${tab.key}`}
          aria-selected={tab.key === active}
          aria-controls={panelId}
          tabIndex={tab.key === active ? 0 : -1}
          onClick={() => onChoose(tab.key)}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="ui-tab-count">{tab.count.toLocaleString('ja-JP')}</span>
          )}
          {tab.alert && (
            <span className="ui-tab-alert" title={tab.alert}>
              <span className="ui-hidden">{tab.alert}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  )
}
