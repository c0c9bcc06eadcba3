import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { openDatabase, openPool } from '../database/database.ts'
import { newId } from '../ids/uuid.ts'
import { createMasterKeyFile, loadMasterKey, MasterKey, replaceMasterKeyFile } from './master-key.ts'
import { rotateWrappingKey } from './rotate.ts'
import { SubjectKeys } from './subject-keys.ts'

let world: World
let folder: string
let owner: ReturnType<typeof openDatabase>
beforeAll(async () => {
  world = await createWorld()
  owner = openDatabase(openPool({ url: world.ownerUrl, max: 2, name: 'rotation test' }))
  folder = mkdtempSync(join(tmpdir(), 'daicho-keys-'))
})
afterAll(async () => {
  await owner.destroy()
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

const nobody = async () => {}
const silent = () => {}

/** As many subjects as do not fit into one chunk, one of them disposed of. */
async function sealedValues(master: MasterKey, count = 2_300) {
  const keys = new SubjectKeys(master)
  const sealed: { subject: string; value: string }[] = []
  for (let at = 0; at < count; at += 100)
    await world.db.transaction().execute(async tx => {
      for (let one = 0; one < 100; one++) {
        const subject = newId()
        sealed.push({ subject, value: await keys.seal(tx, subject, `値 ${at + one}`) })
      }
    })
  await owner
    .updateTable('subject_key')
    .set({ wrapped_key: null, destroyed_at: new Date().toISOString() })
    .where('subject_id', '=', sealed[7]!.subject)
    .execute()
  return sealed
}

async function opens(master: MasterKey, sealed: { value: string }[]) {
  const keys = new SubjectKeys(master)
  for (const [at, one] of sealed.entries())
    expect(await keys.open(world.db, one.value)).toBe(at === 7 ? null : `値 ${at}`)
}

it('rotation stopped at any chunk loses nothing, goes on, and ends with a file whose old key opens nothing', async () => {
  const file = join(folder, 'master.key')
  createMasterKeyFile(file, world.master)
  const before = loadMasterKey(folder, {})
  const sealed = await sealedValues(before)
  const crash = new Error('killed')
  await expect(
    rotateWrappingKey({
      db: owner,
      master: before,
      file,
      refuseWhileInUse: nobody,
      say: silent,
      afterChunk: () => {
        throw crash
      },
    }),
  ).rejects.toBe(crash)
  const half = loadMasterKey(folder, {})
  expect(half.rotating).toBe(true)
  await opens(half, sealed)
  // Written meanwhile by a program started in between.
  const subject = newId()
  const added = await world.db.transaction().execute(tx => new SubjectKeys(half).seal(tx, subject, '間'))
  const rest = await rotateWrappingKey({
    db: owner,
    master: half,
    file,
    refuseWhileInUse: nobody,
    say: silent,
  })
  expect(rest).toBeGreaterThanOrEqual(sealed.length - 1_001)
  const after = loadMasterKey(folder, {})
  expect(after.rotating).toBe(false)
  await opens(after, sealed)
  expect(await new SubjectKeys(after).open(world.db, added)).toBe('間')
  await expect(new SubjectKeys(before).open(world.db, sealed[0]!.value)).rejects.toThrow()
  // Look-up hashes and the signature of the trail stay what they were.
  expect(after.keyedHash('bank-account', '1')).toBe(before.keyedHash('bank-account', '1'))
  expect(after.signingKey().export({ format: 'der', type: 'pkcs8' })).toEqual(
    before.signingKey().export({ format: 'der', type: 'pkcs8' }),
  )
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(MasterKey.fromExport(after.export()).toText()).toBe(readFileSync(file, 'utf8'))
  const again = await rotateWrappingKey({
    db: owner,
    master: after,
    file,
    refuseWhileInUse: nobody,
    say: silent,
  })
  expect(again).toBeGreaterThanOrEqual(sealed.length)
  await opens(loadMasterKey(folder, {}), sealed)
  expect(readFileSync(file, 'utf8').trim().split('\n').length).toBe(2)
}, 120_000)

it('nothing is written while a program is connected, and a second first key does not replace the first', async () => {
  const file = join(folder, 'other.key')
  createMasterKeyFile(file, world.master)
  const text = readFileSync(file, 'utf8')
  const refusal = new Error('in use')
  const run = rotateWrappingKey({
    db: owner,
    master: world.master,
    file,
    say: silent,
    refuseWhileInUse: async () => {
      throw refusal
    },
  })
  await expect(run).rejects.toBe(refusal)
  expect(readFileSync(file, 'utf8')).toBe(text)
  createMasterKeyFile(file, world.master.withNewWrap())
  expect(readFileSync(file, 'utf8')).toBe(text)
  replaceMasterKeyFile(file, world.master.withNewWrap())
  expect(readFileSync(file, 'utf8')).not.toBe(text)
  expect(() => MasterKey.fromText('short')).toThrow('32 bytes')
})
