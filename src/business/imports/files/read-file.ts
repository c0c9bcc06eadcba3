import { type ImportFile, LARGEST_FILE_BYTES, refuseFile } from './file-table.ts'
import { openCsv } from './read-csv.ts'
import { openXlsx } from './read-xlsx.ts'

/** Opens a CSV or XLSX file by its ending and its content; every refusal names the file, the line and the column. */
export async function openImportFile(fileName: string, bytes: Buffer): Promise<ImportFile> {
  if (bytes.length === 0) refuseFile('file_must_not_be_empty', fileName, {}, '空のファイルです。')
  if (bytes.length > LARGEST_FILE_BYTES)
    refuseFile(
      'file_must_not_be_too_large',
      fileName,
      {},
      `ファイルが大きすぎます（上限${LARGEST_FILE_BYTES / 1024 / 1024}MB）。ファイルを分けてください。`,
    )
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
  if (/\.xlsx$/i.test(fileName)) {
    if (!isZip)
      refuseFile(
        'file_content_must_match_its_name',
        fileName,
        {},
        isOldOfficeFile(bytes)
          ? 'パスワード付きか古い形式（.xls）のブックです。パスワードを外し、.xlsxで保存し直してください。'
          : 'Excelブック（.xlsx）ではありません。',
      )
    return openXlsx(fileName, bytes)
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
  return openCsv(fileName, bytes)
}

/** Old .xls files, and workbooks under a password, are compound files. */
function isOldOfficeFile(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))
}
