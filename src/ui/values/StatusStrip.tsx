import type { ReactNode } from 'react'
import { UiLink } from '../link.tsx'
import './values.css'

export interface StatusStripItem {
  key: string
  label: string
  /** Where more is told. */
  href: string
  value: ReactNode
}

/** How one record stands, a word for each side of it, in one line over its tabs. */
export function StatusStrip({ label, items }: { label: string; items: readonly StatusStripItem[] }) {
  if (items.length === 0) return null
  return (
    <ul className="ui-strip" aria-label={label}>
      {items.map(item => (
        <li key={item.key}>
          <UiLink href={item.href}>{item.label}</UiLink>
          {item.value}
        </li>
      ))}
    </ul>
  )
}
