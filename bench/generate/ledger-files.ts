import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import { encodeCp932, type LostCharacter } from './cp932.ts'
import { LEDGER_HEADINGS, type LedgerEntry, type LedgerHeading, type LedgerTruth } from './ledger.ts'

/** Headings as an office writes them, for the import wizard to guess. */
export const JAPANESE_HEADINGS: Readonly<Record<LedgerHeading, string>> = {
  id: '管理番号',
  name: '法人名',
  name_kana: '法人名カナ',
  corporate_number: '法人番号',
  invoice_registration_number: '登録番号',
  postal_code: '郵便番号',
  address: '住所',
  phone: '電話番号',
  representative: '代表者名',
  established_on: '設立年月日',
}

export const TRUTH_HEADINGS = ['id', 'entity', 'establishment', 'kind', 'number', 'marks'] as const

export type CsvOptions = {
  encoding: 'utf8' | 'utf8-bom' | 'cp932'
  headings: 'external' | 'japanese'
  /** What to do with a character that CP932 lacks: write 〓 and report it, or stop. */
  onLost?: 'geta' | 'refuse'
  /** Rows of truth, one per row written, to another file. */
  truth?: string
}

export type WrittenLedger = {
  rows: number
  bytes: number
  /** How many characters became 〓, and the first hundred of them with their place. */
  lostCharacters: number
  lost: LostCharacter[]
}

const FLUSH_AT = 1 << 18
const REPORTED = 100
const XLSX_QUEUE = 1 << 20

/** Writes the entries as CSV (RFC 4180, CRLF), holding no more than a buffer of rows in memory. */
export async function writeLedgerCsv(
  path: string,
  entries: Iterable<LedgerEntry>,
  options: CsvOptions,
): Promise<WrittenLedger> {
  const file = new CsvFile(path, options)
  const truth =
    options.truth === undefined ? null : new CsvFile(options.truth, { ...options, encoding: 'utf8' })
  try {
    await file.write(headingRow(options.headings))
    await truth?.write(TRUTH_HEADINGS)
    for (const { row, truth: label } of entries) {
      await file.write(LEDGER_HEADINGS.map(heading => row[heading]))
      await truth?.write(truthCells(label))
    }
  } catch (error) {
    await Promise.all([file.remove(), truth?.remove()])
    throw error
  }
  await Promise.all([file.close(), truth?.close()])
  return file.report()
}

/** Writes one sheet 顧客台帳 by ExcelJS in streaming mode. All cells are text, as numbers would lose leading zeros. */
export async function writeLedgerXlsx(
  path: string,
  entries: Iterable<LedgerEntry>,
  options: { headings: 'external' | 'japanese'; truth?: string },
): Promise<WrittenLedger> {
  const out = createWriteStream(path)
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: out,
    useSharedStrings: false,
    useStyles: false,
  })
  const sheet = book.addWorksheet('顧客台帳')
  const truth =
    options.truth === undefined
      ? null
      : new CsvFile(options.truth, { encoding: 'utf8', headings: 'external' })
  await truth?.write(TRUTH_HEADINGS)
  sheet.addRow(headingRow(options.headings)).commit()
  let rows = 0
  for (const { row, truth: label } of entries) {
    sheet.addRow(LEDGER_HEADINGS.map(heading => row[heading] || null)).commit()
    await truth?.write(truthCells(label))
    rows++
    if (rows % 500 === 0) await settled(sheet)
  }
  await book.commit()
  await truth?.close()
  return { rows, bytes: out.bytesWritten, lostCharacters: 0, lost: [] }
}

function headingRow(headings: CsvOptions['headings']): string[] {
  return LEDGER_HEADINGS.map(heading => (headings === 'japanese' ? JAPANESE_HEADINGS[heading] : heading))
}

function truthCells(label: LedgerTruth): string[] {
  return [
    label.id,
    String(label.entity),
    String(label.establishment),
    label.kind,
    label.number,
    label.marks.join(';'),
  ]
}

/** ExcelJS hands rows to its zip stream without waiting for it; this waits, so that they do not pile up in memory. */
async function settled(sheet: ExcelJS.Worksheet): Promise<void> {
  const { stream } = sheet as unknown as { stream: { pipes: { _writableState: { length: number } }[] } }
  do await new Promise(resolve => setImmediate(resolve))
  while (stream.pipes.some(pipe => pipe._writableState.length > XLSX_QUEUE))
}

class CsvFile {
  private readonly path: string
  private readonly stream
  private readonly options: CsvOptions
  private chunks: string[] = []
  private length = 0
  private written = -1
  private lostCount = 0
  private readonly lost: LostCharacter[] = []

  constructor(path: string, options: CsvOptions) {
    this.path = path
    this.stream = createWriteStream(path)
    this.options = options
    if (options.encoding === 'utf8-bom') this.stream.write('\ufeff')
  }

  async write(cells: readonly string[]): Promise<void> {
    this.written++
    if (this.options.encoding === 'cp932') this.checkLost(cells)
    const line = `${cells.map(quoted).join(',')}\r\n`
    this.chunks.push(line)
    this.length += line.length
    if (this.length >= FLUSH_AT) await this.flush()
  }

  async close(): Promise<void> {
    await this.flush()
    this.stream.end()
    await once(this.stream, 'close')
  }

  /** A refused file leaves nothing behind. */
  async remove(): Promise<void> {
    await this.close()
    await rm(this.path)
  }

  report(): WrittenLedger {
    return {
      rows: this.written,
      bytes: this.stream.bytesWritten,
      lostCharacters: this.lostCount,
      lost: this.lost,
    }
  }

  private async flush(): Promise<void> {
    const text = this.chunks.join('')
    this.chunks = []
    this.length = 0
    const bytes = this.options.encoding === 'cp932' ? encodeCp932(text, () => {}) : Buffer.from(text)
    if (!this.stream.write(bytes)) await once(this.stream, 'drain')
  }

  private checkLost(cells: readonly string[]): void {
    cells.forEach((cell, at) => {
      encodeCp932(cell, character => {
        const place = { row: this.written + 1, column: LEDGER_HEADINGS[at] ?? String(at + 1), character }
        if (this.options.onLost === 'refuse')
          throw new Error(
            `row ${place.row}, column ${place.column}: 「${character}」 is not in CP932; write UTF-8, or choose geta to replace it by 〓`,
          )
        this.lostCount++
        if (this.lost.length < REPORTED) this.lost.push(place)
      })
    })
  }
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
