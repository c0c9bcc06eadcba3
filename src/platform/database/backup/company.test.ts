import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { TEST_PASSWORD } from '../../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../../app/testing/world.ts'
import { register } from '../../../business/parties/commands/register-party.ts'
import type { Actor } from '../../commands/actor.ts'
import { appendAnchor, readAnchors } from '../../trail/anchors.ts'
import { sealOnce } from '../../trail/seal.ts'
import { verifyTrail } from '../../trail/verify.ts'
import { type Db, openDatabase, openPool } from '../database.ts'
import { createTestDatabase, databaseUrl, dropTestDatabase } from '../embedded/testing.ts'
import { migrate } from '../migrate.ts'
import { appUrl } from '../roles.ts'
import { backupTo, compareDatabases, restoreFrom } from './index.ts'

/** The product's own schema, a company that has worked in it, and the copy of it after a restore. */
const copyName = `daicho_copy_${randomUUID().replaceAll('-', '')}`
let world: World
let root: string
let copyUrl: string
let copy: Db
let sales: Actor

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'daicho-company-'))
  world = await createWorld()
  sales = await world.person('営業', 'sales')
  for (let at = 0; at < 5; at++)
    await world.done(sales, register, { partyKind: 'corporation', legalName: `復元株式会社${at}` })
  await world.views.record({
    actorId: sales.id,
    ip: null,
    requestId: 'test',
    kind: 'list',
    query: {},
    seen: [1, 2, 3],
  })
  await appendAnchor(join(root, 'anchors.log'), (await sealOnce(world.db, world.master, world.clock.now()))!)
  // Not yet sealed when the backup is made.
  await world.done(sales, register, { partyKind: 'corporation', legalName: '未封印株式会社' })
  await backupTo(join(root, 'backup'), {
    ownerUrl: world.ownerUrl,
    filesDir: join(root, 'files'),
    anchorsFile: join(root, 'anchors.log'),
    key: { masterKey: world.master.export(), passphrase: 'a sentence nobody guesses' },
    now: world.clock.now(),
  })
  copyUrl = await createTestDatabase(inject('ownerUrl'), 'template0', copyName)
  await restoreFrom(join(root, 'backup'), {
    ownerUrl: copyUrl,
    filesDir: join(root, 'restored', 'files'),
    anchorsFile: join(root, 'restored', 'anchors.log'),
    passphrase: 'a sentence nobody guesses',
    migrateTo: async level => void (await migrate(copyUrl, level)),
    migrateAll: async () => void (await migrate(copyUrl)),
  })
  copy = openDatabase(
    openPool({
      url: appUrl(databaseUrl(inject('ownerUrl'), copyName), TEST_PASSWORD, inject('login')),
      max: 2,
      name: 'test copy',
    }),
  )
})

afterAll(async () => {
  await copy?.destroy()
  await dropTestDatabase(inject('ownerUrl'), copyName)
  await world.close()
  rmSync(root, { recursive: true, force: true })
})

test('a restored company holds the same in every table and sequence', async () => {
  expect(await compareDatabases(world.ownerUrl, copyUrl)).toEqual([])
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from audit_event`.execute(copy)
  expect(rows[0]!.count).toBeGreaterThanOrEqual(6)
})

test('the restored trail is unbroken, agrees with the noted roots, and goes on', async () => {
  const anchors = await readAnchors(join(root, 'restored', 'anchors.log'))
  expect(anchors).toHaveLength(1)
  const verify = () => verifyTrail(copy, { master: world.master, anchors, now: world.clock.now() })
  const before = await verify()
  expect(before).toMatchObject({ sound: true, firstFault: null, blocks: 1 })
  expect(before.unsealed).toBeGreaterThan(0)
  await sealOnce(copy, world.master, world.clock.now())
  expect(await verify()).toMatchObject({ sound: true, blocks: 2, unsealed: 0 })
})

test('in the restored company the login of the program may no more than before', async () => {
  await expect(sql`update party set id = id`.execute(copy)).rejects.toThrow('must leave an audit event')
  await expect(sql`delete from audit_event`.execute(copy)).rejects.toThrow('permission denied')
  await expect(sql`truncate party`.execute(copy)).rejects.toThrow('permission denied')
})
