import { createHash, createPublicKey, verify } from 'node:crypto'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { register } from '../../business/parties/commands/register-party.ts'
import type { Actor } from '../commands/actor.ts'
import { type Db, openDatabase, openPool } from '../database/database.ts'
import { appendAnchor, readAnchors } from './anchors.ts'
import { canonicalText } from './canonical.ts'
import { blockRoot, leafHash, merkleRoot } from './merkle.ts'
import { sealOnce } from './seal.ts'
import { verifyTrail } from './verify.ts'

let world: World
let owner: Db
let sales: Actor

beforeAll(async () => {
  world = await createWorld()
  owner = openDatabase(openPool({ url: world.ownerUrl, max: 2, name: 'test owner' }))
  sales = await world.person('営業', 'sales')
})
afterAll(async () => {
  await owner.destroy()
  await world.close()
})

async function registerSome(count: number): Promise<void> {
  for (let at = 0; at < count; at++)
    await world.done(sales, register, { partyKind: 'corporation', legalName: `証跡株式会社${at}` })
}

const verifyNow = (more: object = {}) =>
  verifyTrail(world.db, { master: world.master, anchors: [], now: world.clock.now(), ...more })

describe('canonical text', () => {
  it('is the same whatever the order of keys, and leaves out what is undefined', () => {
    expect(canonicalText({ b: 1, a: [true, null, 'あ'], c: undefined })).toBe('{"a":[true,null,"あ"],"b":1}')
  })
})

describe('the tree of a block', () => {
  it('is recomputed by hand for three leaves', () => {
    const leaf = (n: number) => leafHash('event', `id-${n}`, Buffer.alloc(32, n))
    const node = (left: Buffer, right: Buffer) =>
      createHash('sha256').update('\x01').update(left).update(right).digest()
    expect(merkleRoot([leaf(1), leaf(2), leaf(3)])).toEqual(node(node(leaf(1), leaf(2)), leaf(3)))
  })
})

describe('the sealed trail', () => {
  it('is unbroken after work, and the root can be noted and asked for later', async () => {
    await registerSome(5)
    const sealed = await sealOnce(world.db, world.master, world.clock.now())
    expect(sealed?.leafCount).toBeGreaterThanOrEqual(5)
    const report = await verifyNow({ against: sealed!.root.toString('hex') })
    expect(report).toMatchObject({
      sound: true,
      firstFault: null,
      unsealed: 0,
      lastRoot: sealed!.root.toString('hex'),
    })
    const block = await world.db.selectFrom('audit_block').selectAll().executeTakeFirstOrThrow()
    expect(blockRoot(block.block, block.leaf_count, block.merkle_root, block.previous_root)).toEqual(
      block.root,
    )
    expect(verify(null, block.root, createPublicKey(world.master.signingKey()), block.signature)).toBe(true)
  })

  it('cannot be changed, removed from or truncated by the login of the program', async () => {
    for (const text of [
      "update audit_event set verb = 'x'",
      'delete from audit_event',
      'truncate audit_event',
      'update audit_leaf set position = position',
      'delete from audit_block',
      'update view_event set seen = seen',
      "insert into audit_unsealed (event_id, kind, at, content_hash) values (gen_random_uuid(), 'event', now(), '\\x00')",
    ])
      await expect(sql.raw(text).execute(world.db), text).rejects.toThrow(/permission denied/)
  })

  it('names the first changed event', async () => {
    const victim = await owner
      .selectFrom('audit_leaf')
      .select(['event_id', 'position'])
      .where('position', '=', 2)
      .executeTakeFirstOrThrow()
    const before = await owner
      .selectFrom('audit_event')
      .select('canonical_text')
      .where('id', '=', victim.event_id)
      .executeTakeFirstOrThrow()
    const rewrite = (text: string) =>
      owner
        .updateTable('audit_event')
        .set({ canonical_text: text })
        .where('id', '=', victim.event_id)
        .execute()
    await rewrite(before.canonical_text.replace('party', 'pa_ty'))
    expect((await verifyNow()).firstFault).toMatchObject({
      kind: 'changed',
      eventId: victim.event_id,
      block: 1,
      position: 2,
    })
    await rewrite(before.canonical_text)
    expect((await verifyNow()).sound).toBe(true)
  })

  it('names a removed event, and one that was written past the seal', async () => {
    const fault = async (text: string) => {
      const found: unknown[] = []
      await owner
        .transaction()
        .execute(async tx => {
          await sql.raw(text).execute(tx)
          found.push(
            (await verifyTrail(tx, { master: world.master, anchors: [], now: world.clock.now() })).firstFault,
          )
          throw new Error('roll back')
        })
        .catch((error: Error) => {
          if (error.message !== 'roll back') throw error
        })
      return found[0]
    }
    const last = await owner
      .selectFrom('audit_event')
      .select('id')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(
      await fault(
        `delete from audit_event_subject where event_id = '${last.id}'; delete from audit_event where id = '${last.id}'`,
      ),
    ).toMatchObject({ kind: 'removed', eventId: last.id })
    expect(
      await fault(`alter table audit_event disable trigger user;
        insert into audit_event values ('00000000-0000-7000-8000-00000000ffff', now(), gen_random_uuid(), 'forged', '{}', sha256('{}'))`),
    ).toMatchObject({ kind: 'inserted', eventId: '00000000-0000-7000-8000-00000000ffff' })
  })

  it('names a cut tail by the roots noted outside the database', async () => {
    const file = join(world.config.dataDir, 'anchors-test.log')
    await registerSome(1)
    const sealed = await sealOnce(world.db, world.master, world.clock.now())
    await appendAnchor(file, sealed!)
    const anchors = await readAnchors(file)
    expect(anchors.map(anchor => anchor.block)).toEqual([sealed!.block])
    expect((await verifyNow({ anchors })).sound).toBe(true)
    await owner
      .transaction()
      .execute(async tx => {
        await sql
          .raw(
            `create temp table cut as select event_id from audit_leaf where block = ${sealed!.block};
             delete from audit_leaf where block = ${sealed!.block}; delete from audit_block where block = ${sealed!.block};
             delete from audit_event_subject where event_id in (select event_id from cut);
             delete from audit_event where id in (select event_id from cut)`,
          )
          .execute(tx)
        const report = await verifyTrail(tx, { master: world.master, anchors, now: world.clock.now() })
        expect(report.firstFault).toMatchObject({ kind: 'cut', block: sealed!.block })
        throw new Error('roll back')
      })
      .catch((error: Error) => expect(error.message).toBe('roll back'))
  })

  it('reports a record which waits over a minute for its seal', async () => {
    await registerSome(1)
    const later = new Date(world.clock.now().getTime() + 61_000)
    expect((await verifyNow({ now: later })).firstFault).toMatchObject({ kind: 'unsealed' })
    await sealOnce(world.db, world.master, world.clock.now())
    expect((await verifyNow({ now: later })).sound).toBe(true)
  })
})

describe('a change without an event', () => {
  it('cannot commit, even as a plain statement of the program', async () => {
    await registerSome(1)
    await expect(sql`update party set website = 'https://example.com'`.execute(world.db)).rejects.toThrow(
      /must leave an audit event in the same transaction/,
    )
    await expect(sql`delete from party_identity`.execute(world.db)).rejects.toThrow(
      /must leave an audit event/,
    )
  })

  it('cannot commit behind an event of another transaction', async () => {
    const other = world.db.transaction().execute(async tx => {
      await world.executor.context(tx, sales, 'test').record({ verb: 'unrelated', subjects: [] })
      await expect(sql`update party set website = 'x'`.execute(world.db)).rejects.toThrow(
        /must leave an audit event/,
      )
    })
    await other
  })

  it('stands guard on every business table', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'change_must_leave_an_event')
      order by 1`.execute(owner)
    const unguarded = rows.map(row => row.name).filter(name => !/^view_event_/.test(name))
    expect(unguarded).toEqual(UNGUARDED)
  })
})

/** The trail itself, answered keys, keys of subjects, search keys, duplicate candidates and computed owners derived from guarded rows, staged import rows, what a disposal has still to remove and what the walk found past its retention, and what is no business record, and the public register. */
const UNGUARDED = [
  'audit_block',
  'audit_erasure',
  'audit_event',
  'audit_event_subject',
  'audit_leaf',
  'audit_unsealed',
  'command_run',
  'computed_owner',
  'computed_ownership',
  'corporate_register',
  'credit_pair_total',
  'custom_key',
  'desk_item',
  'disposal_due',
  'disposal_file',
  'disposal_walk',
  'document_inbox',
  'document_upload',
  'import_chunk',
  'import_row',
  'import_taken_over',
  'list_export_file',
  'list_export_progress',
  'owners_watch_mark',
  'ownership_mark',
  'party_candidate',
  'party_candidate_due',
  'party_register_check',
  'party_search_key',
  'person_former_key',
  'quality_item',
  'quality_measure',
  'schema_migration',
  'schema_migration_lock',
  'screening_mark',
  'screening_queue',
  'sign_in_attempt',
  'sign_in_brake',
  'subject_key',
  'tie_key',
  'tie_scan',
]
