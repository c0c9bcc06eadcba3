import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { refuseFile } from './file-table.ts'
import type { ZipArchive, ZipEntry } from './zip-entries.ts'

/** More text than this between two tags is no workbook; the parser would gather it in memory. */
const LONGEST_PIECE = 1 << 20
const DEEPEST = 60
const MOST_SHARED_STRINGS = 3_000_000
const MOST_SHARED_CHARACTERS = 80_000_000

export interface XmlHandlers {
  open(tag: SaxesTagPlain): void
  close(name: string): void
  text?(text: string): void
}

/**
 * Reads one XML part as it is unpacked, in bounded memory: declarations, comments and CDATA, endless text and endless nesting are
 * refused, and entities beyond XML's five are unknown to the parser. Yields after each piece, so that a reader can hand rows on.
 */
export async function* parseXml(
  archive: ZipArchive,
  fileName: string,
  entry: ZipEntry,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const damaged = (): never =>
    refuseFile(
      'file_must_not_be_damaged',
      fileName,
      {},
      `ブックの中の ${entry.name} を読めません。Excelで開いて保存し直してください。`,
    )
  const parser = new SaxesParser({ position: false })
  let depth = 0
  parser.on('error', damaged)
  parser.on('opentag', tag => {
    if (++depth > DEEPEST) damaged()
    handlers.open(tag as SaxesTagPlain)
  })
  parser.on('closetag', tag => {
    depth--
    handlers.close(tag.name)
  })
  if (handlers.text) parser.on('text', handlers.text)
  const decoder = new TextDecoder('utf-8')
  let last = ''
  let withoutTag = 0
  for await (const bytes of archive.unpack(entry)) {
    const text = decoder.decode(bytes, { stream: true })
    if ((last + text).includes('<!')) damaged()
    withoutTag = text.includes('<') ? text.length - text.lastIndexOf('<') : withoutTag + text.length
    if (withoutTag > LONGEST_PIECE) damaged()
    last = text.slice(-1)
    parser.write(text)
    yield
  }
  parser.close()
}

/** A part without its name space, whatever prefix the writer chose. */
export const localName = (name: string) => name.slice(name.indexOf(':') + 1)

export interface SheetPart {
  name: string
  hidden: boolean
  entry: ZipEntry
}

export interface WorkbookParts {
  sheets: SheetPart[]
  /** Days are counted from 1904 instead of 1900. */
  from1904: boolean
  /** What a number means, by the index of its cell's style. */
  formats: NumberFormat[]
}

export type NumberFormat = 'number' | 'date' | 'percent'

async function readAll(
  archive: ZipArchive,
  fileName: string,
  entry: ZipEntry,
  handlers: XmlHandlers,
): Promise<void> {
  for await (const _ of parseXml(archive, fileName, entry, handlers));
}

/** Sheets in the order of their tabs, the epoch, and which styles are dates. */
export async function readWorkbookParts(archive: ZipArchive, fileName: string): Promise<WorkbookParts> {
  const book = archive.entry('xl/workbook.xml')
  if (!book)
    refuseFile('file_content_must_match_its_name', fileName, {}, 'Excelブック（.xlsx）ではありません。')
  const named: { name: string; hidden: boolean; relation: string }[] = []
  let from1904 = false
  await readAll(archive, fileName, book, {
    open: ({ name, attributes }) => {
      if (localName(name) === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '')
      if (localName(name) !== 'sheet') return
      const relation = Object.entries(attributes).find(([key]) => /^(?:\w+:)?id$/.test(key) && key !== 'id')
      named.push({
        name: attributes.name ?? '',
        hidden: (attributes.state ?? 'visible') !== 'visible',
        relation: relation?.[1] ?? '',
      })
    },
    close: () => {},
  })
  const targets = new Map<string, string>()
  const relations = archive.entry('xl/_rels/workbook.xml.rels')
  if (relations)
    await readAll(archive, fileName, relations, {
      open: ({ name, attributes }) => {
        if (localName(name) === 'Relationship' && attributes.Id && attributes.Target)
          targets.set(attributes.Id, attributes.Target)
      },
      close: () => {},
    })
  const sheets = named.flatMap(({ name, hidden, relation }) => {
    const target = targets.get(relation)?.replace(/^\/?(?:xl\/)?/, 'xl/')
    const entry = target === undefined ? undefined : archive.entry(target)
    return entry && /worksheets\//.test(entry.name) ? [{ name, hidden, entry }] : []
  })
  return { sheets, from1904, formats: await readFormats(archive, fileName) }
}

/** Built-in numbers of date formats, the Japanese ones included (ECMA-376 part 1, 18.8.30). */
const isBuiltInDate = (number: number) =>
  (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 58)

async function readFormats(archive: ZipArchive, fileName: string): Promise<NumberFormat[]> {
  const styles = archive.entry('xl/styles.xml')
  if (!styles) return []
  const custom = new Map<number, NumberFormat>()
  const formats: NumberFormat[] = []
  let inCells = false
  await readAll(archive, fileName, styles, {
    open: ({ name, attributes }) => {
      const tag = localName(name)
      if (tag === 'numFmt') custom.set(Number(attributes.numFmtId), meaningOf(attributes.formatCode ?? ''))
      if (tag === 'cellXfs') inCells = true
      if (tag !== 'xf' || !inCells) return
      const number = Number(attributes.numFmtId ?? 0)
      const percent = number === 9 || number === 10
      formats.push(custom.get(number) ?? (isBuiltInDate(number) ? 'date' : percent ? 'percent' : 'number'))
    },
    close: name => {
      if (localName(name) === 'cellXfs') inCells = false
    },
  })
  return formats
}

/** What a format code shows; quoted words, colours and locales in brackets do not count. */
function meaningOf(code: string): NumberFormat {
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  if (/[ymdge]/i.test(bare.replace(/General|E[+-]/gi, ''))) return 'date'
  return bare.includes('%') ? 'percent' : 'number'
}

/** Texts which cells share; readings above the characters (ふりがな) are not part of them. */
export async function readSharedStrings(archive: ZipArchive, fileName: string): Promise<string[]> {
  const part = archive.entry('xl/sharedStrings.xml')
  if (!part) return []
  const strings: string[] = []
  let characters = 0
  let current = ''
  let reading = 0
  let inText = false
  await readAll(archive, fileName, part, {
    open: ({ name }) => {
      const tag = localName(name)
      if (tag === 'si') current = ''
      else if (tag === 'rPh') reading++
      else if (tag === 't') inText = reading === 0
    },
    text: text => {
      if (inText) current += text
    },
    close: name => {
      const tag = localName(name)
      if (tag === 't') inText = false
      else if (tag === 'rPh') reading--
      else if (tag === 'si') {
        characters += current.length
        if (strings.length >= MOST_SHARED_STRINGS || characters > MOST_SHARED_CHARACTERS)
          refuseFile(
            'file_must_not_unpack_too_large',
            fileName,
            {},
            'ブックの文字が多すぎます。必要な列と行だけのブックに保存し直すか、CSVにしてください。',
          )
        strings.push(current)
      }
    },
  })
  return strings
}
