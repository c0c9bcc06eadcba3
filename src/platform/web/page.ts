import type { ComponentType, LazyExoticComponent, ReactNode } from 'react'

/** A page as its slice lists it in its web door. Names in the path start with `$`, as the router writes them. */
export interface Page {
  path: string
  /** Without this permission the page shows a refusal instead; null: everybody signed in. */
  permission: string | null
  component: LazyExoticComponent<ComponentType>
}

/** An entry in the left rail; `order` follows the business, not the alphabet. */
export interface NavItem {
  key: string
  group: 'day' | 'customers' | 'money' | 'control' | 'administration'
  order: number
  label: string
  icon: ReactNode
  href: string
  permission: string
}

/**
 * What a slice adds to a record's page which another slice owns: a tab. The owner of the page lists the tabs of its kind
 * (`party`, `receivable`) without knowing who offers them.
 */
export interface OfferedTab {
  on: string
  key: string
  label: string
  order: number
  permission: string
  component: LazyExoticComponent<ComponentType<{ recordId: string }>>
}

/**
 * What a slice adds to a form which another slice owns: a panel that looks at what is being typed. The form shows the panels of
 * its kind (`party-registration`) without knowing who offers them.
 */
export interface OfferedPanel {
  on: string
  key: string
  order: number
  permission: string
  component: LazyExoticComponent<
    ComponentType<{
      typed: Readonly<Record<string, unknown>>
      /** Writes values into the form, when the person says so. */
      fill: (values: Readonly<Record<string, unknown>>) => void
    }>
  >
}

/** One value in an event: what it is called, and what its codes mean. */
export interface EventField {
  label: string
  choices?: Readonly<Record<string, string>>
  unit?: 'yen' | 'ppm'
}

/** The web door of a slice. */
export interface WebSlice {
  pages: readonly Page[]
  nav?: readonly NavItem[]
  tabs?: readonly OfferedTab[]
  panels?: readonly OfferedPanel[]
  /** Event verb → what happened, in Japanese, for histories. */
  eventLabels?: Readonly<Record<string, string>>
  /** Names of the values in this slice's events, and of their codes, for before and after in histories. */
  eventFields?: Readonly<Record<string, EventField>>
  /** Where a record of this kind is shown, for links in histories and requests. */
  recordHref?: Readonly<Record<string, (id: string) => string>>
}
