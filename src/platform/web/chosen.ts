import { useMemo, useState } from 'react'

export interface Chosen<Row> {
  keys: ReadonlySet<string>
  /** Every chosen row, also those on other pages of the list, as they were last seen. */
  rows: readonly Row[]
  onChange(keys: ReadonlySet<string>): void
  /** Lets all go but those named. */
  clear(left?: readonly string[]): void
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
    clear: (left = []) => setKept(new Map([...kept].filter(([id]) => left.includes(id)))),
  }
}

const NAMED = 3

/** What is wrong with some of the chosen rows, naming them: 「sentence 該当：A、B、C ほか2件」. Null when nothing is. */
export function whyNotThese(sentence: string, names: readonly string[]): string | null {
  if (names.length === 0) return null
  const more = names.length > NAMED ? ` ほか${names.length - NAMED}件` : ''
  return `${sentence}該当：${names.slice(0, NAMED).join('、')}${more}`
}
