import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { newId } from '../ids/uuid.ts'
import { openSealedFile, sealToFile } from './sealed-file.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

async function* parts(...contents: Buffer[]) {
  yield* contents
}
async function readBack(path: string): Promise<Buffer | null> {
  const pieces = await openSealedFile(world.keys, world.db, path)
  if (pieces === null) return null
  const read: Buffer[] = []
  for await (const piece of pieces) read.push(piece)
  return Buffer.concat(read)
}
const place = (subjectId: string) => ({
  keys: world.keys,
  db: world.db,
  subjectId,
  path: join(world.config.filesDir, 'sealed', subjectId),
})

it('gives back what was sealed, of any size, and an empty file too', async () => {
  for (const contents of [
    [],
    [Buffer.from('短い')],
    [Buffer.alloc(1_500_000, 7), Buffer.alloc(900_000, 8)],
  ]) {
    const at = place(newId())
    const { sizeBytes } = await sealToFile(at, parts(...contents))
    expect(sizeBytes).toBe(Buffer.concat(contents).length)
    expect((await readBack(at.path))?.equals(Buffer.concat(contents))).toBe(true)
  }
})

it('notices a piece that is changed, put elsewhere or cut off', async () => {
  const at = place(newId())
  await sealToFile(at, parts(Buffer.alloc(1 << 20, 1), Buffer.alloc(1 << 20, 2), Buffer.from('ende')))
  const whole = readFileSync(at.path)
  const length = whole.readUInt32BE() + 4
  const pieces = [whole.subarray(0, length), whole.subarray(length, 2 * length), whole.subarray(2 * length)]
  const flipped = Buffer.from(whole)
  flipped[length - 3]! ^= 1
  for (const wrong of [
    flipped,
    Buffer.concat([pieces[1]!, pieces[0]!, pieces[2]!]),
    Buffer.concat(pieces.slice(0, 2)),
  ]) {
    writeFileSync(at.path, wrong)
    await expect(readBack(at.path)).rejects.toThrow()
  }
})

it('is nothing any more once its key has been destroyed', async () => {
  const subjectId = newId()
  const at = place(subjectId)
  await sealToFile(at, parts(Buffer.from('geheim')))
  await world.db
    .updateTable('subject_key')
    .set({ wrapped_key: null, destroyed_at: new Date(0).toISOString() })
    .where('subject_id', '=', subjectId)
    .execute()
  world.keys.forget(subjectId)
  expect(await readBack(at.path)).toBeNull()
})
