import { describe, expect, test } from 'vitest'
import {
  type Column,
  initialLayout,
  moveColumn,
  nextSort,
  shownColumns,
  toggleColumn,
  widthOf,
} from './table-layout.ts'

const column = (key: string, more: Partial<Column<unknown>> = {}): Column<unknown> => ({
  key,
  title: key,
  render: () => null,
  width: 100,
  ...more,
})
const columns = [
  column('name', { hidable: false }),
  column('code'),
  column('limit'),
  column('note', { hiddenAtFirst: true }),
]
const layout = initialLayout(columns)
const keysOf = (list: readonly Column<unknown>[]) => list.map(one => one.key)

describe('columns chosen by the person', () => {
  test('at first every column shows except those hidden at first', () => {
    expect(keysOf(shownColumns(columns, layout))).toEqual(['name', 'code', 'limit'])
  })

  test('a layout saved by an older program loses columns which no longer exist and keeps its order', () => {
    const old = { ...layout, columns: ['limit', 'fax', 'name'] }
    expect(keysOf(shownColumns(columns, old))).toEqual(['limit', 'name'])
  })

  test('a column which must show is put in front when a saved layout lacks it', () => {
    expect(keysOf(shownColumns(columns, { ...layout, columns: ['note'] }))).toEqual(['name', 'note'])
  })

  test('showing a hidden column adds it at the end, hiding takes it out', () => {
    expect(toggleColumn(layout, 'note').columns).toEqual(['name', 'code', 'limit', 'note'])
    expect(toggleColumn(layout, 'code').columns).toEqual(['name', 'limit'])
  })

  test('a column moves by one place and stops at both ends', () => {
    expect(moveColumn(layout, 'limit', -1).columns).toEqual(['name', 'limit', 'code'])
    expect(moveColumn(layout, 'limit', 1)).toBe(layout)
    expect(moveColumn(layout, 'name', -1)).toBe(layout)
  })

  test('a width is never narrower than can be read', () => {
    expect(widthOf(column('code'), { ...layout, widths: { code: 3 } })).toBe(56)
    expect(widthOf(column('code'), { ...layout, widths: { code: 180 } })).toBe(180)
  })
})

test('clicking a heading sorts up, then down, then not at all; another heading starts upwards', () => {
  const up = nextSort(null, 'limit')
  const down = nextSort(up, 'limit')
  expect([up, down, nextSort(down, 'limit')]).toEqual([
    { key: 'limit', direction: 'ascending' },
    { key: 'limit', direction: 'descending' },
    null,
  ])
  expect(nextSort(down, 'name')).toEqual({ key: 'name', direction: 'ascending' })
})
