import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Db } from '../database/database.ts'
import type { Id } from '../ids/uuid.ts'
import type { SubjectKeys } from './subject-keys.ts'

const PIECE_BYTES = 1 << 20
/** In front of each sealed piece: its length. Within it: its number, and whether it is the last. */
const LENGTH_BYTES = 4
const HEAD_BYTES = 5

/**
 * A file too large for memory, encrypted under its subject's key piece by piece. Each piece carries its number and whether it ends the
 * file, so that pieces left out, put elsewhere or cut off are noticed.
 */
export async function sealToFile(
  { keys, db, subjectId, path }: { keys: SubjectKeys; db: Db; subjectId: Id; path: string },
  content: AsyncIterable<Buffer>,
): Promise<{ sizeBytes: number; sha256: string }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'w', 0o600)
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    let number = 0
    let waiting: Buffer[] = []
    let waitingBytes = 0
    const write = async (isLast: boolean) => {
      const head = Buffer.alloc(HEAD_BYTES)
      head.writeUInt32BE(number++)
      head.writeUInt8(isLast ? 1 : 0, 4)
      const sealed = await keys.sealBytes(db, subjectId, Buffer.concat([head, ...waiting]))
      const length = Buffer.alloc(LENGTH_BYTES)
      length.writeUInt32BE(sealed.length)
      await file.write(Buffer.concat([length, sealed]))
      waiting = []
      waitingBytes = 0
    }
    for await (const part of content) {
      hash.update(part)
      sizeBytes += part.length
      waiting.push(part)
      waitingBytes += part.length
      if (waitingBytes >= PIECE_BYTES) await write(false)
    }
    await write(true)
    await file.sync()
  } finally {
    await file.close()
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

/** The content of a file made by sealToFile, piece by piece; null when its key has been destroyed. Throws when a bit has changed or a piece is missing. */
export async function openSealedFile(
  keys: SubjectKeys,
  db: Db,
  path: string,
): Promise<AsyncGenerator<Buffer> | null> {
  const file = await open(path, 'r')
  const first = await nextPiece(keys, db, file, 0).catch(async error => {
    await file.close()
    throw error
  })
  if (first === null) {
    await file.close()
    return null
  }
  return pieces(keys, db, file, first)
}

interface Piece {
  content: Buffer
  isLast: boolean
}

async function* pieces(keys: SubjectKeys, db: Db, file: FileHandle, first: Piece): AsyncGenerator<Buffer> {
  try {
    let piece: Piece | null = first
    for (let number = 1; piece !== null; number++) {
      yield piece.content
      if (piece.isLast) return
      piece = await nextPiece(keys, db, file, number)
    }
    throw new Error('the key of a sealed file was destroyed while it was read')
  } finally {
    await file.close()
  }
}

async function nextPiece(keys: SubjectKeys, db: Db, file: FileHandle, number: number): Promise<Piece | null> {
  const length = await exactly(file, LENGTH_BYTES)
  const opened = await keys.openBytes(db, await exactly(file, length.readUInt32BE()))
  if (opened === null) return null
  if (opened.readUInt32BE() !== number) throw new Error('a sealed file has lost a piece')
  return { content: opened.subarray(HEAD_BYTES), isLast: opened.readUInt8(4) === 1 }
}

async function exactly(file: FileHandle, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes)
  if (bytesRead !== bytes) throw new Error('a sealed file ends too early')
  return buffer
}
