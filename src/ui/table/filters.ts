import { readYen } from '../fields/read-number.ts'
import { words } from '../labels.ts'
import { roughYen } from '../values/money-words.ts'

interface FilterCommon {
  /** The parameter in the URL and at the server. */
  key: string
  label: string
}

/** One condition a list can be narrowed by. Ranges are two strings, '' where open: ['2026-01-01', '']. */
export type Filter =
  | (FilterCommon & { type: 'choice' | 'multi'; options: readonly { value: string; label: string }[] })
  | (FilterCommon & { type: 'text' })
  | (FilterCommon & { type: 'flag'; sentence: string })
  | (FilterCommon & { type: 'dateRange' })
  | (FilterCommon & { type: 'yenRange' })

/** Conditions in force, by key. */
export type FilterValues = Readonly<Record<string, readonly string[]>>

/** The values with one condition changed; an empty one is dropped, so that the URL stays short. */
export function withFilter(values: FilterValues, key: string, value: readonly string[]): FilterValues {
  const { [key]: _old, ...rest } = values
  return value.some(part => part !== '') ? { ...rest, [key]: value } : rest
}

/** What a chip says: 「取引中、停止」「2026-01-01 から」「100万円 – 500万円」. */
export function saysFilter(filter: Filter, value: readonly string[]): string {
  if (value.length === 0) return words.filter.allRows
  if (filter.type === 'flag') return filter.sentence
  if (filter.type === 'text') return `「${value[0] ?? ''}」`
  if (filter.type === 'dateRange') return saysRange(value[0] ?? '', value[1] ?? '')
  if (filter.type === 'yenRange') return saysRange(roughOf(value[0] ?? ''), roughOf(value[1] ?? ''))
  const labels = value.map(key => filter.options.find(option => option.value === key)?.label ?? key)
  return labels.length > 2 ? words.filter.andMore(labels[0]!, labels.length - 1) : labels.join('、')
}

function saysRange(from: string, to: string): string {
  if (from === to) return from
  if (from === '') return words.filter.until(to)
  return to === '' ? words.filter.since(from) : `${from} – ${to}`
}

function roughOf(text: string): string {
  const read = readYen(text)
  return read.state === 'number' ? roughYen(read.value) : text
}

/** Values to URL parameters and back: lists are joined with commas, which keys never hold. */
export function filtersToParams(values: FilterValues): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.join(',')]))
}

/** Conditions of the known filters out of URL parameters; unknown parameters belong to somebody else and are left alone. */
export function filtersFromParams(
  filters: readonly Filter[],
  params: Readonly<Record<string, unknown>>,
): FilterValues {
  return Object.fromEntries(
    filters.flatMap(filter => {
      const text = params[filter.key]
      if (typeof text !== 'string' && typeof text !== 'number') return []
      return [[filter.key, filter.type === 'text' ? [String(text)] : String(text).split(',')]]
    }),
  )
}
