/** Ledger files for measuring: the made-up dirty ledger and the real corporations at two dates. */
import { once } from 'node:events'
import { createWriteStream, readFileSync } from 'node:fs'
import { seededRandom } from '../hash.ts'
import { readRecords } from '../ledger-csv.ts'
import { LEDGER_COLUMNS, type LedgerRow, ledgerRow } from '../ledger-row.ts'
import { dirtyLedger } from './dirty-ledger.ts'

export type Labelled = { row: LedgerRow; company: string }

/** Real corporations of the EDINET code list at two dates seven years apart; the label is the corporate number. */
export function edinetLedger(columns: { number?: boolean; english?: boolean } = {}): Labelled[] {
  const file = new URL('./data/edinet-two-snapshots.csv', import.meta.url)
  const rows: Labelled[] = []
  let at: Record<string, number> | null = null
  readRecords(readFileSync(file, 'utf8'), 'edinet-two-snapshots.csv', 1, cells => {
    if (at === null) {
      at = Object.fromEntries(cells.map((heading, column) => [heading, column]))
      return
    }
    const cell = (heading: string) => cells[at![heading]!]!
    const company = cell('entity_corporate_number')
    const row = ledgerRow({
      id: cell('record_id'),
      name: cell('name'),
      name_kana: cell('name_kana'),
      address: cell('address'),
      name_en: columns.english === false ? '' : cell('name_en'),
      corporate_number: columns.number === true ? company : '',
    })
    rows.push({ row, company })
  })
  return rows
}

/** What is done to the numbers of the made-up ledger: nothing, all taken away, or 3 % copied from another row. */
export type Numbers = 'as-typed' | 'none' | 'copied'

/** The made-up dirty ledger with its labels. */
export function dirtyLabelled(rows: number, seed: number, numbers: Numbers = 'as-typed'): Labelled[] {
  const ledger = dirtyLedger(rows, seed).map(({ company, ...row }) => ({ row, company: String(company) }))
  const random = seededRandom(5)
  if (numbers === 'none') {
    for (const { row } of ledger)
      Object.assign(row, { corporate_number: '', invoice_registration_number: '' })
  }
  if (numbers === 'copied') {
    for (const { row } of ledger) {
      if (random() % 100 >= 3) continue
      row.corporate_number = ledger[random() % ledger.length]!.row.corporate_number
      row.invoice_registration_number = ''
    }
  }
  return ledger
}

/** Writes the ledger file and beside it `FILE.truth` with one `id,company` per line. */
export async function writeLedger(file: string, ledger: readonly Labelled[]): Promise<void> {
  await writeLines(file, LEDGER_COLUMNS.join(','), ledger.length, k => {
    const { row } = ledger[k]!
    return LEDGER_COLUMNS.map(column => quoted(row[column])).join(',')
  })
  await writeLines(
    `${file}.truth`,
    'id,company',
    ledger.length,
    k => `${ledger[k]!.row.id},${ledger[k]!.company}`,
  )
}

/** First two columns of a file written here or by the engine. */
export function readTwoColumns(file: string): Map<string, string> {
  const result = new Map<string, string>()
  let first = true
  readRecords(readFileSync(file, 'utf8'), file, 1, cells => {
    if (!first) result.set(cells[0]!, cells[1]!)
    first = false
  })
  return result
}

async function writeLines(
  file: string,
  head: string,
  count: number,
  lineOf: (k: number) => string,
): Promise<void> {
  const out = createWriteStream(file)
  let buffer = `${head}\n`
  for (let k = 0; k < count; k++) {
    buffer += `${lineOf(k)}\n`
    if (buffer.length < 1 << 20) continue
    if (!out.write(buffer)) await once(out, 'drain')
    buffer = ''
  }
  out.end(buffer)
  await once(out, 'finish')
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
