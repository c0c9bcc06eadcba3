import type { ReactNode } from 'react'
import { BrandMark } from '../frame/Rail.tsx'
import './shells.css'

/** Parts under each other with the usual distance; `narrow` keeps lines of text readable. */
export function Stack({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return <div className={narrow ? 'ui-stack ui-stack-narrow' : 'ui-stack'}>{children}</div>
}

/** Buttons, tags or inputs beside each other, wrapped where the line ends. */
export function Row({ children }: { children: ReactNode }) {
  return <div className="ui-row">{children}</div>
}

/** Cards beside each other, as many as fit at `least` pixels each; one under the other on a phone. */
export function CardGrid({ least = 420, children }: { least?: number; children: ReactNode }) {
  return (
    <div
      className="ui-card-grid"
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(100%, ${least}px), 1fr))` }}
    >
      {children}
    </div>
  )
}

interface DoorShellProps {
  /** Name of the product over the card. */
  brand: string
  title: string
  /** What to do here, in a sentence. */
  hint?: ReactNode
  children: ReactNode
  /** Under the card: help, demo logins. */
  below?: ReactNode
}

/** A page outside the frame: sign-in, invitation, lost second factor. */
export function DoorShell({ brand, title, hint, children, below }: DoorShellProps) {
  return (
    <main className="ui-door" id="main">
      <p className="ui-door-brand">
        <BrandMark />
        {brand}
      </p>
      <section className="ui-card ui-door-card" aria-labelledby="door-title">
        <h1 id="door-title">{title}</h1>
        {hint && <p className="ui-door-hint">{hint}</p>}
        {children}
      </section>
      {below && <div className="ui-door-below">{below}</div>}
    </main>
  )
}
