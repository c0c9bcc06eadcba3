import type { z } from 'zod'
import { Refusal } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { CleaningPreview, cleaningRules } from './cleaning.ts'
import type { lookIntoFile, previewCleaning, SheetSeen } from './contract.ts'
import type { ImportFile } from './files/file-table.ts'
import { openImportFile } from './files/read-file.ts'
import { openTable } from './files/read-table.ts'
import { type OwnOfKinds, ownColumnsOf, ownOfKinds } from './kinds/own-columns.ts'
import { guessKind, isKnownHeading } from './mapping.ts'
import { batchById, columnsShown } from './queries.ts'
import { mappedFields, openRows } from './staging.ts'

const SHOWN_ROWS = 12
const SHOWN_COLUMNS = 30
const MOST_SHEETS = 50

/** What is in a file, sheet by sheet, before anything is staged. */
export async function lookInto(
  { db }: QueryContext,
  { fileName, contentBase64, kind }: z.output<typeof lookIntoFile.input>,
): Promise<Seen<{ encoding: string | null; sheets: SheetSeen[] }>> {
  const bytes = Buffer.from(contentBase64, 'base64')
  const own = await ownOfKinds(db)
  const name = fileName.replace(/^.*[\\/]/, '')
  return { body: await lookIntoImportFile(name, bytes, kind ?? null, own), seen: [] }
}

/** The sheets of a file; `kind` null: each sheet's is guessed. Refuses a file that is neither CSV nor XLSX. */
export async function lookIntoImportFile(
  fileName: string,
  bytes: Buffer,
  kind: SheetSeen['kind'] = null,
  own: OwnOfKinds = {},
): Promise<{ encoding: string | null; sheets: SheetSeen[] }> {
  const file = await openImportFile(fileName, bytes)
  const sheets: SheetSeen[] = []
  for (const sheet of file.sheets.slice(0, MOST_SHEETS))
    sheets.push(await lookIntoSheet(file, sheet, kind, own))
  return { encoding: file.encoding, sheets }
}

/** A sheet that cannot be read does not keep the others from being shown: it says why. */
async function lookIntoSheet(
  file: ImportFile,
  { name, hidden }: ImportFile['sheets'][number],
  kind: SheetSeen['kind'],
  own: OwnOfKinds,
): Promise<SheetSeen> {
  const seen: SheetSeen = {
    name,
    hidden,
    top: [],
    headingLine: null,
    kind,
    knownHeadings: 0,
    problem: null,
  }
  try {
    const isKnown = (heading: string) => isKnownHeading(heading, kind, own)
    const table = await openTable(file, { ...(name === null ? {} : { sheet: name }), isKnown })
    return {
      ...seen,
      top: table.top.slice(0, SHOWN_ROWS).map(({ line, cells }) => ({
        line,
        cells: cells.slice(0, SHOWN_COLUMNS).map(cell => cell.slice(0, 60)),
      })),
      headingLine: table.headingLine,
      kind: kind ?? guessKind(table.header, own),
      knownHeadings: table.header.filter(isKnown).length,
    }
  } catch (error) {
    // A file with one table has nothing else to show: its refusal is the answer.
    if (!(error instanceof Refusal) || file.sheets.length === 1) throw error
    return { ...seen, problem: error.reasons[0]?.message ?? error.message }
  }
}

const YIELD_EVERY = 500

/** Counts over all staged rows what each cleaning rule would do under a mapping. */
export async function previewOf(
  keys: SubjectKeys,
  context: QueryContext,
  { batchId, kind, mapping }: z.output<typeof previewCleaning.input>,
): Promise<Seen<z.input<typeof previewCleaning.output>>> {
  const { db } = context
  const batch = await batchById(db, batchId)
  // The mapping is the asker's own, so it says nothing of what a column holds: examples are for those who see every column.
  const showsAll = columnsShown(context, batch).every(Boolean)
  const preview = new CleaningPreview(
    batch.header,
    mappedFields({ kind, mapping, own: await ownColumnsOf(db, kind) }),
  )
  const chunks = await db
    .selectFrom('import_chunk')
    .select('chunk_no')
    .where('batch_id', '=', batchId)
    .orderBy('chunk_no')
    .execute()
  for (const { chunk_no } of chunks) {
    const { rows_sealed } = await db
      .selectFrom('import_chunk')
      .select('rows_sealed')
      .where('batch_id', '=', batchId)
      .where('chunk_no', '=', chunk_no)
      .executeTakeFirstOrThrow()
    for (const [at, row] of (await openRows({ keys, tx: db }, rows_sealed)).entries()) {
      if (at % YIELD_EVERY === 0) await new Promise(resume => setImmediate(resume))
      preview.look(row)
    }
  }
  return {
    body: {
      rules: preview.counts.map((count, at) => ({
        ...count,
        samples: showsAll ? count.samples : [],
        recommended: cleaningRules[at]!.recommended,
      })),
    },
    seen: [batch.seen_no],
  }
}
