import { type FileTable, LARGEST_FILE_BYTES, refuseFile } from './file-table.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'

/** Reads a CSV or XLSX file by its ending and its content; every refusal names the file, the line and the column. */
export async function readImportFile(fileName: string, bytes: Buffer): Promise<FileTable> {
  if (bytes.length === 0) refuseFile('file_must_not_be_empty', fileName, {}, '空のファイルです。')
  if (bytes.length > LARGEST_FILE_BYTES)
    refuseFile(
      'file_must_not_be_too_large',
      fileName,
      {},
      'ファイルが大きすぎます（上限20MB）。ファイルを分けてください。',
    )
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
  if (/\.xlsx$/i.test(fileName)) {
    if (!isZip)
      refuseFile('file_content_must_match_its_name', fileName, {}, 'Excelブック（.xlsx）ではありません。')
    return readXlsx(fileName, bytes)
  }
  if (!/\.(?:csv|txt)$/i.test(fileName))
    refuseFile('file_kind_must_be_accepted', fileName, {}, 'CSVかExcel（.xlsx）のファイルを選んでください。')
  if (isZip)
    refuseFile(
      'file_content_must_match_its_name',
      fileName,
      {},
      '拡張子はCSVですが、中身は圧縮ファイルです。',
    )
  return readCsv(fileName, bytes)
}
