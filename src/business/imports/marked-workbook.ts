import { PassThrough } from 'node:stream'
import type ExcelJS from 'exceljs'
import type { z } from 'zod'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db } from '../../platform/database/database.ts'
import type { FileAnswer, QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { CHUNK_ROWS } from './batch.ts'
import type { problemWorkbook } from './contract.ts'
import { outcomeLabels, weightLabels } from './labels.ts'
import { batchById, columnsShown, coverCells } from './queries.ts'
import { openRows } from './staging.ts'
import type { Outcome, RowProblem } from './tables.ts'

const FILLS: Readonly<Record<RowProblem['weight'], string>> = {
  error: 'FFF8CBAD',
  warning: 'FFFFE699',
  note: 'FFDDEBF7',
}
const HEADING_FILL = 'FFE7E6E6'
/** Comments stand in memory until the workbook is complete; later ones are in the column only. */
const MOST_COMMENTS = 5_000

/**
 * The rows as they stood in the file, as a workbook to be corrected and read again: the headings stand where they stood, problem
 * cells are coloured and commented, and columns at the end say what happens to the row and what to do. Written as it is sent.
 */
export async function markedWorkbook(
  keys: SubjectKeys,
  context: QueryContext,
  { batchId, all }: z.output<typeof problemWorkbook.input>,
): Promise<FileAnswer> {
  const batch = await batchById(context.db, batchId)
  const shown = columnsShown(context, batch)
  return { file: await workbookOf(keys, context.db, batch, all, shown), seen: [batch.seen_no] }
}

/** The workbook of the rows with problems, or of all, for the command line. */
export async function problemsOfBatch(
  { keys, db }: { keys: SubjectKeys; db: Db },
  batchId: Id,
  { all = false } = {},
): Promise<FileAnswer['file']> {
  const batch = await batchById(db, batchId)
  return workbookOf(
    keys,
    db,
    batch,
    all,
    batch.header.map(() => true),
  )
}

async function workbookOf(
  keys: SubjectKeys,
  db: Db,
  batch: Awaited<ReturnType<typeof batchById>>,
  all: boolean,
  shown: readonly boolean[],
): Promise<FileAnswer['file']> {
  const batchId = batch.id
  const { default: excel } = await import('exceljs')
  const out = new PassThrough({ highWaterMark: 1 << 20 })
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false })
  const sheet = book.addWorksheet('取込結果', { views: [{ state: 'frozen', ySplit: 1 }] })
  const writing = (async () => {
    writeHeadings(sheet, batch.header)
    const chunks = await db
      .selectFrom('import_chunk')
      .select('chunk_no')
      .where('batch_id', '=', batchId)
      .orderBy('chunk_no')
      .execute()
    let comments = 0
    for (const { chunk_no } of chunks)
      for (const row of await rowsOf(keys, db, batchId, chunk_no, all)) {
        const mayComment = comments < MOST_COMMENTS
        const cells = coverCells(row.cells, shown)
        comments += writeRow(sheet, batch.header.length, { ...row, cells }, mayComment)
      }
    await book.commit()
  })()
  writing.catch(error => out.destroy(error instanceof Error ? error : new Error(String(error))))
  const name = `${batch.file_name.replace(/\.[^.]*$/, '')}_${batch.batch_no}_${all ? '取込結果' : '要修正'}.xlsx`
  return { name, mime: MIME, content: out }
}

const MIME = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface MarkedRow {
  line: number
  cells: string[]
  outcome: Outcome | null
  problems: RowProblem[]
}

async function rowsOf(
  keys: SubjectKeys,
  db: Db,
  batchId: Id,
  chunkNo: number,
  all: boolean,
): Promise<MarkedRow[]> {
  const { rows_sealed } = await db
    .selectFrom('import_chunk')
    .select('rows_sealed')
    .where('batch_id', '=', batchId)
    .where('chunk_no', '=', chunkNo)
    .executeTakeFirstOrThrow()
  const judged = await db
    .selectFrom('import_row')
    .select(['row_no', 'outcome', 'problems'])
    .where('batch_id', '=', batchId)
    .where('row_no', '>=', chunkNo * CHUNK_ROWS)
    .where('row_no', '<', (chunkNo + 1) * CHUNK_ROWS)
    .execute()
  const byNo = new Map(judged.map(row => [row.row_no, row]))
  const rows = (await openRows({ keys, tx: db }, rows_sealed)).map(({ line, cells }, at) => {
    const row = byNo.get(chunkNo * CHUNK_ROWS + at)
    return { line, cells, outcome: row?.outcome ?? null, problems: row?.problems ?? [] }
  })
  return all ? rows : rows.filter(row => row.problems.length > 0)
}

function writeHeadings(sheet: ExcelJS.Worksheet, header: readonly string[]): void {
  const row = sheet.addRow([...header, '元の行', '取込の結果', '問題と直し方'])
  row.font = { bold: true }
  row.eachCell(cell => {
    cell.fill = solid(HEADING_FILL)
  })
  for (const [at] of header.entries()) sheet.getColumn(at + 1).width = 18
  sheet.getColumn(header.length + 3).width = 80
  row.commit()
}

/** Returns how many comments it wrote. Values stay text: nothing in them is computed when the workbook is opened. */
function writeRow(
  sheet: ExcelJS.Worksheet,
  columns: number,
  { line, cells, outcome, problems }: MarkedRow,
  mayComment: boolean,
): number {
  const padded = Array.from({ length: columns }, (_, at) => cells[at] ?? '')
  const sentences = problems.map(
    ({ weight, heading, message }) => `［${weightLabels[weight]}］${heading ? `${heading}：` : ''}${message}`,
  )
  const row = sheet.addRow([...padded, line, outcome ? outcomeLabels[outcome] : '', sentences.join('\n')])
  let comments = 0
  for (const problem of problems) {
    if (problem.column === null || problem.column > columns) continue
    const cell = row.getCell(problem.column)
    cell.fill = solid(FILLS[problem.weight])
    if (!mayComment || cell.note) continue
    cell.note = problem.message
    comments++
  }
  if (problems.some(problem => problem.column === null && problem.weight === 'error'))
    row.getCell(columns + 3).fill = solid(FILLS.error)
  row.getCell(columns + 3).alignment = { wrapText: true, vertical: 'top' }
  row.commit()
  return comments
}

const solid = (argb: string): ExcelJS.FillPattern => ({
  type: 'pattern',
  pattern: 'solid',
  fgColor: { argb },
})
