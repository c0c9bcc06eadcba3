import { Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { UiLink } from '../link.tsx'

export interface RailItem {
  key: string
  label: string
  icon: ReactNode
  href: string
  /** What waits there; `means` says it in words, e.g. 「期限が今日の仕事」. */
  badge?: { count: number; means: string; urgent?: boolean }
}

export interface RailGroup {
  key: string
  /** Small heading above the items; left out for the first group. */
  label?: string
  items: readonly RailItem[]
}

interface RailProps {
  brand: { name: string; href: string }
  groups: readonly RailGroup[]
  activeKey: string | null
  folded: boolean
  onChoose: () => void
  children: ReactNode
}

/** The left rail: icon and word, with counts of what waits; words move into tooltips when folded. */
export function Rail({ brand, groups, activeKey, folded, onChoose, children }: RailProps) {
  return (
    <nav className="ui-rail" aria-label={words.frame.rail}>
      <UiLink plain href={brand.href} className="ui-brand" onClick={onChoose}>
        <BrandMark />
        <span className={folded ? 'ui-hidden' : 'ui-brand-name'}>{brand.name}</span>
      </UiLink>
      <div className="ui-rail-scroll">
        {groups.map(group => (
          <div key={group.key} className="ui-rail-group">
            {group.label && <p className={folded ? 'ui-hidden' : 'ui-rail-heading'}>{group.label}</p>}
            <ul>
              {group.items.map(item => (
                <li key={item.key}>
                  <RailLink item={item} active={item.key === activeKey} folded={folded} onChoose={onChoose} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {children}
    </nav>
  )
}

function RailLink({
  item,
  active,
  folded,
  onChoose,
}: {
  item: RailItem
  active: boolean
  folded: boolean
  onChoose: () => void
}) {
  const badge = item.badge && item.badge.count > 0 ? item.badge : null
  return (
    <Tooltip title={folded ? item.label : undefined} placement="right">
      <UiLink
        plain
        href={item.href}
        className="ui-rail-link"
        aria-current={active ? 'page' : undefined}
        onClick={onChoose}
      >
        <span className="ui-rail-icon" aria-hidden="true">
          {item.icon}
        </span>
        <span className={folded ? 'ui-hidden' : 'ui-rail-word'}>{item.label}</span>
        {badge && (
          <span className={`ui-count${badge.urgent ? ' ui-count-urgent' : ' ui-count-rail'}`}>
            <span aria-hidden="true">{badge.count > 99 ? '99+' : badge.count}</span>
            <span className="ui-hidden">{words.frame.count(badge.count, badge.means)}</span>
          </span>
        )}
      </UiLink>
    </Tooltip>
  )
}

/** A bound ledger seen from its spine: the product's own mark. */
export function BrandMark() {
  return (
    <svg className="ui-brand-mark" viewBox="0 0 28 28" aria-hidden="true">
      <rect x="3" y="3" width="22" height="22" rx="5" fill="currentColor" opacity="0.16" />
      <path d="M9 6.5v15" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />
      <path d="M13 9h8M13 14h8M13 19h5" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  )
}
