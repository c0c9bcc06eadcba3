import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { TEST_PASSWORD } from '../../app/testing/database-setup.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import { backupTo, compareDatabases, restoreFrom } from '../../platform/database/backup/index.ts'
import { type Db, openDatabase, openPool } from '../../platform/database/database.ts'
import {
  createTestDatabase,
  databaseUrl,
  dropTestDatabase,
} from '../../platform/database/embedded/testing.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { appUrl } from '../../platform/database/roles.ts'
import { sealOnce } from '../../platform/trail/seal.ts'
import { verifyTrail } from '../../platform/trail/verify.ts'
import { approve } from '../approvals/commands.ts'
import { register } from '../parties/commands/register-party.ts'
import { propose } from './commands.ts'
import { finishDisposals } from './finish.ts'

const copyName = `daicho_copy_${randomUUID().replaceAll('-', '')}`
let world: World
let root: string
let copy: Db | null = null
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'daicho-disposed-'))
  world = await createWorld()
})
afterAll(async () => {
  await copy?.destroy()
  await dropTestDatabase(inject('ownerUrl'), copyName)
  await world.close()
  rmSync(root, { recursive: true, force: true })
})

test('a company restored from a backup made after a disposal holds nothing of it, and its trail is whole', async () => {
  const [sales, manager] = [await world.person('営業', 'sales'), await world.person('部長', 'manager')]
  const compliance = await world.person('法務', 'compliance')
  const party = {
    partyKind: 'corporation' as const,
    legalName: '株式会社復元されず',
    roles: ['client' as const],
  }
  const { id: partyId } = await world.done(sales, register, party)
  world.clock.set(new Date('2028-11-24T10:00:00+09:00'))
  const change = { reasonCode: 'review' as const, reasonText: '保存期間の満了を確認した', evidence: [] }
  const answer = await world.run(manager, propose, { subjectKind: 'party', subjectId: partyId, change })
  const { changeRequestId } = answer.body as { changeRequestId: string }
  await world.done(compliance, approve, { changeRequestId })
  expect(await finishDisposals(world)).toBe(1)
  const now = world.clock.now()
  while ((await sealOnce(world.db, world.master, now)) !== null);
  const anchorsFile = join(root, 'anchors.log')
  await backupTo(join(root, 'backup'), {
    ownerUrl: world.ownerUrl,
    filesDir: world.config.filesDir,
    anchorsFile,
    key: { masterKey: world.master.export(), passphrase: 'a sentence nobody guesses' },
    now,
  })
  const copyUrl = await createTestDatabase(inject('ownerUrl'), 'template0', copyName)
  await restoreFrom(join(root, 'backup'), {
    ownerUrl: copyUrl,
    filesDir: join(root, 'restored', 'files'),
    anchorsFile: join(root, 'restored', 'anchors.log'),
    passphrase: 'a sentence nobody guesses',
    migrateTo: async level => void (await migrate(copyUrl, level)),
    migrateAll: async () => void (await migrate(copyUrl)),
  })
  expect(await compareDatabases(world.ownerUrl, copyUrl)).toEqual([])
  const url = appUrl(databaseUrl(inject('ownerUrl'), copyName), TEST_PASSWORD, inject('login'))
  copy = openDatabase(openPool({ url, max: 2, name: 'test copy' }))
  const { rows } = await sql<{ legal_name: string; said: number }>`
    select legal_name, (select count(*)::int from audit_event where canonical_text like '%復元されず%') as said
    from party where id = ${partyId}`.execute(copy)
  expect(rows).toEqual([{ legal_name: '廃棄済み', said: 0 }])
  expect((await verifyTrail(copy, { master: world.master, anchors: [], now })).firstFault).toBeNull()
})
