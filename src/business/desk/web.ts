import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { call } from '../../platform/http/client.ts'
import type { DraftStatus, TableLayout } from '../../ui/index.ts'
import { tokyoMinute } from '../../ui/index.ts'
import { keepOnDesk, readDesk } from './contract.ts'

const SAVE_AFTER_MS = 800

/** The person's layout of one table, kept on the server: same columns on every machine. */
export function useTableLayout(key: string): [TableLayout | null, (layout: TableLayout) => void] {
  const queries = useQueryClient()
  const name = [readDesk.name, 'layout', key]
  const { data } = useQuery({
    queryKey: name,
    queryFn: () => call(readDesk, { kind: 'layout', key }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const keep = useCallback(
    (layout: TableLayout) => {
      queries.setQueryData([readDesk.name, 'layout', key], { content: layout, keptAt: null })
      void call(keepOnDesk, { kind: 'layout', key, content: layout })
    },
    [queries, key],
  )
  return [(data?.content as TableLayout | null) ?? null, keep]
}

export interface Draft<T> {
  /** False until it is known whether something was kept earlier. */
  ready: boolean
  value: T
  change(part: Partial<T>): void
  status: DraftStatus
  /** Something is typed which is not a record yet. */
  dirty: boolean
  /** After the record is saved, or when the person starts anew. */
  discard(): void
}

/** A half-written form which survives a closed tab, a crash and another machine. */
export function useDraft<T extends object>(key: string, initial: T): Draft<T> {
  const [value, setValue] = useState(initial)
  const [dirty, setDirty] = useState(false)
  const [status, setStatus] = useState<DraftStatus>({ state: 'none' })
  const [ready, setReady] = useState(false)
  const latest = useRef<T>(initial)
  const discarded = useRef(false)
  useEffect(() => {
    let current = true
    call(readDesk, { kind: 'draft', key })
      .then(kept => {
        if (!current) return
        if (kept.content) {
          latest.current = { ...latest.current, ...(kept.content as T) }
          setValue(latest.current)
          setDirty(true)
          setStatus({ state: 'saved', time: kept.keptAt ? tokyoMinute(kept.keptAt) : '' })
        }
        setReady(true)
      })
      .catch(() => {
        // A draft that cannot be read must not keep anybody from writing; the line under the form says so.
        if (current) setStatus({ state: 'failed' })
        setReady(true)
      })
    return () => {
      current = false
    }
  }, [key])
  useEffect(() => {
    if (!dirty || !ready) return
    const timer = setTimeout(() => {
      if (discarded.current) return
      setStatus({ state: 'saving' })
      call(keepOnDesk, { kind: 'draft', key, content: value })
        .then(kept => setStatus({ state: 'saved', time: kept.keptAt ? tokyoMinute(kept.keptAt) : '' }))
        .catch(() => setStatus({ state: 'failed' }))
    }, SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [key, value, dirty, ready])
  const change = useCallback((part: Partial<T>) => {
    discarded.current = false
    latest.current = { ...latest.current, ...part }
    setValue(latest.current)
    setDirty(true)
  }, [])
  const discard = useCallback(() => {
    discarded.current = true
    setDirty(false)
    setStatus({ state: 'none' })
    void call(keepOnDesk, { kind: 'draft', key, content: null })
  }, [key])
  return { ready, value, change, status, dirty, discard }
}
