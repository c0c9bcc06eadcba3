import { useMemo, useState } from 'react'

export interface Chosen<Row> {
  keys: ReadonlySet<string>
  /** Every chosen row, also those on other pages of the list, as they were last seen. */
  rows: readonly Row[]
  onChange(keys: ReadonlySet<string>): void
  clear(): void
}

/** Rows chosen in a table. They stay chosen while one goes through its pages, so that an act concerns as many as the table says. */
export function useChosen<Row extends { id: string }>(shown: readonly Row[]): Chosen<Row> {
  const [kept, setKept] = useState<ReadonlyMap<string, Row>>(new Map())
  const keys = useMemo(() => new Set(kept.keys()), [kept])
  const rows = useMemo(() => {
    const fresh = new Map(shown.map(row => [row.id, row]))
    return [...kept].map(([id, row]) => fresh.get(id) ?? row)
  }, [kept, shown])
  return {
    keys,
    rows,
    onChange: next => {
      const known = new Map([...kept, ...shown.map(row => [row.id, row] as const)])
      setKept(new Map([...next].flatMap(id => (known.has(id) ? [[id, known.get(id)!] as const] : []))))
    },
    clear: () => setKept(new Map()),
  }
}
