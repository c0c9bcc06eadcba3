import type { ReactNode } from 'react'

export interface Column<Row> {
  /** Stable: saved layouts and sort words in the URL use it. */
  key: string
  title: string
  render: (row: Row) => ReactNode
  /** Pixels before the person changes it; columns share what is left over. */
  width: number
  /** Numbers stand right, in tabular figures. */
  kind?: 'text' | 'number'
  /** Only where the server can sort by it. */
  sortable?: boolean
  /** False: always shown (name, code). */
  hidable?: boolean
  /** Not shown until chosen. */
  hiddenAtFirst?: boolean
  /** Breaks into lines instead of ending in an ellipsis. */
  wrap?: boolean
}

export type Density = 'dense' | 'normal'

/** What a person chose for one table; the application keeps it. */
export interface TableLayout {
  /** Keys of shown columns, in order. */
  columns: readonly string[]
  widths: Readonly<Record<string, number>>
  density: Density
}

export interface Sort {
  key: string
  direction: 'ascending' | 'descending'
}

/** The layout before anybody chose. */
export function initialLayout<Row>(columns: readonly Column<Row>[]): TableLayout {
  return {
    columns: columns.filter(column => !column.hiddenAtFirst).map(column => column.key),
    widths: {},
    density: 'dense',
  }
}

/**
 * Shown columns in the person's order. A saved layout may be older than the program: keys that no longer exist are
 * passed over, and columns which must show are put at the front.
 */
export function shownColumns<Row>(columns: readonly Column<Row>[], layout: TableLayout): Column<Row>[] {
  const byKey = new Map(columns.map(column => [column.key, column]))
  const chosen = layout.columns.flatMap(key => byKey.get(key) ?? [])
  const missing = columns.filter(column => column.hidable === false && !layout.columns.includes(column.key))
  return [...missing, ...chosen]
}

export const minColumnWidth = 56

/** Width of a column in force, never narrower than can be read. */
export function widthOf<Row>(column: Column<Row>, layout: TableLayout): number {
  return Math.max(minColumnWidth, layout.widths[column.key] ?? column.width)
}

/** A click on a heading: ascending, then descending, then back to the server's own order (null). */
export function nextSort(sort: Sort | null, key: string): Sort | null {
  if (sort?.key !== key) return { key, direction: 'ascending' }
  return sort.direction === 'ascending' ? { key, direction: 'descending' } : null
}

/** The layout with one column shown or hidden; a newly shown one goes to the end. */
export function toggleColumn(layout: TableLayout, key: string): TableLayout {
  const shown = layout.columns.includes(key)
  return {
    ...layout,
    columns: shown ? layout.columns.filter(other => other !== key) : [...layout.columns, key],
  }
}

/** The layout with one shown column moved by `by` places, stopping at the ends. */
export function moveColumn(layout: TableLayout, key: string, by: -1 | 1): TableLayout {
  const from = layout.columns.indexOf(key)
  const to = from + by
  if (from < 0 || to < 0 || to >= layout.columns.length) return layout
  const columns = [...layout.columns]
  columns.splice(to, 0, ...columns.splice(from, 1))
  return { ...layout, columns }
}
