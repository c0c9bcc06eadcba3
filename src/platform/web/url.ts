import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

/** A name from the page's path: `useId('partyId')`. Throws when the page is not listed with it. */
export function usePathId(name: string): string {
  const params: Record<string, string | undefined> = useParams({ strict: false })
  const value = params[name]
  if (!value) throw new Error(`the path of this page has no $${name}`)
  return value
}

export type UrlState = Readonly<Record<string, string | string[] | undefined>>

/**
 * The search part of the address as state: every filter, tab, sort and page lives there, so that links, reload and Back work.
 * Setting undefined removes a name; `replace` (default) does not fill the history with every keystroke.
 */
export function useUrlState(): [UrlState, (change: UrlState, options?: { push?: boolean }) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const state: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(search))
    if (Array.isArray(value)) state[name] = value.map(String)
    else if (value !== undefined && value !== null) state[name] = String(value)
  const set = useCallback(
    (change: UrlState, { push = false } = {}) => {
      void navigate({
        to: '.',
        search: ((old: Record<string, unknown>) => {
          const next = { ...old, ...change }
          for (const name of Object.keys(next))
            if (next[name] === undefined || next[name] === '') delete next[name]
          return next
        }) as never,
        replace: !push,
      })
    },
    [navigate],
  )
  return [state, set]
}

export function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}

export function many(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** Follows an address inside the program. */
export function useFollow(): (href: string) => void {
  const navigate = useNavigate()
  return useCallback((href: string) => void navigate({ href }), [navigate])
}

/** The page's own address with its search part, without the given names: what a saved view keeps. */
export function useAddress(without: readonly string[]): string {
  return useRouterState({
    select: ({ location }) => {
      const search = new URLSearchParams(location.searchStr)
      for (const name of without) search.delete(name)
      search.sort()
      const text = search.toString()
      return text ? `${location.pathname}?${text}` : location.pathname
    },
  })
}
