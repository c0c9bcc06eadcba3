/**
 * Rows of a ledger as columns of numbers, so that a million rows fit in memory and a comparison allocates nothing. Buffers
 * are shared between threads. 0 = unknown in every column.
 */

const COLUMN_TYPES = {
  /** 法人番号 as a number, the T number's digits, and how far to trust them (see features.ts). */
  number: Float64Array,
  otherNumber: Float64Array,
  numberState: Uint8Array,
  phone: Float64Array,
  postal: Uint32Array,
  core: Uint32Array,
  folded: Uint32Array,
  reading: Uint32Array,
  romaji: Uint32Array,
  english: Uint32Array,
  englishGiven: Uint8Array,
  consonants: Uint32Array,
  /** Name without its trade word (工業), the word, and its meanings. */
  stem: Uint32Array,
  romajiStem: Uint32Array,
  /** Consonants of the stem: サンクレスト商事 and Suncrest Trading. */
  stemSounds: Uint32Array,
  word: Uint32Array,
  wordLength: Uint8Array,
  meaning: Uint8Array,
  meaning2: Uint8Array,
  ordinal: Uint32Array,
  form: Uint8Array,
  branch: Uint32Array,
  script: Uint8Array,
  signatureLow: Uint32Array,
  signatureHigh: Uint32Array,
  rareGrams: Uint32Array,
  prefecture: Uint8Array,
  city: Uint32Array,
  town: Uint32Array,
  number1: Uint16Array,
  number2: Uint16Array,
  number3: Uint16Array,
  place: Uint32Array,
  /** The address letter by letter: a register repeats itself, a typist does not. */
  typedAddress: Uint32Array,
  /** カイシャ or ガイシャ: part of a registered reading, chance in a typed one. */
  formReading: Uint8Array,
  representative: Uint32Array,
  repFolded: Uint32Array,
  repScript: Uint8Array,
  established: Uint32Array,
} as const

const TEXT_NAMES = ['coreText', 'readingText', 'romajiText', 'repText'] as const

export type ColumnName = keyof typeof COLUMN_TYPES
export type TextName = (typeof TEXT_NAMES)[number]
type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array
export type TextColumn = { units: Uint16Array; ends: Uint32Array }

export type FeatureStore = { rows: number } & {
  [K in ColumnName]: InstanceType<(typeof COLUMN_TYPES)[K]>
} & { [K in TextName]: TextColumn }

type SharedColumn = { readonly BYTES_PER_ELEMENT: number; new (buffer: SharedArrayBuffer): Numbers }
const COLUMN_NAMES = Object.keys(COLUMN_TYPES) as ColumnName[]

/** One row's features before packing. */
export type RowFeatures = { [K in ColumnName]: number } & { [K in TextName]: string }

const EMPTY_ROW = Object.fromEntries([
  ...COLUMN_NAMES.map(name => [name, 0]),
  ...TEXT_NAMES.map(name => [name, '']),
]) as RowFeatures

/** A row about which nothing is known yet. */
export function emptyFeatures(): RowFeatures {
  return { ...EMPTY_ROW }
}

const MAX_TEXT = 48

/** Packs rows into one store; texts are cut at 48 code units. */
export function packFeatures(rows: readonly RowFeatures[]): FeatureStore {
  const store = allocate(rows.length, name =>
    rows.reduce((sum, row) => sum + Math.min(MAX_TEXT, row[name].length), 0),
  )
  for (const name of COLUMN_NAMES) {
    const column = store[name] as Numbers
    for (let i = 0; i < rows.length; i++) column[i] = rows[i]![name]
  }
  for (const name of TEXT_NAMES) {
    const { units, ends } = store[name]
    let at = 0
    for (let i = 0; i < rows.length; i++) {
      const text = rows[i]![name]
      const length = Math.min(MAX_TEXT, text.length)
      for (let k = 0; k < length; k++) units[at++] = text.charCodeAt(k)
      ends[i] = at
    }
  }
  return store
}

/**
 * Joins stores; row k of the result is row `order[k]` of the parts laid end to end. Rows which will be compared should be
 * neighbours: then a comparison finds both in the cache. Each part is emptied as it is copied, so that memory is not
 * needed twice.
 */
export function joinStores(parts: FeatureStore[], order: Uint32Array): FeatureStore {
  const store = allocate(order.length, name => parts.reduce((sum, part) => sum + part[name].units.length, 0))
  const target = new Uint32Array(order.length)
  for (let k = 0; k < order.length; k++) target[order[k]!] = k
  joinTexts(parts, store, target)
  let rowAt = 0
  for (let p = 0; p < parts.length; p++) {
    const part = parts[p]!
    for (const name of COLUMN_NAMES) {
      const from: Numbers = part[name]
      const into: Numbers = store[name]
      for (let i = 0; i < part.rows; i++) into[target[rowAt + i]!] = from[i]!
    }
    rowAt += part.rows
    parts[p] = allocate(0, () => 0)
  }
  return store
}

/** Lengths first, then their running sum, then the characters. */
function joinTexts(parts: readonly FeatureStore[], store: FeatureStore, target: Uint32Array): void {
  for (const name of TEXT_NAMES) {
    const { units, ends } = store[name]
    let rowAt = 0
    for (const part of parts) {
      for (let i = 0; i < part.rows; i++)
        ends[target[rowAt + i]!] = part[name].ends[i]! - textStart(part[name], i)
      rowAt += part.rows
    }
    for (let k = 1; k < ends.length; k++) ends[k]! += ends[k - 1]!
    rowAt = 0
    for (const part of parts) {
      for (let i = 0; i < part.rows; i++) {
        const row = target[rowAt + i]!
        const start = textStart(part[name], i)
        let at = row === 0 ? 0 : ends[row - 1]!
        for (let k = start; k < part[name].ends[i]!; k++) units[at++] = part[name].units[k]!
      }
      rowAt += part.rows
    }
  }
}

/** An order of all rows in which names that begin alike, then names that sound alike, are neighbours. */
export function neighbourOrder(parts: readonly FeatureStore[]): Uint32Array {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0)
  const sound = new Uint32Array(rows)
  const start = new Uint32Array(rows)
  let at = 0
  for (const part of parts) {
    for (let i = 0; i < part.rows; i++, at++) {
      const from = textStart(part.coreText, i)
      const end = part.coreText.ends[i]!
      sound[at] = part.consonants[i]! || part.folded[i]!
      start[at] =
        (from < end ? part.coreText.units[from]! : 0) * 65536 +
        (from + 1 < end ? part.coreText.units[from + 1]! : 0)
    }
  }
  const first = Uint32Array.from({ length: rows }, (_, row) => row)
  return sortRows(start, sortRows(sound, first))
}

/** Below this many rows the counters of the radix sort cost more than sorting: one new row against its candidates. */
const FEW_ROWS = 2_048

/** Rows ordered by key, rows of equal key as they were: a radix sort in two passes. Uses `rows` as working space. */
export function sortRows(keys: Uint32Array, rows: Uint32Array): Uint32Array {
  if (rows.length < FEW_ROWS) return rows.sort((a, b) => keys[a]! - keys[b]!)
  let source: Uint32Array = rows
  let target: Uint32Array = new Uint32Array(rows.length)
  const counts = new Uint32Array(65537)
  for (const shift of [0, 16]) {
    counts.fill(0)
    for (let k = 0; k < source.length; k++) counts[((keys[source[k]!]! >>> shift) & 65535) + 1]!++
    for (let digit = 0; digit < 65536; digit++) counts[digit + 1]! += counts[digit]!
    for (let k = 0; k < source.length; k++) {
      const row = source[k]!
      target[counts[(keys[row]! >>> shift) & 65535]!++] = row
    }
    ;[source, target] = [target, source]
  }
  return source
}

function allocate(rows: number, textLength: (name: TextName) => number): FeatureStore {
  const columns = COLUMN_NAMES.map(name => {
    const Type: SharedColumn = COLUMN_TYPES[name]
    return [name, new Type(new SharedArrayBuffer(rows * Type.BYTES_PER_ELEMENT))] as [string, Numbers]
  })
  const texts = TEXT_NAMES.map(name => {
    const units = new Uint16Array(new SharedArrayBuffer(textLength(name) * 2))
    return [name, { units, ends: new Uint32Array(new SharedArrayBuffer(rows * 4)) }] as [string, TextColumn]
  })
  return { rows, ...Object.fromEntries<Numbers | TextColumn>([...columns, ...texts]) } as FeatureStore
}

/** Start of row i's text in a text column. */
export function textStart(column: TextColumn, row: number): number {
  return row === 0 ? 0 : column.ends[row - 1]!
}

/** Row i's text. */
export function textOf(column: TextColumn, row: number): string {
  return String.fromCharCode(...column.units.subarray(textStart(column, row), column.ends[row]!))
}
