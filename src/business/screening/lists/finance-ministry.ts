import { createHash } from 'node:crypto'
import { readBirths } from './birth-range.ts'
import { countryOrWords } from './countries.ts'
import {
  addName,
  type EntryKind,
  type ListEntry,
  ListFileError,
  type ListProblem,
  type NameQuality,
} from './list-entry.ts'

/** One sheet of the workbook, or the whole of a CSV copy: rows of cells as text, with the sheet's name for messages. */
export interface MinistrySheet {
  sheet: string
  rows: { line: number; cells: string[] }[]
}

type Field =
  | 'notifiedOn'
  | 'notificationNo'
  | 'japanese'
  | 'english'
  | 'alias'
  | 'weakAlias'
  | 'formerName'
  | 'title'
  | 'position'
  | 'birth'
  | 'birthPlace'
  | 'nationality'
  | 'passport'
  | 'idNumber'
  | 'address'
  | 'area'
  | 'listedOn'
  | 'designatedOn'
  | 'reference'
  | 'grounds'
  | 'details'
  | 'contact'

/** Column titles with blanks removed and width folded (JR §3.11); the workbook pads them freely and each sheet has its own set. */
const TITLES: Record<string, Field> = {
  告示日付: 'notifiedOn',
  告示番号: 'notificationNo',
  日本語表記: 'japanese',
  英語表記: 'english',
  別名: 'alias',
  別称: 'alias',
  '別称・別名': 'alias',
  '別名・別称': 'alias',
  '別称・旧称': 'alias',
  確定可能な別名: 'alias',
  確定に十分でない別名: 'weakAlias',
  旧称: 'formerName',
  以前の別名: 'formerName',
  過去の別名: 'formerName',
  '旧称・以前の呼称': 'formerName',
  称号: 'title',
  役職: 'position',
  肩書: 'position',
  肩書等: 'position',
  '役職/肩書': 'position',
  生年月日: 'birth',
  '生年月日・出生地': 'birth',
  出生地: 'birthPlace',
  '出生地・出身地': 'birthPlace',
  国籍: 'nationality',
  旅券番号: 'passport',
  ID番号: 'idNumber',
  身分証番号: 'idNumber',
  身分登録番号: 'idNumber',
  住所: 'address',
  所在地: 'address',
  '住所・所在地': 'address',
  住所等: 'address',
  '住所/所在地': 'address',
  '所在地・住所登録された事務所の住所': 'address',
  活動地域: 'area',
  '活動地域・住所': 'address',
  リスト掲載日: 'listedOn',
  国連制裁委員会による指定日: 'designatedOn',
  国連制裁員会による指定日: 'designatedOn',
  国連参照番号: 'reference',
  指定の根拠: 'grounds',
  決議1483上の根拠: 'grounds',
  その他の情報: 'details',
  詳細: 'details',
  電話番号: 'contact',
  電話: 'contact',
  FAX: 'contact',
  '電話/FAX': 'contact',
}

/**
 * Reads the Ministry of Finance list (外為法, JR §3.11): sheet row 1 names the program, the heading is the row whose first cell
 * holds 告示日付. An unknown title or a missing program stops the load, so that a changed layout is never half read.
 */
export function readFinanceMinistry(
  file: string,
  sheets: MinistrySheet[],
): { entries: ListEntry[]; problems: ListProblem[] } {
  const problems: ListProblem[] = []
  const entries = sheets.flatMap(sheet => readSheet(file, sheet, problems))
  if (entries.length === 0)
    throw new ListFileError(file, 'has no row under a heading 告示日付', { line: 1, column: 1 })
  return { entries, problems }
}

function readSheet(file: string, sheet: MinistrySheet, problems: ListProblem[]): ListEntry[] {
  const filled = sheet.rows.filter(row => row.cells.some(cell => cell.trim() !== ''))
  if (filled.length === 0) return []
  const place = `${file} [${sheet.sheet}]`
  const headingAt = filled.findIndex(row => bare(row.cells[0] ?? '').includes('告示日付'))
  if (headingAt < 0)
    throw new ListFileError(place, 'has no heading row whose first cell is 告示日付', {
      line: filled[0]!.line,
      column: 1,
    })
  const program =
    headingAt === 0
      ? ''
      : filled[0]!.cells
          .map(cell => cell.trim())
          .filter(cell => cell !== '')
          .join(' / ')
  if (program === '')
    throw new ListFileError(place, 'does not name its program (section) in the first row', {
      line: filled[0]!.line,
      column: 1,
    })
  const heading = filled[headingAt]!
  const fields = heading.cells.map((cell, index) => fieldOf(place, cell, heading.line, index))
  const entries: ListEntry[] = []
  for (const row of filled.slice(headingAt + 1)) {
    const entry = readRow(place, program, fields, row, problems)
    if (entry) entries.push(entry)
  }
  return entries
}

function fieldOf(place: string, cell: string, line: number, index: number): Field | undefined {
  const title = bare(cell)
  if (title === '') return undefined
  const field = TITLES[title]
  if (!field)
    throw new ListFileError(
      place,
      `has the unknown column title "${title}"; the layout has changed, keep the old list and report it`,
      { line, column: index + 1 },
    )
  return field
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/\s+/gu, '').replaceAll('･', '・')
}

function readRow(
  place: string,
  program: string,
  fields: (Field | undefined)[],
  row: { line: number; cells: string[] },
  problems: ListProblem[],
): ListEntry | undefined {
  const cellsOf = (field: Field) =>
    row.cells.filter((cell, index) => fields[index] === field && cell.trim() !== '' && cell.trim() !== '不明')
  const stray = row.cells.findIndex((cell, index) => fields[index] === undefined && cell.trim() !== '')
  if (stray >= 0)
    throw new ListFileError(place, 'has a value in a column without a title', {
      line: row.line,
      column: stray + 1,
    })
  const japanese = cellsOf('japanese')
  const english = cellsOf('english')
  if (japanese.length + english.length === 0) {
    problems.push({
      file: place,
      line: row.line,
      code: 'no_name',
      message: 'the row has no name and was not loaded',
    })
    return undefined
  }
  const reference = cellsOf('reference')[0]?.trim()
  const digest = createHash('sha256')
    .update([program, ...japanese, ...english].join('\u0000'))
    .digest('hex')
    .slice(0, 12)
  const entry: ListEntry = {
    list: 'JP-MOF',
    entryId: reference ? `${reference}-${digest.slice(0, 6)}` : digest,
    kind: kindOf(program, cellsOf),
    names: [],
    births: [],
    countries: [],
    addresses: [],
    identifiers: [],
    programs: [program],
  }
  for (const cell of japanese) addNames(entry, cell, 'primary')
  for (const cell of english) addNames(entry, cell, 'primary')
  for (const cell of [...cellsOf('alias'), ...cellsOf('formerName')]) addNames(entry, cell, 'strong')
  for (const cell of cellsOf('weakAlias')) addNames(entry, cell, 'weak')
  addFacts(place, entry, row.line, cellsOf, problems)
  return entry
}

/** Sheets of persons only or of bodies only say so in the program; in mixed ones a birth, birthplace or passport makes a person. */
function kindOf(program: string, cellsOf: (field: Field) => string[]): EntryKind {
  const persons = /個人/u.test(program)
  const bodies = /団体|銀行|機関|グループ/u.test(program)
  if (persons && !bodies) return 'person'
  if (bodies && !persons) return 'company'
  return cellsOf('birth').length + cellsOf('birthPlace').length + cellsOf('passport').length > 0
    ? 'person'
    : 'other'
}

function addFacts(
  place: string,
  entry: ListEntry,
  line: number,
  cellsOf: (field: Field) => string[],
  problems: ListProblem[],
): void {
  for (const cell of cellsOf('birth')) {
    const births = readBirths(cell)
    if (births) entry.births.push(...births)
    else
      problems.push({
        file: place,
        line,
        code: 'birth_not_understood',
        message: cell.replace(/\s+/gu, ' ').slice(0, 200),
      })
  }
  for (const cell of [...cellsOf('nationality'), ...cellsOf('area')]) {
    for (const part of pieces(cell)) {
      const country = countryOrWords(part)
      if (country && !entry.countries.includes(country)) entry.countries.push(country)
    }
  }
  for (const cell of cellsOf('address')) entry.addresses.push(...pieces(cell))
  for (const cell of cellsOf('passport'))
    for (const number of pieces(cell)) entry.identifiers.push({ kind: '旅券番号', number })
  for (const cell of cellsOf('idNumber'))
    for (const number of pieces(cell)) entry.identifiers.push({ kind: '身分証番号', number })
  const grounds = cellsOf('grounds').join('\n').trim()
  if (grounds !== '') entry.reason = grounds
  const notice = cellsOf('notificationNo').join(' ').trim()
  if (notice !== '') entry.source = notice
  const day = readBirths(
    cellsOf('notifiedOn')[0] ?? cellsOf('listedOn')[0] ?? cellsOf('designatedOn')[0] ?? '',
  )
  if (day?.[0]) entry.listedOn = day[0].from
  else if (cellsOf('notifiedOn').length > 0)
    problems.push({
      file: place,
      line,
      code: 'date_not_understood',
      message: `告示日付 ${cellsOf('notifiedOn')[0]}`,
    })
  const remarks = [...cellsOf('title'), ...cellsOf('position'), ...cellsOf('details'), ...cellsOf('contact')]
    .join('\n')
    .trim()
  if (remarks !== '') entry.remarks = remarks
}

/** Several values in one cell stand on lines of their own, lettered (a)(b), numbered (i)(ii) or after semicolons. */
function pieces(cell: string): string[] {
  return cell
    .split(/\r?\n|[;；]|[(（](?:[a-z]|ⅰ|ⅱ|ⅲ|i{1,3}|iv|vi{0,3})[)）]/u)
    .map(part => part.replace(/\s+/gu, ' ').trim())
    .filter(part => part !== '' && part !== '不明')
}

function addNames(entry: ListEntry, cell: string, quality: NameQuality): void {
  for (const piece of pieces(cell)) {
    for (const [index, name] of piece.split(/[,、]?\s*\b[afn]\.k\.a\.?:?\s*/iu).entries()) {
      const clean = name.replace(/^[、,・:：]+|[、,]+$/gu, '')
      const first =
        index === 0 &&
        !entry.names.some(known => known.quality === 'primary' && isLatin(known.text) === isLatin(clean))
      addName(entry.names, clean, quality === 'primary' && !first ? 'strong' : quality)
    }
  }
}

function isLatin(text: string): boolean {
  return /^[\p{Script=Latin}\p{P}\p{N}\s]+$/u.test(text)
}
