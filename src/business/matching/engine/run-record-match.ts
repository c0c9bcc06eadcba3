/** `daicho match` with a field table: records of any columns in, clusters.csv and pairs.csv out (batch-files.md). */
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { csvCell } from './csv-cell.ts'
import { decodeRecords, encodingOf, LedgerFileError, readRecords } from './ledger-csv.ts'
import { matchRecords, RECORD_LEVELS, type RecordMatch } from './match-records.ts'
import { columnsOf, type RecordTable } from './record-table.ts'

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
  const { rows, ids, unknownColumns } = await readRows(options.recordsFile, options.table)
  const match = matchRecords(rows, options.table, options.seed === undefined ? {} : { seed: options.seed })
  const outputs: [file: string, text: string][] = [[options.outFile, clustersText(ids, match, options.table)]]
  if (options.pairsFile !== undefined) outputs.push([options.pairsFile, pairsText(ids, match, options.table)])
  await writeAll(outputs)
  const { comparedPairs, notChecked } = match
  return { rows: rows.length, clusters: new Set(match.root).size, comparedPairs, notChecked, unknownColumns }
}

async function readRows(file: string, table: RecordTable) {
  const bytes = await readFile(file)
  if (bytes.length === 0) throw new LedgerFileError(file, 1, 1, 'the file is empty')
  if (bytes.subarray(0, 65_536).includes(0))
    throw new LedgerFileError(file, 1, 1, 'not a text file; save it as CSV')
  const text = decodeRecords(bytes, encodingOf(bytes), file, 1)
  const rows: Record<string, string>[] = []
  const ids: string[] = []
  const seen = new Set<string>()
  let header: string[] = []
  let at: ReturnType<typeof columnsOf> = { id: -1, fields: [] }
  readRecords(text, file, 1, (cells, line) => {
    if (header.length === 0) {
      header = cells.map(cell => cell.replace(/^\ufeff/, '').trim())
      at = columnsOf(table, header)
      refuseHeader(file, table, header, at)
      return
    }
    if (cells.length !== header.length)
      throw new LedgerFileError(
        file,
        line,
        Math.min(cells.length, header.length) + 1,
        `${cells.length} cells, the header has ${header.length}; quote cells which hold a comma`,
      )
    const id = cells[at.id]!.trim()
    if (id === '' || seen.has(id)) {
      const problem = id === '' ? 'id is empty' : `id "${id}" stands twice; every row needs its own id`
      throw new LedgerFileError(file, line, at.id + 1, problem)
    }
    seen.add(id)
    ids.push(id)
    rows.push(
      Object.fromEntries(
        table.fields.map(({ column }, f) => [column, at.fields[f]! < 0 ? '' : cells[at.fields[f]!]!.trim()]),
      ),
    )
  })
  if (header.length === 0) throw new LedgerFileError(file, 1, 1, 'the file is empty')
  const used = new Set([at.id, ...at.fields])
  return { rows, ids, unknownColumns: header.filter((_, column) => !used.has(column)) }
}

function refuseHeader(
  file: string,
  table: RecordTable,
  header: readonly string[],
  at: ReturnType<typeof columnsOf>,
): void {
  if (at.id < 0)
    throw new LedgerFileError(
      file,
      1,
      1,
      `heading "${table.id}" is missing; the first row must name the columns`,
    )
  const twice = header.findIndex((heading, column) => heading !== '' && header.indexOf(heading) < column)
  if (twice >= 0) throw new LedgerFileError(file, 1, twice + 1, `heading "${header[twice]}" stands twice`)
  if (at.fields.filter(column => column >= 0).length < 2) {
    const known = table.fields.map(each => each.column).join(', ')
    throw new LedgerFileError(file, 1, 1, `fewer than two columns of the field table are there: ${known}`)
  }
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
    return `${csvCell(id)},${csvCell(smallest.get(match.root[row]!)!)},${score},${reasons}`
  })
  return `id,cluster,score,reasons\n${lines.join('\n')}\n`
}

function pairsText(ids: readonly string[], match: RecordMatch, table: RecordTable): string {
  const lines = match.pairs.map(({ a, b, bits, levels }) => {
    const decision = match.root[a] === match.root[b] ? 'same' : 'review'
    return `${csvCell(ids[a]!)},${csvCell(ids[b]!)},${probability(bits).toFixed(4)},${decision},${reasonsOf(levels, table)}\n`
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
