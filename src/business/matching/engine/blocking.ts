/**
 * Which pairs are looked at: the union of cheap keys, each counted on its own. A block above the cap is sorted by place
 * and looked at through a window; what falls outside is counted as not checked. Blank values are no key.
 * Source: matching.md §6.4.
 */
import { type FeatureStore, sortRows, textStart } from './feature-store.ts'
import { NUMBER_BROKEN } from './features.ts'
import { combine } from './hash.ts'

/** Rows of one value above this are refined. */
export const BLOCK_CAP = 64
/** Neighbours looked at on either side inside a refined block. */
export const WINDOW = 24

export type KeyIndex = {
  name: string
  /** Rows in key order; rows without the key are missing. */
  order: Uint32Array
  /** Position of each row in `order`, or NO_BLOCK. */
  position: Uint32Array
  /** For each position the first position whose rows are compared with it. */
  from: Uint32Array
}

export type KeyReport = {
  key: string
  /** Pairs this key brings, pairs shared with other keys counted in each. */
  pairs: number
  largestBlock: number
  refinedBlocks: number
  /** Pairs of refined blocks outside the window: not checked by this key. */
  notChecked: number
}

export const NO_BLOCK = 0xffffffff

/** How many keys there are, for those who show progress. */
export const keyCount = () => KEYS.length

type KeyOf = (s: FeatureStore, i: number) => number

const numberKey = (value: number) =>
  value === 0 ? 0 : combine(value % 4294967291, Math.floor(value / 65536) || 1)

const KEYS: readonly (readonly [name: string, keyOf: KeyOf])[] = [
  ['corporate_number', (s, i) => (s.numberState[i] === NUMBER_BROKEN ? 0 : numberKey(s.number[i]!))],
  [
    'invoice_number',
    (s, i) => numberKey(s.otherNumber[i]! || (s.numberState[i] === NUMBER_BROKEN ? 0 : s.number[i]!)),
  ],
  ['phone', (s, i) => numberKey(s.phone[i]!)],
  ['name', (s, i) => s.folded[i]!],
  ['name_and_city', (s, i) => combine(s.folded[i]!, s.city[i]!)],
  ['reading', (s, i) => s.reading[i]!],
  ['romaji', (s, i) => s.romaji[i]!],
  ['romaji_stem_and_trade', (s, i) => combine(s.romajiStem[i]!, s.meaning[i]!)],
  ['romaji_stem_and_city', (s, i) => combine(s.romajiStem[i]!, s.city[i]!)],
  ['romaji_stem_and_postal_code', (s, i) => combine(s.romajiStem[i]!, s.postal[i]!)],
  ['consonants', (s, i) => s.consonants[i]!],
  ['english_name', (s, i) => s.english[i]!],
  ['address', (s, i) => s.place[i]!],
  ['postal_code_and_number', (s, i) => combine(s.postal[i]!, s.number1[i]!)],
  ['representative_and_city', (s, i) => combine(s.repFolded[i]!, s.city[i]!)],
  ['representative_and_postal_code', (s, i) => combine(s.repFolded[i]!, s.postal[i]!)],
  ['representative_and_date', (s, i) => combine(s.repFolded[i]!, s.established[i]!)],
  ['representative_and_name_start', (s, i) => combine(s.repFolded[i]!, firstUnits(s, i, 1))],
  ['rare_name_parts', (s, i) => s.rareGrams[i]!],
  ['name_start_and_city', (s, i) => combine(firstUnits(s, i, 2), s.city[i]!)],
]

function firstUnits(s: FeatureStore, i: number, count: number): number {
  const start = textStart(s.coreText, i)
  if (s.coreText.ends[i]! - start < count) return 0
  let value = 0
  for (let k = 0; k < count; k++) value = value * 65536 + s.coreText.units[start + k]!
  return value >>> 0 || 1
}

/** Builds one index per key; `onKey` hears of each as it is done. */
export function buildIndexes(s: FeatureStore, onKey: (name: string) => void = () => {}) {
  markRareGrams(s)
  const indexes: KeyIndex[] = []
  const reports: KeyReport[] = []
  const keys = new Uint32Array(s.rows)
  for (const [name, keyOf] of KEYS) {
    for (let i = 0; i < s.rows; i++) keys[i] = keyOf(s, i)
    const { index, report } = buildIndex(name, keys, s)
    indexes.push(index)
    reports.push(report)
    onKey(name)
  }
  return { indexes, reports }
}

function buildIndex(
  name: string,
  keys: Uint32Array,
  s: FeatureStore,
): { index: KeyIndex; report: KeyReport } {
  const sorted = rowsByKey(keys)
  const order = new Uint32Array(new SharedArrayBuffer(sorted.length * 4))
  order.set(sorted)
  const position = new Uint32Array(new SharedArrayBuffer(s.rows * 4)).fill(NO_BLOCK)
  const from = new Uint32Array(new SharedArrayBuffer(order.length * 4))
  const report: KeyReport = { key: name, pairs: 0, largestBlock: 0, refinedBlocks: 0, notChecked: 0 }
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && keys[order[end]!] === keys[order[start]!]) end++
    const size = end - start
    report.largestBlock = Math.max(report.largestBlock, size)
    const refined = size > BLOCK_CAP
    if (refined) {
      refine(order.subarray(start, end), s)
      report.refinedBlocks++
    }
    for (let at = start; at < end; at++) {
      from[at] = refined ? Math.max(start, at - WINDOW) : start
      report.pairs += at - from[at]!
      report.notChecked += from[at]! - start
    }
    start = end
  }
  for (let at = 0; at < order.length; at++) position[order[at]!] = at
  return { index: { name, order, position, from }, report }
}

/** Puts rows which may be one company beside each other: by city, then person, then phone. */
function refine(rows: Uint32Array, s: FeatureStore): void {
  const refineKey = (row: number) =>
    (s.city[row]! % 4194304) * 2048 + ((s.repFolded[row]! || Math.floor(s.phone[row]! / 7)) % 2048)
  const keyed = Array.from(rows, row => ({ row, key: refineKey(row) }))
  keyed.sort((a, b) => a.key - b.key || a.row - b.row)
  for (let k = 0; k < rows.length; k++) rows[k] = keyed[k]!.row
}

/** Row numbers with a non-zero key, ordered by key, then by row. */
export function rowsByKey(keys: Uint32Array): Uint32Array {
  let count = 0
  for (let i = 0; i < keys.length; i++) if (keys[i] !== 0) count++
  const rows = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < keys.length; i++) if (keys[i] !== 0) rows[at++] = i
  return sortRows(keys, rows)
}

/** How many rows share each row's key (at most 65,535); 0 where the key is blank. */
export function countsPerRow(keys: Uint32Array): Uint16Array {
  const order = rowsByKey(keys)
  const counts = new Uint16Array(new SharedArrayBuffer(keys.length * 2))
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && keys[order[end]!] === keys[order[start]!]) end++
    for (let at = start; at < end; at++) counts[order[at]!] = Math.min(65535, end - start)
    start = end
  }
  return counts
}

const GRAM_BITS = 20

/** The two rarest character pairs of each name as one key: it survives a slip elsewhere in the name. */
function markRareGrams(s: FeatureStore): void {
  const counts = new Uint32Array(1 << GRAM_BITS)
  const { units, ends } = s.coreText
  const gramAt = (k: number) =>
    Math.imul(Math.imul(units[k]!, 0x9e3779b1) + units[k + 1]!, 0x85ebca6b) >>> (32 - GRAM_BITS)
  for (let i = 0; i < s.rows; i++)
    for (let k = textStart(s.coreText, i); k + 1 < ends[i]!; k++) counts[gramAt(k)]!++
  for (let i = 0; i < s.rows; i++) {
    let first = -1
    let second = -1
    for (let k = textStart(s.coreText, i); k + 1 < ends[i]!; k++) {
      const gram = gramAt(k)
      if (gram === first || gram === second) continue
      if (first < 0 || counts[gram]! < counts[first]!) {
        second = first
        first = gram
      } else if (second < 0 || counts[gram]! < counts[second]!) second = gram
    }
    if (second >= 0) s.rareGrams[i] = combine(Math.min(first, second) + 1, Math.max(first, second) + 1)
  }
}
