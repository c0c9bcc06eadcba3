import { type ImportFile, refuseFile } from './file-table.ts'
import { readMergedCells } from './xlsx-merged.ts'
import { readSharedStrings, readWorkbookParts } from './xlsx-parts.ts'
import { readSheetRows } from './xlsx-sheet.ts'
import { ZipArchive } from './zip-entries.ts'

/** A sheet of 200,000 rows by 20 columns is about 200 MB of XML, and is unpacked twice; whoever unpacks to more than this is not a ledger. */
const LIMITS = {
  mostEntries: 500,
  mostUnpackedBytes: 800 * 1024 * 1024,
  largestRatio: 400,
  called: 'ブック',
}

/** Opens a workbook: its sheets are known at once, their rows are unpacked while they are read. */
export async function openXlsx(fileName: string, bytes: Buffer): Promise<ImportFile> {
  const archive = new ZipArchive(fileName, bytes, LIMITS)
  if (archive.entries.some(entry => /vbaProject/i.test(entry.name)))
    refuseFile(
      'workbook_must_hold_no_macro',
      fileName,
      {},
      'マクロを含むブックです。マクロなしの.xlsxで保存し直してください。',
    )
  const book = await readWorkbookParts(archive, fileName)
  let strings: string[] | null = null
  return {
    fileName,
    kind: 'xlsx',
    encoding: null,
    sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })),
    async *rows(name) {
      const sheet = book.sheets.find(part => part.name === name)
      if (!sheet) refuseFile('sheet_must_exist', fileName, {}, `シート「${name}」がありません。`)
      strings ??= await readSharedStrings(archive, fileName)
      const merged = await readMergedCells(archive, fileName, sheet.entry)
      yield* readSheetRows(sheet, { archive, fileName, book, strings, merged })
    },
  }
}
