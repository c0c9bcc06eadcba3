import type { ReactNode } from 'react'
import { UiLink } from '../link.tsx'
import { StatusTag, type StatusTagProps } from '../values/StatusTag.tsx'
import type { SeriesTone } from './chart-data.ts'
import { Sparkline } from './Sparkline.tsx'

export interface KpiTileProps {
  label: string
  value: ReactNode
  /** Target or comparison, small. */
  note?: string
  status?: StatusTagProps
  trend?: { label: string; values: readonly number[]; tone?: SeriesTone }
  /** The rows behind the number. */
  href: string
}

/** One number with its trend and state; the whole tile leads to the rows behind it. */
export function KpiTile({ label, value, note, status, trend, href }: KpiTileProps) {
  return (
    <UiLink plain href={href} className="ui-tile">
      <span className="ui-tile-label">{label}</span>
      <span className="ui-tile-value">{value}</span>
      {trend && <Sparkline {...trend} />}
      <span className="ui-tile-foot">
        {status && <StatusTag {...status} />}
        {note && <span className="ui-faint">{note}</span>}
      </span>
    </UiLink>
  )
}

/** Tiles in one row, as many as fit. */
export function TileRow({ children }: { children: ReactNode }) {
  return <div className="ui-tiles">{children}</div>
}
