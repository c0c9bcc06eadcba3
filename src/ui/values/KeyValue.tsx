import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import './figures.css'

export interface KeyValueItem {
  key: string
  label: string
  value: ReactNode
  /** Takes the whole line: addresses, long notes. */
  wide?: boolean
  /** A small line under the value: source, as of, pending change. */
  note?: ReactNode
}

/** Facts of a record as label and value, in as many columns as fit. */
export function KeyValue({ items }: { items: readonly KeyValueItem[] }) {
  return (
    <dl className="ui-facts">
      {items.map(item => (
        <div key={item.key} data-wide={item.wide || undefined}>
          <dt>{item.label}</dt>
          <dd>
            {item.value === '' || item.value === null ? words.values.none : item.value}
            {item.note && <span className="ui-facts-note">{item.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
