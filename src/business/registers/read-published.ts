import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import iconv from 'iconv-lite'
import yauzl from 'yauzl'

/** A published file that cannot be read at all; the message names the file and the remedy. */
export class UnreadableFile extends Error {}

/** 全件 of the country is about 1.2 GB of CSV; more than this is no published file. */
const LARGEST_CSV_BYTES = 6 * 1024 * 1024 * 1024
const MOST_ENTRIES = 20
const LONGEST_RECORD = 20_000

export interface PublishedRow {
  line: number
  cells: string[]
}

/**
 * Rows of a file as the tax agency publishes it: CSV in Shift_JIS or Unicode, alone or in a ZIP (JR §1.3, bulk files). Streams:
 * memory does not grow with the file. Throws UnreadableFile naming the file and what to do.
 */
export async function* publishedRows(file: string, title: string): AsyncGenerator<PublishedRow> {
  if (await isZip(file)) {
    const opened = await openZip(file, title)
    try {
      yield* csvRows(opened.stream, title)
    } finally {
      opened.close()
    }
  } else yield* csvRows(createReadStream(file), title)
}

async function* csvRows(bytes: Readable, title: string): AsyncGenerator<PublishedRow> {
  const parser = parse({
    relaxColumnCount: true,
    max_record_size: LONGEST_RECORD,
    info: true,
    bom: true,
    skip_empty_lines: true,
  })
  const text = Readable.from(decodedText(bytes, title))
  text.on('error', error => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[]
      info: { lines: number }
    }>)
      yield { line: info.lines, cells: record }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error
    throw new UnreadableFile(
      `${title}：${whyUnreadable(error)}公表サイトからダウンロードしたままのファイルを指定してください。`,
    )
  }
}

/** The place and the fault in words; what is no fault of the file is passed on. */
function whyUnreadable(error: unknown): string {
  if (!(error instanceof CsvError)) throw error
  const line = 'lines' in error && typeof error.lines === 'number' ? `${error.lines}行目：` : ''
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `${line}1行が長すぎます。`
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return `${line}「"」が閉じられていません。`
  return `${line}CSVとして読み取れません。`
}

/** Unicode files are UTF-8; what is not valid UTF-8 in its first part is Shift_JIS. */
async function* decodedText(bytes: Readable, title: string): AsyncGenerator<string> {
  let decoder: ReturnType<typeof iconv.getDecoder> | null = null
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    decoder ??= iconv.getDecoder(isUtf8(chunk) ? 'utf8' : 'cp932')
    const text = decoder.write(chunk)
    if (text) yield text
  }
  if (!decoder) throw new UnreadableFile(`${title}：中身がありません。`)
  const rest = decoder.end()
  if (rest) yield rest
}

function isUtf8(chunk: Buffer): boolean {
  // The last character may be cut in the middle: up to three bytes are left out of the question.
  for (let cut = 0; cut < 4; cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(0, chunk.length - cut))
      return true
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
    }
  }
  return false
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const head = Buffer.alloc(4)
    await handle.read(head, 0, 4, 0)
    return head.equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))
  } finally {
    await handle.close()
  }
}

/** The one CSV inside a ZIP. Refuses archives with many files, encrypted ones, and more bytes than any published file has. */
function openZip(file: string, title: string): Promise<{ stream: Readable; close(): void }> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new UnreadableFile(`${title}：${why}`))
    yauzl.open(file, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) return refuse(`ZIPとして開けません（${error.message}）。`)
      const fail = (why: string) => {
        zip.close()
        refuse(why)
      }
      if (zip.entryCount > MOST_ENTRIES)
        return fail(`ZIPの中に${zip.entryCount}個のファイルがあります。公表ファイルのZIPを指定してください。`)
      zip.on('error', problem => fail(`ZIPが壊れています（${problem.message}）。`))
      zip.on('end', () => fail('ZIPの中にCSVファイルがありません。'))
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!/\.csv$/i.test(entry.fileName)) return zip.readEntry()
        if (entry.uncompressedSize > LARGEST_CSV_BYTES)
          return fail('展開後の大きさが公表ファイルの上限を超えています。')
        zip.openReadStream(entry, (problem, stream) => {
          if (problem) return fail(`ZIPの中のCSVを開けません（${problem.message}）。`)
          zip.removeAllListeners('end')
          resolve({ stream, close: () => zip.close() })
        })
      })
      zip.readEntry()
    })
  })
}
