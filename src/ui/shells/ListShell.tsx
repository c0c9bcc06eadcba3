import type { ReactNode } from 'react'
import { PageHeader, type PageHeaderProps } from '../frame/PageHeader.tsx'
import './shells.css'

export interface ListShellProps {
  header: PageHeaderProps
  /** Tiles or a banner between header and table. */
  above?: ReactNode
  /** DataTable with a FilterBar; it brings its own loading, empty, refused and error states. */
  children: ReactNode
}

/** A list page: where am I, what is filtered, the table down to the bottom of the window. */
export function ListShell({ header, above, children }: ListShellProps) {
  return (
    <div className="ui-list-shell">
      <PageHeader {...header} />
      {above}
      <section className="ui-card ui-list-card" aria-label={header.title}>
        {children}
      </section>
    </div>
  )
}
