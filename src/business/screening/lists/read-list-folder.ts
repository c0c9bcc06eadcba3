import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readDelimited } from './delimited-text.ts'
import { readDeniedPersons } from './denied-persons.ts'
import { readEuCsv, readEuXml } from './european-union.ts'
import { decodeJapanese, decodeUtf8, type FileBytes, readBounded } from './file-bytes.ts'
import { readFinanceMinistry } from './finance-ministry.ts'
import { readHouseList } from './house-list.ts'
import {
  LIST_TITLES,
  type ListEntry,
  ListFileError,
  type ListProblem,
  type LoadedList,
} from './list-entry.ts'
import { readOfac } from './ofac.ts'
import { readOpenSanctions } from './open-sanctions.ts'
import { readUnitedNations } from './united-nations.ts'
import { readWorkbookSheets } from './workbook-sheets.ts'

type OfacRole = 'primary' | 'aliases' | 'addresses' | 'comments'
type Recognised =
  | { format: 'ofac'; list: 'OFAC-SDN' | 'OFAC-CONS'; role: OfacRole }
  | { format: 'un' | 'eu-xml' | 'eu-csv' | 'opensanctions' | 'dpl' | 'house' | 'mof-csv' | 'mof-xlsx' }

interface Source extends FileBytes {
  recognised: Recognised
}

/** Papers about the lists, which are not lists. */
const NOT_LISTS = /^(?:\.|SOURCES|README|LICEN[CS]E)/iu

/**
 * Loads every list in a folder, recognising each file by its content, not by its name. `.gz` files are unpacked.
 * A file that is not understood is an error, never skipped; only SOURCES, README and LICENSE papers and hidden files are left out.
 * @throws ListFileError naming file, line and column.
 */
export async function readListFolder(dir: string): Promise<LoadedList[]> {
  const sources: Source[] = []
  if (!existsSync(dir))
    throw new ListFileError(dir, 'does not exist; name the folder that holds the list files')
  for (const name of readdirSync(dir).sort()) {
    if (NOT_LISTS.test(name)) continue
    const path = join(dir, name)
    if (!statSync(path).isFile())
      throw new ListFileError(name, 'is a folder; put list files directly into the folder')
    const read = readBounded(path)
    sources.push({ ...read, recognised: recognise(read) })
  }
  if (sources.length === 0) throw new ListFileError(dir, 'holds no list file')
  const lists: LoadedList[] = []
  for (const list of ['OFAC-SDN', 'OFAC-CONS'] as const) {
    const parts = sources.filter(
      source => source.recognised.format === 'ofac' && source.recognised.list === list,
    )
    if (parts.length > 0) lists.push(loadOfac(list, parts))
  }
  for (const source of sources) if (source.recognised.format !== 'ofac') lists.push(await loadSingle(source))
  refuseTwice(lists)
  return lists
}

/** Tells what a file is from its first bytes, its heading or the shape of its first row. */
function recognise(source: FileBytes): Recognised {
  const { file, bytes } = source
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { format: 'mof-xlsx' }
  const head = bytes
    .subarray(0, 4096)
    .toString('utf8')
    .replace(/^\uFEFF/u, '')
  if (/^\s*</u.test(head)) {
    if (head.includes('<CONSOLIDATED_LIST')) return { format: 'un' }
    if (/<(?:\w+:)?export[\s>]/u.test(head) || head.includes('<sanctionEntity')) return { format: 'eu-xml' }
    if (/<!(?:DOCTYPE|ENTITY)/iu.test(head))
      throw new ListFileError(
        file,
        'declares a document type or entity, which no published list does; refused',
        { line: 1, column: 1 },
      )
    throw new ListFileError(
      file,
      'is XML of an unknown kind; the UN list starts with CONSOLIDATED_LIST, the EU list with export',
      { line: 1, column: 1 },
    )
  }
  if (head.includes('"Name"\t"Street_Address"') || head.startsWith('Name\tStreet_Address'))
    return { format: 'dpl' }
  if (head.split('\n', 1)[0]!.includes('Entity_LogicalId')) return { format: 'eu-csv' }
  return recogniseTable(file, bytes)
}

function recogniseTable(file: string, bytes: Buffer): Recognised {
  const end = bytes.indexOf(0x0a, Math.min(bytes.length, 64 * 1024))
  const text = decodeJapanese(file, end < 0 ? bytes : bytes.subarray(0, end + 1))
  const rows = firstRows(file, text, 12)
  const first = rows[0]?.cells.map(cell => cell.trim()) ?? []
  if (first.includes('id') && first.includes('schema') && first.includes('name'))
    return { format: 'opensanctions' }
  if (first.includes('name') && first.includes('reason')) return { format: 'house' }
  if (rows.some(row => row.cells[0]?.normalize('NFKC').replace(/\s+/gu, '').includes('告示日付')))
    return { format: 'mof-csv' }
  if (/^\d+$/u.test(first[0] ?? '')) {
    const list = /cons/iu.test(file) ? 'OFAC-CONS' : 'OFAC-SDN'
    const role = ({ 12: 'primary', 5: 'aliases', 6: 'addresses', 2: 'comments' } as Record<number, OfacRole>)[
      first.length
    ]
    if (role) return { format: 'ofac', list, role }
  }
  throw new ListFileError(
    file,
    'is not a list of a known layout; remove it or convert it to the house layout name,name_kana,kind,birth_date,address,reason,source,listed_on',
    { line: rows[0]?.line ?? 1, column: 1 },
  )
}

function firstRows(file: string, text: string, count: number) {
  const rows = []
  for (const row of readDelimited(file, text)) {
    rows.push(row)
    if (rows.length >= count) break
  }
  return rows
}

function loadOfac(list: 'OFAC-SDN' | 'OFAC-CONS', parts: Source[]): LoadedList {
  const byRole = new Map<OfacRole, Source>()
  for (const part of parts) {
    const role = part.recognised.format === 'ofac' ? part.recognised.role : 'primary'
    const other = byRole.get(role)
    if (other) throw new ListFileError(part.file, `holds ${role} of ${list}, as does ${other.file}; keep one`)
    byRole.set(role, part)
  }
  const text = (role: OfacRole) => {
    const source = byRole.get(role)
    return source ? { file: source.file, text: decodeUtf8(source.file, source.bytes) } : undefined
  }
  const primary = text('primary')
  if (!primary)
    throw new ListFileError(
      parts[0]!.file,
      `belongs to ${list}, but its primary file (${list === 'OFAC-SDN' ? 'sdn.csv' : 'cons_prim.csv'}) is missing`,
    )
  const [aliases, addresses, comments] = [text('aliases'), text('addresses'), text('comments')]
  const { entries, problems } = readOfac(list, {
    primary,
    ...(aliases && { aliases }),
    ...(addresses && { addresses }),
    ...(comments && { comments }),
  })
  return assemble(list, LIST_TITLES[list]!, parts, entries, problems, dayInName(primary.file))
}

async function loadSingle(source: Source): Promise<LoadedList> {
  const { file, bytes } = source
  switch (source.recognised.format) {
    case 'un': {
      const read = readUnitedNations(file, decodeUtf8(file, bytes))
      return assemble('UN', LIST_TITLES.UN!, [source], read.entries, read.problems, read.publishedOn)
    }
    case 'eu-xml':
    case 'eu-csv': {
      const read =
        source.recognised.format === 'eu-xml'
          ? readEuXml(file, decodeUtf8(file, bytes))
          : readEuCsv(file, decodeUtf8(file, bytes))
      return assemble('EU', LIST_TITLES.EU!, [source], read.entries, read.problems, read.publishedOn)
    }
    case 'opensanctions': {
      const read = readOpenSanctions(file, decodeUtf8(file, bytes))
      return assemble(
        'OPENSANCTIONS',
        LIST_TITLES.OPENSANCTIONS!,
        [source],
        read.entries,
        read.problems,
        undefined,
      )
    }
    case 'dpl':
      return assemble(
        'BIS-DPL',
        LIST_TITLES['BIS-DPL']!,
        [source],
        readDeniedPersons(file, decodeUtf8(file, bytes)).entries,
        [],
        undefined,
      )
    case 'mof-csv': {
      const rows = [...readDelimited(file, decodeJapanese(file, bytes))]
      const read = readFinanceMinistry(file, [{ sheet: 'csv', rows }])
      return assemble('JP-MOF', LIST_TITLES['JP-MOF']!, [source], read.entries, read.problems, undefined)
    }
    case 'mof-xlsx': {
      const read = readFinanceMinistry(file, await readWorkbookSheets(file, bytes))
      return assemble('JP-MOF', LIST_TITLES['JP-MOF']!, [source], read.entries, read.problems, undefined)
    }
    default: {
      const name = file.replace(/\.gz$/iu, '').replace(/\.[^.]+$/u, '')
      const list = `HOUSE:${name}`
      const read = readHouseList(list, file, decodeJapanese(file, bytes))
      return assemble(list, `社内リスト（${name}）`, [source], read.entries, read.problems, undefined)
    }
  }
}

function assemble(
  list: string,
  title: string,
  sources: Source[],
  entries: ListEntry[],
  problems: ListProblem[],
  publishedOn: string | undefined,
): LoadedList {
  const day = publishedOn ?? sources.map(source => dayInName(source.file)).find(found => found !== undefined)
  const files = sources.map(source => ({ file: source.file, sha256: source.sha256, rows: countRows(source) }))
  const sha256 = createHash('sha256')
    .update(files.map(part => part.sha256).join('\n'))
    .digest('hex')
  return { list, title, ...(day && { publishedOn: day }), files, sha256, entries, problems }
}

function dayInName(file: string): string | undefined {
  return /\d{4}-\d{2}-\d{2}/u.exec(file)?.[0]
}

/** Lines that hold something; for workbooks the parts cannot be counted so, and 0 is given. */
function countRows(source: Source): number {
  if (source.recognised.format === 'mof-xlsx') return 0
  let rows = 0
  for (let at = source.bytes.indexOf(0x0a); at >= 0; at = source.bytes.indexOf(0x0a, at + 1)) rows += 1
  return rows
}

function refuseTwice(lists: LoadedList[]): void {
  const seen = new Map<string, string>()
  for (const list of lists) {
    const file = list.files[0]!.file
    const other = seen.get(list.list)
    if (other !== undefined)
      throw new ListFileError(file, `is the list ${list.list}, as is ${other}; keep one`)
    seen.set(list.list, file)
  }
}
