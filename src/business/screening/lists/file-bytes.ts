import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { ListFileError } from './list-entry.ts'

/** No published list is near this size; beyond it a file is a mistake or an attack. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024

export interface FileBytes {
  /** File name without folders, as shown to people. */
  file: string
  bytes: Buffer
  sha256: string
}

/** Reads a whole file within bounds; `.gz` is unpacked with a bound on the result. The hash is over the stored bytes. */
export function readBounded(path: string, maxBytes: number = MAX_FILE_BYTES): FileBytes {
  const file = basename(path)
  const size = statSync(path).size
  if (size > maxBytes)
    throw new ListFileError(file, `the file has ${size} bytes, more than the ${maxBytes} allowed`)
  const stored = readFileSync(path)
  const sha256 = createHash('sha256').update(stored).digest('hex')
  const isGzip = stored.length > 2 && stored[0] === 0x1f && stored[1] === 0x8b
  return { file, bytes: isGzip ? unpackGzip(file, stored, maxBytes) : stored, sha256 }
}

function unpackGzip(file: string, stored: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(stored, { maxOutputLength: maxBytes })
  } catch (error) {
    const tooLarge = error instanceof RangeError
    throw new ListFileError(
      file,
      tooLarge
        ? `unpacks to more than ${maxBytes} bytes; refused as a possible bomb`
        : 'is not a whole gzip file; fetch it again',
    )
  }
}

/** Decodes UTF-8 (a byte order mark is dropped) and refuses anything else, naming the line. */
export function decodeUtf8(file: string, bytes: Buffer): string {
  if (!isUtf8(bytes))
    throw new ListFileError(file, 'is not UTF-8; fetch the file again or convert it', placeOfBadByte(bytes))
  const text = bytes.toString('utf8')
  refuseNul(file, text)
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** Decodes UTF-8, or else CP932 as Japanese offices save it; refuses bytes that are neither. */
export function decodeJapanese(file: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return decodeUtf8(file, bytes)
  const text = iconv.decode(bytes, 'cp932')
  const bad = text.indexOf('\uFFFD')
  if (bad >= 0) {
    const before = text.slice(0, bad).split('\n')
    throw new ListFileError(file, 'is neither UTF-8 nor CP932 (Shift_JIS); save it again as UTF-8', {
      line: before.length,
      column: before[before.length - 1]!.length + 1,
    })
  }
  refuseNul(file, text)
  return text
}

function placeOfBadByte(bytes: Buffer): { line: number; column: number } {
  let line = 1
  let start = 0
  while (start < bytes.length) {
    const end = bytes.indexOf(0x0a, start)
    const row = bytes.subarray(start, end < 0 ? bytes.length : end)
    if (!isUtf8(row)) return { line, column: row.toString('utf8').indexOf('\uFFFD') + 1 }
    if (end < 0) break
    start = end + 1
    line += 1
  }
  return { line, column: 1 }
}

function refuseNul(file: string, text: string): void {
  const at = text.indexOf('\0')
  if (at < 0) return
  const before = text.slice(0, at).split('\n')
  throw new ListFileError(file, 'contains a NUL character; this is not a text file', {
    line: before.length,
    column: before[before.length - 1]!.length + 1,
  })
}
