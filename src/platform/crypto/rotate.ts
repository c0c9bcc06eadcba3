import { sql } from 'kysely'
import type { Db } from '../database/database.ts'
import { type MasterKey, replaceMasterKeyFile } from './master-key.ts'
import { unwrapKey, wrapKeyOf } from './subject-keys.ts'
import './tables.ts'

const CHUNK = 1_000

interface Rotation {
  db: Db
  master: MasterKey
  /** The file of the master key. */
  file: string
  /** Throws while a program that knows only the old key is connected. Asked again once the new key is on the disk. */
  refuseWhileInUse(): Promise<void>
  say(line: string): void
  /** For tests: called after each chunk. */
  afterChunk?(done: number): void
}

/**
 * Puts a new wrapping key in the place of the one in use: first into the file (with the old one still read), then over every
 * subject's key in chunks of one transaction each, then the old one is dropped. Stopped at any point, the file opens every key
 * there is, and the next call goes on where this one stopped. Answers how many keys were wrapped anew.
 */
export async function rotateWrappingKey(rotation: Rotation): Promise<number> {
  const { db, file, say } = rotation
  await rotation.refuseWhileInUse()
  const master = rotation.master.rotating ? rotation.master : rotation.master.withNewWrap()
  if (rotation.master.rotating) say('going on with the rotation that was begun before')
  else replaceMasterKeyFile(file, master)
  // A program that starts from now on seals under the new key; one that started before it would still use the old.
  await rotation.refuseWhileInUse()
  const wrapping = master.wrappingKeys()
  let [after, rewrapped] = ['00000000-0000-0000-0000-000000000000', 0]
  for (;;) {
    const chunk = await db.transaction().execute(async tx => {
      const rows = await tx
        .selectFrom('subject_key')
        .select(['id', 'subject_id', 'wrapped_key'])
        .where('id', '>', after)
        .orderBy('id')
        .limit(CHUNK)
        .forUpdate()
        .execute()
      const anew = rows.flatMap(({ id, subject_id, wrapped_key }) => {
        if (!wrapped_key) return []
        const { key, under } = unwrapKey(wrapping, wrapped_key, subject_id)
        return under === 0 ? [] : [{ id, wrapped: wrapKeyOf(wrapping[0]!, key, subject_id) }]
      })
      if (anew.length)
        await sql`update subject_key k set wrapped_key = n.wrapped
          from unnest(${anew.map(one => one.id)}::uuid[], ${anew.map(one => one.wrapped)}::bytea[]) as n(id, wrapped)
          where k.id = n.id`.execute(tx)
      return { last: rows.at(-1)?.id, done: anew.length }
    })
    if (!chunk.last) break
    after = chunk.last
    rewrapped += chunk.done
    rotation.afterChunk?.(rewrapped)
  }
  replaceMasterKeyFile(file, master.withoutOldWrap())
  return rewrapped
}
