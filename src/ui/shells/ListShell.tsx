import type { ReactNode } from 'react'
import { PageHeader, type PageHeaderProps } from '../frame/PageHeader.tsx'
import './shells.css'

export interface ListShellProps {
  header: PageHeaderProps
  /** FilterBar, with its state in the URL. */
  filters?: ReactNode
  /** Tiles or a banner between header and table. */
  above?: ReactNode
  /** DataTable; it brings its own loading, empty, refused and error states. */
  children: ReactNode
}

/** A list page: where am I, what is filtered, the table down to the bottom of the window. */
export function ListShell({ header, filters, above, children }: ListShellProps) {
  return (
    <div className="ui-list-shell">
      <PageHeader {...header} />
      {above}
      <section className="ui-card ui-list-card" aria-label={header.title}>
        {filters}
        {children}
      </section>
    </div>
  )
}
