import { type FormatProblem, problem } from '../problem.ts'
import { decodeOrNull } from './text-encoding.ts'

const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a
const MAX_ROW_BYTES = 65_536
const MAX_COLUMNS = 200

/** One row of a delimited file: its first line, its bytes as they stood in the file, and its cells without quotes. */
export interface CsvRow {
  lineNo: number
  bytes: Uint8Array
  cells: string[]
}

/**
 * Cuts a delimited file (RFC 4180 quoting) into rows, blank ones left out. Works on bytes, because the bytes of each line are kept:
 * in UTF-8 and CP932 no quote, delimiter or line end is ever part of another character. Stops at the first problem.
 */
export function* csvRows(
  bytes: Uint8Array,
  delimiter: number,
  decoder: TextDecoder,
): Generator<CsvRow | FormatProblem> {
  let lineNo = 1
  let start = 0
  let quotedSince = 0
  let inQuotes = false
  let cellStart = true
  for (let i = 0; i <= bytes.length; i++) {
    const byte = i < bytes.length ? bytes[i]! : LF
    if (i - start > MAX_ROW_BYTES) return yield tooLong(lineNo, quotedSince)
    if (inQuotes && i < bytes.length) {
      if (byte === QUOTE && bytes[i + 1] === QUOTE) i++
      else if (byte === QUOTE) inQuotes = false
      continue
    }
    if (inQuotes) return yield unclosed(quotedSince)
    if (byte === QUOTE && cellStart) {
      inQuotes = true
      quotedSince = lineNo
    }
    cellStart = byte === delimiter
    if (byte !== LF && byte !== CR) continue
    const row = rowOf(bytes.subarray(start, i), lineNo, delimiter, decoder)
    if (row !== null) yield row
    if (row !== null && 'code' in row) return
    lineNo += lineCount(bytes, start, i)
    if (byte === CR && bytes[i + 1] === LF) i++
    start = i + 1
    cellStart = true
  }
}

function rowOf(
  bytes: Uint8Array,
  lineNo: number,
  delimiter: number,
  decoder: TextDecoder,
): CsvRow | FormatProblem | null {
  const text = decodeOrNull(decoder, bytes)
  if (text === null) return undecodable(bytes, lineNo, decoder)
  if (text.trim() === '') return null
  const cells = cellsOf(text, String.fromCharCode(delimiter))
  if (cells.length <= MAX_COLUMNS) return { lineNo, bytes, cells }
  const message = `${lineNo}行目に${cells.length}列あります（${MAX_COLUMNS}列まで）。`
  return problem(
    { line: lineNo, column: MAX_COLUMNS + 1 },
    '行',
    'row_must_not_be_too_wide',
    message,
    '銀行の入出金明細のCSVか確認してください。',
  )
}

function cellsOf(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  let at = 0
  while (at <= text.length) {
    const [cell, next] = text[at] === '"' ? quotedCell(text, at, delimiter) : bareCell(text, at, delimiter)
    cells.push(cell)
    at = next
  }
  return cells
}

function bareCell(text: string, at: number, delimiter: string): [string, number] {
  const end = text.indexOf(delimiter, at)
  return end < 0 ? [text.slice(at), text.length + 1] : [text.slice(at, end), end + 1]
}

function quotedCell(text: string, at: number, delimiter: string): [string, number] {
  let end = at + 1
  while (end < text.length && !(text[end] === '"' && text[end + 1] !== '"')) end += text[end] === '"' ? 2 : 1
  const [rest, next] = bareCell(text, end + 1, delimiter)
  return [text.slice(at + 1, end).replaceAll('""', '"') + rest, next]
}

/** Lines a row covers; quoted cells may hold line ends. */
function lineCount(bytes: Uint8Array, start: number, end: number): number {
  let count = 1
  for (let i = start; i < end; i++) if (bytes[i] === LF || (bytes[i] === CR && bytes[i + 1] !== LF)) count++
  return count
}

function tooLong(lineNo: number, quotedSince: number): FormatProblem {
  const hint =
    quotedSince > 0
      ? `${quotedSince}行目の引用符「"」が閉じられているか確認してください。`
      : '銀行の入出金明細のCSVか確認してください。'
  const message = `${lineNo}行目が${MAX_ROW_BYTES}バイトを超えています。`
  return problem({ line: lineNo, column: 1 }, '行', 'row_must_not_be_too_long', message, hint)
}

function unclosed(lineNo: number): FormatProblem {
  const message = `${lineNo}行目の引用符「"」が閉じられていません。`
  return problem(
    { line: lineNo, column: 1 },
    '行',
    'quote_must_be_closed',
    message,
    '途中で切れている可能性があります。銀行からもう一度取得してください。',
  )
}

function undecodable(bytes: Uint8Array, lineNo: number, decoder: TextDecoder): FormatProblem {
  const readable = readableBytes(bytes, decoder)
  const byte = bytes[readable]!.toString(16).toUpperCase().padStart(2, '0')
  const message = `${lineNo}行目の${readable + 1}バイト目（0x${byte}）はUTF-8でもShift_JISでも読めません。`
  const remedy = '銀行からもう一度取得し、表計算などで保存し直さずに読み込んでください。'
  return problem(
    { line: lineNo, column: readable + 1 },
    '文字コード',
    'text_must_be_utf8_or_cp932',
    message,
    remedy,
  )
}

/** Bytes in front of the first one that is no text, character by character. */
function readableBytes(bytes: Uint8Array, decoder: TextDecoder): number {
  let at = 0
  while (at < bytes.length) {
    const size = [1, 2, 3, 4].find(length => decodeOrNull(decoder, bytes.subarray(at, at + length)) !== null)
    if (size === undefined) return at
    at += size
  }
  return bytes.length - 1
}
