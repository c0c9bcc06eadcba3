import { createInflateRaw } from 'node:zlib'
import { refuseFile } from './file-table.ts'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const STORED = 0
const DEFLATED = 8

const MOST_ENTRIES = 500
/** A sheet of 50,000 rows is about 60 MB of XML; whoever unpacks to more than this is not a ledger. */
const MOST_UNPACKED_BYTES = 250 * 1024 * 1024
const LARGEST_RATIO = 400
const RATIO_FROM_BYTES = 10 * 1024 * 1024

interface ZipEntry {
  name: string
  method: number
  packed: Buffer
}

/**
 * Unpacks every part of a workbook once, counting and keeping nothing, so that a file which unpacks into gigabytes is refused
 * whatever sizes it declares; finds merged cells on the way, which the streaming reader does not report.
 */
export async function checkWorkbook(fileName: string, bytes: Buffer): Promise<void> {
  const entries = entriesOf(fileName, bytes)
  if (!entries.some(entry => entry.name === 'xl/workbook.xml'))
    refuseFile('file_content_must_match_its_name', fileName, {}, 'Excelブック（.xlsx）ではありません。')
  if (entries.some(entry => /vbaProject/i.test(entry.name)))
    refuseFile(
      'workbook_must_hold_no_macro',
      fileName,
      {},
      'マクロを含むブックです。マクロなしの.xlsxで保存し直してください。',
    )
  let total = 0
  for (const entry of entries) {
    let carried = ''
    const isSheet = /^xl\/worksheets\/.*\.xml$/.test(entry.name)
    await inflate(fileName, entry, chunk => {
      total += chunk.length
      if (total > MOST_UNPACKED_BYTES || (total > RATIO_FROM_BYTES && total > bytes.length * LARGEST_RATIO))
        refuseFile(
          'workbook_must_not_unpack_too_large',
          fileName,
          {},
          '展開すると大きすぎるファイルです（圧縮爆弾の疑い）。必要な行だけのブックに保存し直してください。',
        )
      if (!isSheet) return
      const text = carried + chunk.toString('latin1')
      const merged = /<mergeCell\s[^>]*ref="([A-Z]+)(\d+)(?::[A-Z]+\d+)?"/.exec(text)
      if (merged)
        refuseFile(
          'cells_must_not_be_merged',
          fileName,
          { line: Number(merged[2]), column: columnNumber(merged[1]!) },
          `セルが結合されています（${merged[0].split('"')[1]}）。結合を解除してください。`,
        )
      carried = text.slice(-200)
    })
  }
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
}

function entriesOf(fileName: string, bytes: Buffer): ZipEntry[] {
  const broken = (): never =>
    refuseFile(
      'file_must_not_be_damaged',
      fileName,
      {},
      'ブックが壊れているか、途中で切れています。保存し直してください。',
    )
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) return broken()
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count === 0 || count > MOST_ENTRIES) return broken()
  const entries: ZipEntry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) return broken()
    const method = bytes.readUInt16LE(at + 10)
    const flags = bytes.readUInt16LE(at + 8)
    const packedSize = bytes.readUInt32LE(at + 20)
    const nameLength = bytes.readUInt16LE(at + 28)
    const local = bytes.readUInt32LE(at + 42)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (flags & 1)
      refuseFile(
        'workbook_must_not_be_locked',
        fileName,
        {},
        'パスワード付きのブックは読めません。パスワードを外してください。',
      )
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_HEADER) return broken()
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (start + packedSize > bytes.length || (method !== STORED && method !== DEFLATED)) return broken()
    entries.push({ name, method, packed: bytes.subarray(start, start + packedSize) })
  }
  return entries
}

async function inflate(fileName: string, entry: ZipEntry, onChunk: (chunk: Buffer) => void): Promise<void> {
  if (entry.method === STORED) return onChunk(entry.packed)
  const stream = createInflateRaw()
  stream.end(entry.packed)
  try {
    for await (const chunk of stream) onChunk(chunk as Buffer)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      refuseFile('file_must_not_be_damaged', fileName, {}, 'ブックが壊れています。保存し直してください。')
    throw error
  }
}
