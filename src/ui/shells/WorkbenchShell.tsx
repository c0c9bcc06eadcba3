import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react'
import { rowAfter } from '../keyboard.ts'
import { words } from '../labels.ts'
import type { Loadable } from '../problem.ts'
import { useFillHeight } from '../table/use-fill-height.ts'
import { EmptyState, type EmptyStateProps, Loaded } from './states.tsx'
import './workbench.css'

export interface WorkbenchKey {
  /** A single letter, e.g. 'a'. Works while the list has the focus, never while typing. */
  key: string
  label: string
  /** Null when allowed; the reason is said instead of acting. */
  disabledReason: string | null
  onPress: () => void
}

interface WorkbenchShellProps<Item> {
  label: string
  items: Loadable<readonly Item[]>
  itemKey: (item: Item) => string
  /** One entry of the left list, two lines at most. */
  entry: (item: Item) => ReactNode
  /** From the URL; null chooses the first. */
  activeKey: string | null
  onActivate: (key: string) => void
  /** The right side for the chosen item. */
  children: (item: Item) => ReactNode
  keys: readonly WorkbenchKey[]
  empty: EmptyStateProps
  /** Over the list: filter, running difference. */
  above?: ReactNode
  /** Under the list: load more, how many are left. */
  below?: ReactNode
}

/** Two panes for work that comes in a row: the list left, the chosen one right, and letters for what is done with it. */
export function WorkbenchShell<Item>(props: WorkbenchShellProps<Item>) {
  return (
    <Loaded from={props.items} rows={12}>
      {list => (list.length === 0 ? <EmptyState {...props.empty} /> : <Panes {...props} list={list} />)}
    </Loaded>
  )
}

function Panes<Item>({ list, ...props }: WorkbenchShellProps<Item> & { list: readonly Item[] }) {
  const { label, itemKey, entry, activeKey, onActivate, keys, above, below } = props
  const id = useId()
  const box = useRef<HTMLDivElement>(null)
  const left = useRef<HTMLDivElement>(null)
  useFillHeight(left, true, 20)
  const found = list.findIndex(item => itemKey(item) === activeKey)
  const at = Math.max(0, found)
  const active = list[at]!
  // biome-ignore lint/correctness/useExhaustiveDependencies: keeps the chosen entry in sight whenever it changes
  useEffect(() => {
    box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at])
  const onKey = (event: KeyboardEvent) => {
    const next = rowAfter(at, list.length, arrowOf(event, keys))
    const pressed = keys.find(one => one.key === event.key.toLowerCase())
    if (next !== null) onActivate(itemKey(list[next]!))
    else if (pressed && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if (pressed.disabledReason === null) pressed.onPress()
    } else return
    event.preventDefault()
  }
  return (
    <div className="ui-bench">
      <div className="ui-card ui-bench-left" ref={left}>
        {above && <div className="ui-bench-above">{above}</div>}
        <div
          className="ui-bench-list"
          role="listbox"
          tabIndex={0}
          aria-label={label}
          aria-activedescendant={`${id}-${at}`}
          ref={box}
          onKeyDown={onKey}
        >
          {list.map((item, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the list (aria-activedescendant)
            <div
              key={itemKey(item)}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              onClick={() => onActivate(itemKey(item))}
            >
              {entry(item)}
            </div>
          ))}
        </div>
        {below && <div className="ui-bench-below">{below}</div>}
        <KeyLine keys={keys} />
      </div>
      <section className="ui-bench-right" aria-label={words.table.chosen} key={itemKey(active)}>
        {props.children(active)}
      </section>
    </div>
  )
}

/** J and K lead like ↓ and ↑, as in other lists of work, unless the page gave the letter another meaning. */
function arrowOf(event: KeyboardEvent, keys: readonly WorkbenchKey[]): string {
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey || event.altKey || keys.some(one => one.key === key)) return event.key
  return key === 'j' ? 'ArrowDown' : key === 'k' ? 'ArrowUp' : event.key
}

function KeyLine({ keys }: { keys: readonly WorkbenchKey[] }) {
  return (
    <p className="ui-bench-keys">
      <kbd>↑</kbd>
      <kbd>↓</kbd> <kbd>K</kbd>
      <kbd>J</kbd> {words.search.move}
      {keys.map(one => (
        <span
          key={one.key}
          data-off={one.disabledReason !== null || undefined}
          title={one.disabledReason ?? undefined}
        >
          <kbd>{one.key.toUpperCase()}</kbd> {one.label}
        </span>
      ))}
    </p>
  )
}
