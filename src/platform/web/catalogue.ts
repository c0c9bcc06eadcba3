import { useQueries } from '@tanstack/react-query'
import { createContext, type ReactNode, use } from 'react'
import { call } from '../http/client.ts'
import type {
  EventField,
  OfferedBulk,
  OfferedGuide,
  OfferedHead,
  OfferedLink,
  OfferedPanel,
  OfferedPast,
  OfferedStanding,
  OfferedTab,
  WebSlice,
} from './page.ts'

/** All slices' web doors together, for pages which show what others offer. */
export interface Catalogue {
  slices: readonly WebSlice[]
}

export const CatalogueContext = createContext<Catalogue>({ slices: [] })

/** Tabs other slices offer for a kind of record, in order, which this person may see. */
export function useOfferedTabs(kind: string, permissions: ReadonlySet<string>): OfferedTab[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.tabs ?? [])
    .filter(tab => tab.on === kind && permissions.has(tab.permission))
    .sort((a, b) => a.order - b.order)
}

/** What other slices say at the head of a kind of record, in order, as far as this person may see it. */
export function useOfferedHeads(
  kind: string,
  place: OfferedHead['place'],
  permissions: ReadonlySet<string>,
): OfferedHead[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.heads ?? [])
    .filter(head => head.on === kind && head.place === place && permissions.has(head.permission))
    .sort((a, b) => a.order - b.order)
}

/** One word of another slice about each of many records; `undefined` while it is not known, null when there is nothing to say. */
export interface Standings {
  offered: OfferedStanding
  of(recordId: string): ReactNode | undefined
}

/** What other slices say in one word of these records, as far as this person may see it; at most 200 records. */
export function useStandings(
  kind: string,
  ids: readonly string[],
  permissions: ReadonlySet<string>,
): Standings[] {
  const { slices } = use(CatalogueContext)
  const offers = slices
    .flatMap(slice => slice.standings ?? [])
    .filter(one => one.on === kind && permissions.has(one.contract.permission))
    .sort((a, b) => a.order - b.order)
  const answers = useQueries({
    queries: offers.map(({ contract }) => ({
      queryKey: [contract.name, { ids }],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(contract, { ids }, { signal }),
      enabled: ids.length > 0,
    })),
  })
  return offers.map((offered, at) => {
    const body = answers[at]?.data as { rows: { id: string }[] } | undefined
    const rows = new Map(body?.rows.map(row => [row.id, row]))
    return {
      offered,
      of: recordId => {
        if (body === undefined) return undefined
        const row = rows.get(recordId)
        return row === undefined ? null : offered.render(row as never)
      },
    }
  })
}

/** Panels other slices offer for a kind of form, in order, which this person may see. */
export function useOfferedPanels(kind: string, permissions: ReadonlySet<string>): OfferedPanel[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.panels ?? [])
    .filter(panel => panel.on === kind && permissions.has(panel.permission))
    .sort((a, b) => a.order - b.order)
}

/** Links other slices offer for a kind of record, in order, which this person may follow. */
export function useOfferedLinks(kind: string, permissions: ReadonlySet<string>): OfferedLink[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.links ?? [])
    .filter(link => link.on === kind && permissions.has(link.permission))
    .sort((a, b) => a.order - b.order)
}

/** Acts on many rows which other slices offer for a list, in order, which this person may do. */
export function useOfferedBulk(list: string, permissions: ReadonlySet<string>): OfferedBulk[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.bulk ?? [])
    .filter(bulk => bulk.on === list && permissions.has(bulk.permission))
    .sort((a, b) => a.order - b.order)
}

/** What slices tell of a kind of record on past days, in order, as far as this person may see it. */
export function useOfferedPast(kind: string, permissions: ReadonlySet<string>): OfferedPast[] {
  const { slices } = use(CatalogueContext)
  return slices
    .flatMap(slice => slice.past ?? [])
    .filter(past => past.on === kind && permissions.has(past.permission))
    .sort((a, b) => a.order - b.order)
}

/** All slices' described fields, in order. */
export function useFieldGuides(): OfferedGuide[] {
  const { slices } = use(CatalogueContext)
  return slices.flatMap(slice => slice.guide ?? []).sort((a, b) => a.order - b.order)
}

/** What an event is called; its own name when no slice names it. */
export function useEventLabel(): (verb: string) => string {
  const { slices } = use(CatalogueContext)
  return verb => slices.map(slice => slice.eventLabels?.[verb]).find(Boolean) ?? verb
}

/** Where a record is shown, or null when its kind has no page. */
export function useRecordHref(): (kind: string, id: string) => string | null {
  const { slices } = use(CatalogueContext)
  return (kind, id) => slices.map(slice => slice.recordHref?.[kind]).find(Boolean)?.(id) ?? null
}

/**
 * How a value in an event is called and said: the words of the slice whose event it is come first (a contract's state is no check's),
 * then those of every other slice; null when nobody describes it, for values only the program needs.
 */
export function useEventField(): (verb: string, name: string) => EventField | null {
  const { slices } = use(CatalogueContext)
  const atRunTime = useQueries({
    queries: slices
      .flatMap(slice => slice.loadEventFields ?? [])
      .map((load, at) => ({
        queryKey: ['event fields', at],
        queryFn: ({ signal }: { signal: AbortSignal }) => load(signal),
      })),
  })
  return (verb, name) => {
    const own = slices.find(slice => slice.eventLabels?.[verb])?.eventFields?.[name]
    const others = [
      ...slices.map(slice => slice.eventFields?.[name]),
      ...atRunTime.map(answer => answer.data?.[name]),
    ]
    return own ?? others.find(Boolean) ?? null
  }
}
