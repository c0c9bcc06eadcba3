import { useMemo } from 'react'
import {
  type Filter,
  type FilterValues,
  filtersFromParams,
  filtersToParams,
  type Pager,
  type Sort,
} from '../../ui/index.ts'
import { one, useUrlState } from './url.ts'

export interface ListState {
  /** Conditions in force, from the address. */
  values: FilterValues
  setValues(values: FilterValues): void
  /** Free text, from the address (`q`). */
  text: string
  setText(text: string): void
  sort: Sort | null
  setSort(sort: Sort | null): void
  /** For the query's input. */
  after: string | undefined
  pager(next: string | null): Pager
}

/**
 * What a list page keeps in its address: conditions, text, sort and the way back through the pages. The marks of the pages
 * passed stand in `at`, joined by dots, so that Back, reload and a shared link all show the same rows.
 */
export function useListState(filters: readonly Filter[]): ListState {
  const [url, setUrl] = useUrlState()
  const values = useMemo(() => filtersFromParams(filters, url), [filters, url])
  const marks = (one(url.at) ?? '').split('.').filter(Boolean)
  const [sortKey, direction] = (one(url.sort) ?? '').split(':')
  return {
    values,
    setValues: next => {
      const cleared = Object.fromEntries(filters.map(filter => [filter.key, undefined]))
      setUrl({ ...cleared, ...filtersToParams(next), at: undefined })
    },
    text: one(url.q) ?? '',
    setText: text => setUrl({ q: text, at: undefined }),
    sort: sortKey ? { key: sortKey, direction: direction === 'desc' ? 'descending' : 'ascending' } : null,
    setSort: sort =>
      setUrl({
        sort: sort ? `${sort.key}:${sort.direction === 'descending' ? 'desc' : 'asc'}` : undefined,
        at: undefined,
      }),
    after: marks.at(-1),
    pager: next => ({
      next: next ? () => setUrl({ at: [...marks, next].join('.') }, { push: true }) : null,
      previous: marks.length ? () => setUrl({ at: marks.slice(0, -1).join('.') }, { push: true }) : null,
    }),
  }
}
