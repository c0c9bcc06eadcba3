import { type FileRow, refuseFile } from './file-table.ts'
import type { ZipArchive, ZipEntry } from './zip-entries.ts'

/** A sheet that is laid out like a poster is no ledger. */
const MOST_MERGES = 20_000
/** No reference of a merged range is longer, so two pieces of the file never hide one between them. */
const LONGEST_TAG = 200
const MERGE = /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7})(?::([A-Z]{1,3}\d{1,7}))?"/g

/** A range of merged cells; lines from 1, columns from 0, both ends included. */
export interface MergedCells {
  line: number
  lastLine: number
  column: number
}

/** The merged ranges of a sheet that reach over several lines; read before its rows, because they stand behind them. */
export async function readMergedCells(
  archive: ZipArchive,
  fileName: string,
  entry: ZipEntry,
): Promise<MergedCells[]> {
  const merged: MergedCells[] = []
  let rest = ''
  for await (const bytes of archive.unpack(entry)) {
    const text = rest + bytes.toString('latin1')
    if (text.includes('mergeCell '))
      for (const [, first, last = first] of text.matchAll(MERGE)) {
        const cells = { line: lineOf(first!), lastLine: lineOf(last!), column: columnOf(first!) }
        if (cells.lastLine > cells.line) merged.push(cells)
        if (merged.length > MOST_MERGES)
          refuseFile(
            'cells_must_not_be_merged',
            fileName,
            { line: cells.line, column: cells.column + 1 },
            `結合されたセルが多すぎます（上限${MOST_MERGES.toLocaleString('ja-JP')}か所）。結合を解除して保存し直してください。`,
          )
      }
    // A match at the very end would be found again in the next piece: only what may still be incomplete is carried over.
    const open = text.lastIndexOf('<')
    rest =
      open >= 0 && text.length - open < LONGEST_TAG && !text.slice(open).includes('>') ? text.slice(open) : ''
  }
  return merged.sort((a, b) => a.line - b.line || a.column - b.column)
}

/** Puts the value of a range's first cell into its lower lines, as it is seen on the screen; rows come in order. */
export class MergedFiller {
  readonly #waiting: readonly MergedCells[]
  #next = 0
  #open: { cells: MergedCells; value: string | null }[] = []

  constructor(merged: readonly MergedCells[]) {
    this.#waiting = merged
  }

  /** Fills a row that holds something of its own; what stands there already stays. */
  fill({ line, cells }: FileRow): void {
    while (this.#next < this.#waiting.length && this.#waiting[this.#next]!.line <= line)
      this.#open.push({ cells: this.#waiting[this.#next++]!, value: null })
    if (this.#open.length === 0) return
    this.#open = this.#open.filter(one => one.cells.lastLine >= line)
    for (const one of this.#open) {
      const { column } = one.cells
      if (line === one.cells.line) one.value = cells[column] ?? null
      else if (one.value && !cells[column]) cells[column] = one.value
    }
  }
}

const lineOf = (ref: string) => Number(/\d+$/.exec(ref)![0])

/** Column of a reference such as BC12, from 0. */
export function columnOf(ref: string): number {
  let column = 0
  for (const letter of ref) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    column = column * 26 + value
  }
  return column - 1
}
