import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import iconv from 'iconv-lite'
import { readBirths } from '../lists/birth-range.ts'
import { headingColumns, readDelimited, type TextRow } from '../lists/delimited-text.ts'
import { ListFileError } from '../lists/list-entry.ts'
import type { ScreeningSubject } from './screening-result.ts'

/** Columns of a subjects file; only id and kind and one of the names must be filled. */
export const SUBJECT_COLUMNS = [
  'id',
  'kind',
  'name',
  'name_kana',
  'name_en',
  'birth_date',
  'country',
  'address',
] as const

const KINDS: Record<string, 'person' | 'company'> = { person: 'person', company: 'company' }
const CHUNK_BYTES = 1024 * 1024
const LONGEST_ROW = 4_000_000

export interface SubjectsFileOptions {
  onUnknownColumn?: (heading: string) => void
  onBytes?: (read: number) => void
}

/**
 * Reads subjects from a CSV (UTF-8 or CP932, columns in any order) row by row; memory does not grow with the file except for the ids.
 * @throws ListFileError naming file, line and column: a missing column, a repeated or empty id, an unknown kind, no name, a birth date
 * that is not a date.
 */
export async function* readSubjects(
  path: string,
  options: SubjectsFileOptions = {},
): AsyncGenerator<ScreeningSubject> {
  const file = basename(path)
  let columns: Map<string, number> | undefined
  let width = 0
  const ids = new Set<string>()
  for await (const { text, line } of wholeRows(path, file, options)) {
    for (const row of readDelimited(file, text, ',', line)) {
      if (!columns) {
        columns = headingColumns(file, row, ['id', 'kind', 'name'])
        width = row.cells.length
        for (const heading of columns.keys())
          if (!(SUBJECT_COLUMNS as readonly string[]).includes(heading)) options.onUnknownColumn?.(heading)
        continue
      }
      if (row.cells.length !== width) {
        throw new ListFileError(
          file,
          `has ${row.cells.length} cells where the heading has ${width}; check quotes and commas`,
          { line: row.line, column: Math.min(row.cells.length, width) + 1 },
        )
      }
      yield toSubject(file, row, columns, ids)
    }
  }
  if (!columns) throw new ListFileError(file, 'is empty; a heading row is required', { line: 1, column: 1 })
}

function toSubject(
  file: string,
  row: TextRow,
  columns: Map<string, number>,
  ids: Set<string>,
): ScreeningSubject {
  const cell = (heading: string) => (row.cells[columns.get(heading) ?? -1] ?? '').trim()
  const refuse = (heading: string, problem: string) =>
    new ListFileError(file, problem, { line: row.line, column: (columns.get(heading) ?? 0) + 1 })
  const id = cell('id')
  if (id === '') throw refuse('id', 'has no id')
  if (ids.has(id)) throw refuse('id', `repeats the id ${id.slice(0, 60)}`)
  ids.add(id)
  const kind = KINDS[cell('kind')]
  if (!kind) throw refuse('kind', `has the kind "${cell('kind').slice(0, 60)}"; write person or company`)
  const [name, nameKana, nameEn] = [cell('name'), cell('name_kana'), cell('name_en')]
  if (name === '' && nameKana === '' && nameEn === '') throw refuse('name', 'has no name')
  const birthDate = cell('birth_date')
  if (birthDate !== '' && !readBirths(birthDate))
    throw refuse('birth_date', `has a birth_date that is not a date: "${birthDate.slice(0, 60)}"`)
  return {
    id,
    kind,
    name,
    ...(nameKana && { nameKana }),
    ...(nameEn && { nameEn }),
    ...(birthDate && { birthDate }),
    ...(cell('country') && { country: cell('country') }),
    ...(cell('address') && { address: cell('address') }),
  }
}

/** Cuts the file into texts that end where a row ends. */
async function* wholeRows(
  path: string,
  file: string,
  options: SubjectsFileOptions,
): AsyncGenerator<{ text: string; line: number }> {
  let rest = ''
  let line = 1
  for await (const part of decoded(path, file, options)) {
    rest += part
    const end = lastRowEnd(rest)
    if (end === 0) {
      if (rest.length > LONGEST_ROW)
        throw new ListFileError(file, 'opens a quote that is never closed', { line, column: 1 })
      continue
    }
    const text = rest.slice(0, end)
    yield { text, line }
    line += countLines(text)
    rest = rest.slice(end)
  }
  if (rest !== '') yield { text: rest, line }
}

/** Place after the last line break outside quotes; a doubled quote toggles twice and so changes nothing. */
function lastRowEnd(text: string): number {
  let quoted = false
  let end = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34) quoted = !quoted
    else if (code === 10 && !quoted) end = at + 1
  }
  return end
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

async function* decoded(path: string, file: string, options: SubjectsFileOptions): AsyncGenerator<string> {
  const encoding = (await isUtf8File(path)) ? 'utf8' : 'cp932'
  const decoder = iconv.getDecoder(encoding, { stripBOM: true })
  let line = 1
  let read = 0
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const text = decoder.write(chunk as Buffer)
    refuseBadText(file, text, line)
    line += countLines(text)
    read += (chunk as Buffer).length
    yield text
    options.onBytes?.(read)
  }
  const last = decoder.end()
  if (last) {
    refuseBadText(file, last, line)
    yield last
  }
}

function refuseBadText(file: string, text: string, firstLine: number): void {
  const at = text.search(/[\uFFFD\0]/u)
  if (at < 0) return
  const before = text.slice(0, at).split('\n')
  const problem =
    text[at] === '\0'
      ? 'contains a NUL character; this is not a text file'
      : 'is neither UTF-8 nor CP932 (Shift_JIS); save it again as UTF-8'
  throw new ListFileError(file, problem, {
    line: firstLine + before.length - 1,
    column: before[before.length - 1]!.length + 1,
  })
}

async function isUtf8File(path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES }))
      decoder.decode(chunk as Buffer, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
