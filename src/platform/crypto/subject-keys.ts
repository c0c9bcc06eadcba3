import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../commands/refusal.ts'
import type { Db, Tx } from '../database/database.ts'
import { type Id, newId } from '../ids/uuid.ts'
import type { MasterKey } from './master-key.ts'
import './tables.ts'

/** A value encrypted under its subject's key: `enc1.KEY_ID.IV.CIPHERTEXT_AND_TAG`, base64url parts. */
export type Sealed = string

/** Stands where a value sealed under a key that lives on was destroyed by itself: it opens as nothing. */
export const DESTROYED: Sealed = 'enc0'

const PREFIX = 'enc1'
const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_CHARACTERS = 36
const CACHE_LIMIT = 50_000

const made = sql<boolean>`coalesce(made_in = pg_current_xact_id_if_assigned(), false)`

interface SubjectKey {
  id: Id
  key: Buffer
}

/** Encrypts and decrypts personal values under a key per data subject (architecture.md, Personal data). */
export class SubjectKeys {
  /** The wrapping key in use, then one a rotation under way replaces. */
  readonly #wrapping: readonly Buffer[]
  readonly #master: MasterKey
  readonly #bySubject = new Map<Id, SubjectKey>()
  readonly #byKeyId = new Map<Id, Buffer>()

  constructor(master: MasterKey) {
    this.#master = master
    this.#wrapping = master.wrappingKeys()
  }

  keyedHash(purpose: string, value: string): string {
    return this.#master.keyedHash(purpose, value)
  }

  /** Encrypts text for one subject, making the subject's key at its first use. Refuses when the subject has been disposed of. */
  async seal(tx: Tx | Db, subjectId: Id, text: string): Promise<Sealed> {
    const { id, key } = this.#bySubject.get(subjectId) ?? (await this.#loadOrMake(tx, subjectId))
    return [PREFIX, id, ...encrypt(key, text, id)].join('.')
  }

  /**
   * Sealing for many subjects, whose keys are loaded or made in two statements: good until the end of this transaction only, because keys made
   * in it may be rolled back. Refuses when one of them has been disposed of.
   */
  async forMany(tx: Tx | Db, subjectIds: readonly Id[]): Promise<Pick<SubjectKeys, 'seal'>> {
    const missing = [...new Set(subjectIds)].filter(id => !this.#bySubject.has(id))
    const here = new Map<Id, SubjectKey>()
    if (missing.length > 0) {
      const fresh = missing.map(subjectId => {
        const wrapped = wrapKeyOf(this.#wrapping[0]!, randomBytes(32), subjectId)
        return { id: newId(), subjectId, wrapped }
      })
      await sql`insert into subject_key (id, subject_id, wrapped_key)
        select * from unnest(${fresh.map(one => one.id)}::uuid[], ${fresh.map(one => one.subjectId)}::uuid[],
          ${fresh.map(one => one.wrapped)}::bytea[])
        on conflict (subject_id) do nothing`.execute(tx)
      for (const row of await this.#keysOf(tx, missing)) here.set(row.subjectId, row.key)
    }
    return {
      seal: async (at, subjectId, text) => {
        const known = here.get(subjectId)
        if (!known) return this.seal(at, subjectId, text)
        return [PREFIX, known.id, ...encrypt(known.key, text, known.id)].join('.')
      },
    }
  }

  async #keysOf(tx: Tx | Db, subjectIds: readonly Id[]): Promise<{ subjectId: Id; key: SubjectKey }[]> {
    const rows = await tx
      .selectFrom('subject_key')
      .select(['id', 'subject_id', 'wrapped_key', made.as('made_here')])
      .where('subject_id', 'in', [...subjectIds])
      .execute()
    return rows.map(({ id, subject_id, wrapped_key, made_here }) => {
      if (!wrapped_key) throw disposedOf()
      const key = { id, key: this.#unwrap(wrapped_key, subject_id) }
      if (!made_here) this.#remember(subject_id, key)
      return { subjectId: subject_id, key }
    })
  }

  /** Encrypts bytes (a file) for one subject: key id (36 characters), IV, ciphertext, tag. */
  async sealBytes(tx: Tx | Db, subjectId: Id, bytes: Buffer): Promise<Buffer> {
    const { id, key } = this.#bySubject.get(subjectId) ?? (await this.#loadOrMake(tx, subjectId))
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', key, iv)
    cipher.setAAD(Buffer.from(id))
    return Buffer.concat([
      Buffer.from(id, 'ascii'),
      iv,
      cipher.update(bytes),
      cipher.final(),
      cipher.getAuthTag(),
    ])
  }

  /** Decrypts bytes made by sealBytes; null when the subject's key has been destroyed. Throws when a bit has changed. */
  async openBytes(db: Tx | Db, sealed: Buffer): Promise<Buffer | null> {
    const keyId = sealed.toString('ascii', 0, KEY_ID_CHARACTERS)
    const key = this.#byKeyId.get(keyId) ?? (await this.#loadKey(db, keyId))
    if (!key) return null
    const iv = sealed.subarray(KEY_ID_CHARACTERS, KEY_ID_CHARACTERS + IV_BYTES)
    const decipher = createDecipheriv('aes-256-gcm', key, iv)
    decipher.setAAD(Buffer.from(keyId))
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
    return Buffer.concat([
      decipher.update(sealed.subarray(KEY_ID_CHARACTERS + IV_BYTES, -TAG_BYTES)),
      decipher.final(),
    ])
  }

  /** Decrypts; null when the subject's key has been destroyed, which is what disposal means. */
  async open(db: Tx | Db, sealed: Sealed): Promise<string | null> {
    if (sealed === DESTROYED) return null
    const [prefix, keyId, iv, body] = sealed.split('.')
    if (prefix !== PREFIX || !keyId || !iv || !body)
      throw new Error('a sealed value does not have the form enc1.KEY.IV.BODY')
    const key = this.#byKeyId.get(keyId) ?? (await this.#loadKey(db, keyId))
    return key && decrypt(key, iv, body, keyId)
  }

  /**
   * Destroys the keys of these subjects for good and keeps any from being made for those which have none; answers how many there were.
   * Whoever ends the transaction has the program's processes forget them.
   */
  async destroy(tx: Tx, subjectIds: readonly Id[], at: string): Promise<number> {
    const subjects = [...new Set(subjectIds)]
    const { rows } = await sql<{ id: Id }>`update subject_key set wrapped_key = null, destroyed_at = ${at}
      where subject_id = any(${subjects}::uuid[]) and wrapped_key is not null returning id`.execute(tx)
    await sql`insert into subject_key (id, subject_id, destroyed_at)
      select * from unnest(${subjects.map(() => newId())}::uuid[], ${subjects}::uuid[],
        ${subjects.map(() => at)}::timestamptz[])
      on conflict (subject_id) do nothing`.execute(tx)
    return rows.length
  }

  /** Forgets cached keys, so that a destroyed key is gone from this process too. */
  forget(subjectId: Id): void {
    const cached = this.#bySubject.get(subjectId)
    if (cached) this.#byKeyId.delete(cached.id)
    this.#bySubject.delete(subjectId)
  }

  async #loadOrMake(tx: Tx | Db, subjectId: Id): Promise<SubjectKey> {
    const id = newId()
    const key = randomBytes(32)
    const wrapped = wrapKeyOf(this.#wrapping[0]!, key, subjectId)
    await tx
      .insertInto('subject_key')
      .values({ id, subject_id: subjectId, wrapped_key: wrapped, destroyed_at: null })
      .onConflict(conflict => conflict.column('subject_id').doNothing())
      .execute()
    const row = await tx
      .selectFrom('subject_key')
      .select(['id', 'wrapped_key', made.as('made_here')])
      .where('subject_id', '=', subjectId)
      .executeTakeFirstOrThrow()
    if (!row.wrapped_key) throw disposedOf()
    const loaded = { id: row.id, key: this.#unwrap(row.wrapped_key, subjectId) }
    // A key made in this transaction may still be rolled back, wholly or to a savepoint; only a committed one is safe to keep.
    if (!row.made_here) this.#remember(subjectId, loaded)
    return loaded
  }

  async #loadKey(db: Tx | Db, keyId: Id): Promise<Buffer | null> {
    const row = await db
      .selectFrom('subject_key')
      .select(['subject_id', 'wrapped_key', made.as('made_here')])
      .where('id', '=', keyId)
      .executeTakeFirst()
    if (!row) throw new Error(`no subject key ${keyId}: the database and its keys do not belong together`)
    if (!row.wrapped_key) return null
    const key = this.#unwrap(row.wrapped_key, row.subject_id)
    if (!row.made_here) this.#remember(row.subject_id, { id: keyId, key })
    return key
  }

  #unwrap(wrapped: Buffer, subjectId: Id): Buffer {
    return unwrapKey(this.#wrapping, wrapped, subjectId).key
  }

  #remember(subjectId: Id, key: SubjectKey): void {
    if (this.#bySubject.size >= CACHE_LIMIT) {
      this.#bySubject.clear()
      this.#byKeyId.clear()
    }
    this.#bySubject.set(subjectId, key)
    this.#byKeyId.set(key.id, key.key)
  }
}

const disposedOf = () => new Refusal('conflict', [{ code: 'record_must_not_be_disposed_of' }])

/** A subject's key and which of the wrapping keys it lies under; throws when none of them opens it. */
export function unwrapKey(
  wrapping: readonly Buffer[],
  wrapped: Buffer,
  subjectId: Id,
): { key: Buffer; under: number } {
  const [iv, body] = wrapped.toString('utf8').split('.')
  for (const [under, secret] of wrapping.entries()) {
    try {
      return { key: Buffer.from(decrypt(secret, iv!, body!, subjectId), 'base64'), under }
    } catch (error) {
      if (under === wrapping.length - 1) throw error
    }
  }
  throw new Error('there is no wrapping key')
}

/** A subject's key under a wrapping key, as `subject_key.wrapped_key` holds it. */
export function wrapKeyOf(wrapping: Buffer, key: Buffer, subjectId: Id): Buffer {
  const [iv, body] = encrypt(wrapping, key.toString('base64'), subjectId)
  return Buffer.from(`${iv}.${body}`, 'utf8')
}

function encrypt(key: Buffer, text: string, boundTo: string): [string, string] {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(boundTo))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return [iv.toString('base64url'), body.toString('base64url')]
}

function decrypt(key: Buffer, iv: string, body: string, boundTo: string): string {
  const bytes = Buffer.from(body, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'))
  decipher.setAAD(Buffer.from(boundTo))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8')
}
