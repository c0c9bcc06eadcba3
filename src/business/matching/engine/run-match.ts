/** `daicho match`: a ledger file in, clusters.csv and pairs.csv out. Nothing is left behind when it fails. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { buildIndexes, type KeyReport, keyCount } from './blocking.ts'
import { clusterPairs } from './clusters.ts'
import { settleDisputedNumbers } from './disputed-numbers.ts'
import { type FeatureStore, joinStores, neighbourOrder, packFeatures } from './feature-store.ts'
import { learnWeights } from './learn.ts'
import {
  countLines,
  decodeRecords,
  type Encoding,
  encodingOf,
  firstRecord,
  type Header,
  LedgerFileError,
  readHeader,
  readRecords,
  wholeRecords,
} from './ledger-csv.ts'
import { writeMatchFiles } from './match-files.ts'
import { DEFAULT_SEED, frequenciesOf, type MatchReport } from './match-ledger.ts'
import type { ChunkResult } from './match-worker.ts'
import { mergePairs } from './pair-scan.ts'
import { WorkerTeam } from './worker-team.ts'

export type RunMatchOptions = {
  ledgerFile: string
  outFile: string
  /** Also write the pairs at or above the review threshold. */
  pairsFile?: string
  /** Threads beside the calling one; 2 by default. */
  threads?: number
  seed?: number
  onProgress?: (progress: MatchProgress) => void
}

export type MatchProgress = { stage: 'read' | 'index' | 'compare' | 'write'; done: number; total: number }

export type RunMatchReport = MatchReport & {
  encoding: Encoding
  /** Headings of the file which mean nothing here. */
  unknownColumns: string[]
  samePairs: number
}

/** Resolves a ledger file. Throws LedgerFileError with file, line and column on unreadable input. */
export async function runMatch(options: RunMatchOptions): Promise<RunMatchReport> {
  const team = new WorkerTeam(options.threads ?? 2)
  try {
    return await matchWith(team, options)
  } finally {
    await team.close()
  }
}

async function matchWith(team: WorkerTeam, options: RunMatchOptions): Promise<RunMatchReport> {
  const progress = options.onProgress ?? (() => {})
  const ledger = await readLedger(team, options.ledgerFile, progress)
  const { store, ids, order } = ledger
  const frequencies = frequenciesOf(store)
  const weights = learnWeights(store, { seed: options.seed ?? DEFAULT_SEED })
  let keysDone = 0
  const { indexes, reports } = buildIndexes(store, () =>
    progress({ stage: 'index', done: ++keysDone, total: keyCount() }),
  )
  const next = new Int32Array(new SharedArrayBuffer(4))
  const timer = setInterval(() => {
    progress({ stage: 'compare', done: Math.min(store.rows, next[0]! * 4096), total: store.rows })
  }, 500)
  const scans = await Promise.all(
    Array.from({ length: team.size }, () =>
      team.scan({ kind: 'scan', store, indexes, frequencies, weights, next }),
    ),
  ).finally(() => clearInterval(timer))
  const found = mergePairs(scans.map(scan => scan.pairs))
  const pairs = settleDisputedNumbers(store, indexes, found, frequencies, weights)
  const clusters = clusterPairs(store, pairs, frequencies, weights)
  progress({ stage: 'write', done: 0, total: store.rows })
  const written = await writeMatchFiles({ ...options, ids, order, clusters, pairs, frequencies, weights })
  progress({ stage: 'write', done: store.rows, total: store.rows })
  return {
    rows: store.rows,
    clusters: written.clusters,
    comparedPairs: scans.reduce((sum, scan) => sum + scan.compared, 0),
    keys: reports satisfies KeyReport[],
    refusedLinks: clusters.refusedLinks,
    reviewPairs: written.reviewPairs,
    samePairs: written.samePairs,
    weights,
    encoding: ledger.encoding,
    unknownColumns: ledger.unknownColumns,
  }
}

type Ledger = {
  store: FeatureStore
  ids: string[]
  order: Uint32Array
  encoding: Encoding
  unknownColumns: string[]
}

const CHUNK_BYTES = 4 * 1024 * 1024
/** Some hundred rows. */
const SAMPLE_BYTES = 64 * 1024
const LONGEST_RECORD = 8 * CHUNK_BYTES

async function readLedger(
  team: WorkerTeam,
  file: string,
  progress: (progress: MatchProgress) => void,
): Promise<Ledger> {
  const total = (await stat(file)).size
  if (total === 0) throw new LedgerFileError(file, 1, 1, 'the file is empty')
  const reader = new ChunkReader(file)
  const results: Promise<ChunkResult>[] = []
  let read = 0
  for await (const piece of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    read += (piece as Buffer).length
    for (const task of reader.take(piece as Buffer, read === total)) {
      const result = team.chunk(task)
      result.catch(() => {})
      results.push(result)
      if (results.length > team.size * 2) await results[results.length - team.size * 2]
    }
    progress({ stage: 'read', done: read, total })
  }
  const parts = await Promise.all(results)
  if (reader.header === null) throw new LedgerFileError(file, 1, 1, 'the file has no heading row')
  const ids = parts.flatMap(part => part.ids)
  refuseRepeatedIds(parts, ids, reader.header, file)
  const stores = parts.map(part => part.store)
  for (const part of parts) part.store = packFeatures([])
  const order = neighbourOrder(stores)
  const store = joinStores(stores, order)
  return { store, ids, order, encoding: reader.encoding, unknownColumns: reader.header.unknown }
}

/** Cuts the stream into chunks of whole records and takes the header off the first. */
class ChunkReader {
  header: Header | null = null
  encoding: Encoding = 'utf-8'
  private rest = Buffer.alloc(0)
  private line = 1
  private decided = false
  private readonly file: string

  constructor(file: string) {
    this.file = file
  }

  take(piece: Buffer, isLast: boolean) {
    const bytes = this.rest.length === 0 ? piece : Buffer.concat([this.rest, piece])
    const length = isLast ? bytes.length : wholeRecords(bytes)
    this.rest = Buffer.from(bytes.subarray(length))
    if (this.rest.length > LONGEST_RECORD) {
      throw new LedgerFileError(
        this.file,
        this.line,
        1,
        'a record longer than 32 MiB; a quote may be left open',
      )
    }
    let records = bytes.subarray(0, length)
    if (records.length === 0) return []
    this.decideEncoding(records)
    if (this.header === null) records = this.takeHeader(records)
    const firstLine = this.line
    this.line += countLines(records)
    const header = this.header!
    const own = new Uint8Array(records)
    const { encoding, file } = this
    return [{ kind: 'chunk' as const, bytes: own, encoding, header, file, firstLine }]
  }

  /** The first bytes beyond ASCII decide; until then either encoding reads the same. */
  private decideEncoding(records: Buffer): void {
    if (this.decided) return
    this.encoding = encodingOf(records)
    this.decided = records.some(byte => byte > 127)
  }

  private takeHeader(records: Buffer): Buffer {
    const end = firstRecord(records)
    if (records.subarray(0, end).includes(0)) {
      throw new LedgerFileError(this.file, 1, 1, 'not a text file; save the ledger as CSV')
    }
    const text = decodeRecords(records.subarray(0, end), this.encoding, this.file, 1)
    this.line = 1 + countLines(records.subarray(0, end))
    const below = records.subarray(end)
    readRecords(text, this.file, 1, cells => {
      this.header ??= readHeader(cells, this.file, this.sampleOf(below))
    })
    if (this.header === null)
      throw new LedgerFileError(this.file, 1, 1, 'the first row must name the columns')
    return below
  }

  /** The first rows, from which columns are told whose headings say nothing. */
  private sampleOf(below: Buffer): string[][] {
    const start = below.subarray(0, SAMPLE_BYTES)
    const whole = start.length === below.length ? start : start.subarray(0, wholeRecords(start))
    const rows: string[][] = []
    const text = decodeRecords(whole, this.encoding, this.file, this.line)
    readRecords(text, this.file, this.line, cells => rows.push(cells))
    return rows
  }
}

function refuseRepeatedIds(
  parts: readonly ChunkResult[],
  ids: readonly string[],
  header: Header,
  file: string,
): void {
  const seen = new Set<string>()
  for (let row = 0; row < ids.length; row++) {
    const before = seen.size
    seen.add(ids[row]!)
    if (seen.size === before) {
      const problem = `id "${ids[row]}" stands twice; every row needs its own id`
      throw new LedgerFileError(file, lineOf(parts, row), (header.fields.id ?? 0) + 1, problem)
    }
  }
}

function lineOf(parts: readonly ChunkResult[], row: number): number {
  let rest = row
  for (const part of parts) {
    if (rest < part.lines.length) return part.lines[rest]!
    rest -= part.lines.length
  }
  return 0
}
