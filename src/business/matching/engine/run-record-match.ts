/** `daicho match` with a field table: records of any columns in, clusters.csv and pairs.csv out (batch-files.md). */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { decodeRecords, encodingOf, LedgerFileError, readRecords } from './ledger-csv.ts'
import { matchRecords, RECORD_LEVELS, type RecordMatch } from './match-records.ts'
import type { RecordTable } from './record-table.ts'

export type RunRecordMatchOptions = {
  recordsFile: string
  table: RecordTable
  outFile: string
  pairsFile?: string
  seed?: number
}

export type RunRecordMatchReport = {
  rows: number
  clusters: number
  comparedPairs: number
  notChecked: number
  unknownColumns: string[]
}

/** Resolves a file by a field table. Throws LedgerFileError with file, line and column; writes all files or none. */
export async function runRecordMatch(options: RunRecordMatchOptions): Promise<RunRecordMatchReport> {
  const { rows, unknownColumns } = await readRows(options.recordsFile, options.table)
  const match = matchRecords(rows, options.table, options.seed === undefined ? {} : { seed: options.seed })
  const ids = rows.map(row => row[options.table.id]!)
  const outputs: [file: string, text: string][] = [[options.outFile, clustersText(ids, match, options.table)]]
  if (options.pairsFile !== undefined) outputs.push([options.pairsFile, pairsText(ids, match, options.table)])
  await writeAll(outputs)
  const { comparedPairs, notChecked } = match
  return { rows: rows.length, clusters: new Set(match.root).size, comparedPairs, notChecked, unknownColumns }
}

async function readRows(file: string, table: RecordTable) {
  const bytes = await readFile(file)
  const text = decodeRecords(bytes, encodingOf(bytes), file, 1)
  const known = new Set([table.id, ...table.fields.map(field => field.column)])
  const rows: Record<string, string>[] = []
  const seen = new Set<string>()
  let header: string[] = []
  readRecords(text, file, 1, (cells, line) => {
    if (header.length === 0) {
      header = cells.map(cell => cell.trim())
      if (!header.includes(table.id))
        throw new LedgerFileError(file, 1, 1, `heading "${table.id}" is missing`)
      return
    }
    if (cells.length !== header.length) {
      throw new LedgerFileError(file, line, 1, `${cells.length} cells, the header has ${header.length}`)
    }
    const row = Object.fromEntries(header.map((heading, column) => [heading, cells[column]!.trim()]))
    const id = row[table.id]!
    if (id === '' || seen.has(id)) {
      const problem = id === '' ? 'id is empty' : `id "${id}" stands twice`
      throw new LedgerFileError(file, line, header.indexOf(table.id) + 1, problem)
    }
    seen.add(id)
    rows.push(row)
  })
  if (header.length === 0) throw new LedgerFileError(file, 1, 1, 'the file is empty')
  return { rows, unknownColumns: header.filter(heading => !known.has(heading)) }
}

function clustersText(ids: readonly string[], match: RecordMatch, table: RecordTable): string {
  const smallest = new Map<number, string>()
  match.root.forEach((root, row) => {
    const known = smallest.get(root)
    if (known === undefined || ids[row]! < known) smallest.set(root, ids[row]!)
  })
  const link = new Map<number, RecordMatch['pairs'][number]>()
  for (const pair of match.pairs) {
    if (match.root[pair.a] !== match.root[pair.b]) continue
    for (const row of [pair.a, pair.b]) if (!link.has(row)) link.set(row, pair)
  }
  const lines = ids.map((id, row) => {
    const pair = link.get(row)
    const score = pair === undefined ? '1' : probability(pair.bits).toFixed(4)
    const reasons = pair === undefined ? '' : reasonsOf(pair.levels, table)
    return `${cell(id)},${cell(smallest.get(match.root[row]!)!)},${score},${reasons}`
  })
  return `id,cluster,score,reasons\n${lines.join('\n')}\n`
}

function pairsText(ids: readonly string[], match: RecordMatch, table: RecordTable): string {
  const lines = match.pairs.map(({ a, b, bits, levels }) => {
    const decision = match.root[a] === match.root[b] ? 'same' : 'review'
    return `${cell(ids[a]!)},${cell(ids[b]!)},${probability(bits).toFixed(4)},${decision},${reasonsOf(levels, table)}\n`
  })
  return `id_a,id_b,score,decision,reasons\n${lines.join('')}`
}

function reasonsOf(levels: Uint8Array, table: RecordTable): string {
  const named = table.fields.map(({ column }, f) =>
    levels[f] === 0 ? '' : `${column}_${RECORD_LEVELS[levels[f]!]}`,
  )
  return named.filter(name => name !== '').join(';')
}

function probability(bits: number): number {
  return 1 / (1 + 2 ** -bits)
}

async function writeAll(outputs: readonly [file: string, text: string][]): Promise<void> {
  const suffix = `.${process.pid}.partial`
  try {
    for (const [file, text] of outputs) await writeFile(file + suffix, text, { flush: true })
    for (const [file] of outputs) await rename(file + suffix, file)
  } catch (error) {
    for (const [file] of outputs) await rm(file + suffix, { force: true })
    throw error
  }
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
