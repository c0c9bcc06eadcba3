import { createInflateRaw } from 'node:zlib'
import { refuseFile } from './file-table.ts'

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_HEADER = 0x04034b50
const STORED = 0
const DEFLATED = 8
const UTF8_NAMES = 0x800
const LOCKED = 1
const COMPARED_FROM_BYTES = 10 * 1024 * 1024

export interface ZipEntry {
  name: string
  /** Bytes as they stand in the archive; a view, not a copy. */
  packed: Buffer
  method: number
}

export interface ZipLimits {
  mostEntries: number
  /** All entries that are unpacked together; sizes which the archive declares are not believed. */
  mostUnpackedBytes: number
  largestRatio: number
  /** What the archive is called in refusals: ブック or 圧縮ファイル. */
  called: string
}

/**
 * The entries of a zip archive held in memory, unpacked one by one on demand and never all at once. Refuses locked, damaged and
 * endless archives, whatever sizes they declare: what has been unpacked is counted over all entries.
 */
export class ZipArchive {
  readonly entries: readonly ZipEntry[]
  readonly #fileName: string
  readonly #size: number
  readonly #limits: ZipLimits
  #unpacked = 0

  constructor(fileName: string, bytes: Buffer, limits: ZipLimits) {
    this.#fileName = fileName
    this.#size = bytes.length
    this.#limits = limits
    this.entries = this.#readDirectory(bytes)
  }

  entry(name: string): ZipEntry | undefined {
    return this.entries.find(entry => entry.name === name)
  }

  /** The bytes of one entry as they are unpacked. */
  async *unpack(entry: ZipEntry): AsyncGenerator<Buffer> {
    if (entry.method === STORED) {
      this.#count(entry.packed.length)
      yield entry.packed
      return
    }
    const stream = createInflateRaw()
    stream.end(entry.packed)
    try {
      for await (const chunk of stream) {
        this.#count((chunk as Buffer).length)
        yield chunk as Buffer
      }
    } catch (error) {
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) this.#broken()
      throw error
    } finally {
      stream.destroy()
    }
  }

  /** One small entry as a whole. */
  async read(entry: ZipEntry): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const chunk of this.unpack(entry)) parts.push(chunk)
    return Buffer.concat(parts)
  }

  #count(bytes: number): void {
    this.#unpacked += bytes
    const { mostUnpackedBytes, largestRatio, called } = this.#limits
    const swollen = this.#unpacked > COMPARED_FROM_BYTES && this.#unpacked > this.#size * largestRatio
    if (this.#unpacked > mostUnpackedBytes || swollen)
      refuseFile(
        'file_must_not_unpack_too_large',
        this.#fileName,
        {},
        `展開すると大きすぎる${called}です（圧縮爆弾の疑い）。必要なものだけを入れて保存し直してください。`,
      )
  }

  #broken(): never {
    refuseFile(
      'file_must_not_be_damaged',
      this.#fileName,
      {},
      `${this.#limits.called}が壊れているか、途中で切れています。保存し直してください。`,
    )
  }

  #readDirectory(bytes: Buffer): ZipEntry[] {
    const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
    if (end < 0 || end + 22 > bytes.length || bytes.readUInt32LE(end) !== END_OF_DIRECTORY) this.#broken()
    const count = bytes.readUInt16LE(end + 10)
    if (count === 0) this.#broken()
    if (count > this.#limits.mostEntries)
      refuseFile(
        'archive_must_not_hold_too_many_files',
        this.#fileName,
        {},
        `中のファイルが多すぎます（${count.toLocaleString('ja-JP')}件、上限${this.#limits.mostEntries.toLocaleString('ja-JP')}件）。分けてください。`,
      )
    const entries: ZipEntry[] = []
    let at = bytes.readUInt32LE(end + 16)
    for (let index = 0; index < count; index++) {
      if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) this.#broken()
      const nameLength = bytes.readUInt16LE(at + 28)
      entries.push(this.#readEntry(bytes, at, nameLength))
      at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    }
    return entries
  }

  #readEntry(bytes: Buffer, at: number, nameLength: number): ZipEntry {
    const flags = bytes.readUInt16LE(at + 8)
    const method = bytes.readUInt16LE(at + 10)
    const packedSize = bytes.readUInt32LE(at + 20)
    const local = bytes.readUInt32LE(at + 42)
    if (flags & LOCKED)
      refuseFile(
        'file_must_not_be_locked',
        this.#fileName,
        {},
        `パスワード付きの${this.#limits.called}は読めません。パスワードを外してください。`,
      )
    if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL_HEADER) this.#broken()
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    if (start + packedSize > bytes.length || (method !== STORED && method !== DEFLATED)) this.#broken()
    const name = bytes.subarray(at + 46, at + 46 + nameLength)
    return { name: nameOf(name, flags), method, packed: bytes.subarray(start, start + packedSize) }
  }
}

/** Archives made by Windows in Japanese name their files in CP932 without saying so. */
function nameOf(bytes: Buffer, flags: number): string {
  const asUtf8 = bytes.toString('utf8')
  if (flags & UTF8_NAMES || !asUtf8.includes('\ufffd')) return asUtf8
  return new TextDecoder('shift_jis').decode(bytes)
}
