import { type ReactNode, useId } from 'react'

interface CardProps {
  title: string
  /** Small words beside the title: a count, an as-of date. */
  note?: ReactNode
  actions?: ReactNode
  /** Drops the padding, for a table or list that reaches the edges. */
  flush?: boolean
  children: ReactNode
}

/** A titled section of a page. */
export function Card({ title, note, actions, flush = false, children }: CardProps) {
  const id = useId()
  return (
    <section className="ui-card" aria-labelledby={id}>
      <div className="ui-card-head">
        <h2 id={id}>{title}</h2>
        {note && <span className="ui-faint">{note}</span>}
        {actions}
      </div>
      <div className={flush ? '' : 'ui-card-body'}>{children}</div>
    </section>
  )
}
