import type { ComponentType, LazyExoticComponent, ReactNode } from 'react'
import type { FieldDescription } from '../fields.ts'
import type { QueryContract } from '../http/contract.ts'

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
 * What a slice says at the head of a record's page which another slice owns: beside its title (`tags`) or over its tabs (`summary`).
 * It shows nothing while there is nothing to say.
 */
export interface OfferedHead {
  on: string
  key: string
  place: 'tags' | 'summary'
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

/**
 * What a slice says in one word of each record of another slice's list, and at the head of its page: 本人確認 有効. Asked for all rows of a
 * page at once, by their ids; a record without a row has nothing to say. Describe it with `standing`.
 */
export interface OfferedStanding {
  on: string
  key: string
  title: string
  order: number
  /** Pixels of its column. */
  width: number
  /** Checked against the rows of the query by `standing`. */
  contract: QueryContract
  render(row: never): ReactNode
  /** The tab of the record's page which tells more. */
  tab: string
}

/** Describes a standing; how it is shown is checked against the rows of its query. */
export function standing<C extends QueryContract>(
  described: Omit<OfferedStanding, 'contract' | 'render'> & {
    contract: C
    render(row: C['output']['_output'] extends { rows: (infer R)[] } ? R : never): ReactNode
  },
): OfferedStanding {
  return described as unknown as OfferedStanding
}

/** A chosen row of a list, as acts on many get it; `facts` is the row as the list shows it. */
export interface BulkRow {
  id: string
  name: string
  facts: Readonly<Record<string, unknown>>
}

/** An act on many rows which a slice adds to another slice's list: it shows its own button and dialog. */
export interface OfferedBulk {
  on: string
  key: string
  order: number
  permission: string
  component: LazyExoticComponent<
    ComponentType<{ rows: readonly BulkRow[]; onDone: (left: readonly string[]) => void }>
  >
}

/** A link which a slice adds to the page of another slice's record: a sheet to print. Opens in a window of its own. */
export interface OfferedLink {
  on: string
  key: string
  label: string
  order: number
  permission: string
  href(recordId: string): string
}

/** One thing a slice can say of a record on a past day; the same key on two days is the same thing, so that days can be compared. */
export interface PastFact {
  key: string
  label: string
  value: string
  /** Where the form opens that puts this value back, filled in. */
  restoreHref?: string
}

/** What was known of a past day: by its end, or by now. */
export interface PastDay {
  asOf: string
  known: 'then' | 'now'
}

/** What a slice tells of another slice's record on a past day; the owner of the page lists and compares it. */
export interface OfferedPast {
  on: string
  key: string
  title: string
  order: number
  permission: string
  facts(recordId: string, day: PastDay, signal: AbortSignal): Promise<readonly PastFact[]>
}

/** Fields a slice describes, for the input guide. */
export interface OfferedGuide {
  key: string
  title: string
  order: number
  sections: readonly { title: string; fields: readonly FieldDescription[] }[]
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
  heads?: readonly OfferedHead[]
  standings?: readonly OfferedStanding[]
  panels?: readonly OfferedPanel[]
  links?: readonly OfferedLink[]
  bulk?: readonly OfferedBulk[]
  past?: readonly OfferedPast[]
  guide?: readonly OfferedGuide[]
  /** Event verb → what happened, in Japanese, for histories. */
  eventLabels?: Readonly<Record<string, string>>
  /** Names of the values in this slice's events, and of their codes, for before and after in histories. */
  eventFields?: Readonly<Record<string, EventField>>
  /** The same for names that are known only at run time, asked of the server. */
  loadEventFields?: (signal: AbortSignal) => Promise<Readonly<Record<string, EventField>>>
  /** Where a record of this kind is shown, for links in histories and requests. */
  recordHref?: Readonly<Record<string, (id: string) => string>>
}
