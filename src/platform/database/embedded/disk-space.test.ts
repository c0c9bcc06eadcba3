import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freeSpace, isDiskNearlyFull } from './disk-space.ts'
import { startEmbedded } from './index.ts'

const MEBIBYTE = 1024 * 1024
let root: string
let small: string
let isMounted = false

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'daicho-disk-'))
  small = join(root, 'small')
  mkdirSync(small)
  isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', small]).status === 0
})

afterAll(() => {
  if (isMounted) spawnSync('umount', [small])
  rmSync(root, { recursive: true, force: true })
})

test('free space is what an ordinary user may still write', async () => {
  const { bavail, bsize } = statfsSync(root)
  expect(Math.abs((await freeSpace(root)) - bavail * bsize)).toBeLessThan(256 * MEBIBYTE)
})

test('the disk counts as nearly full as soon as one of the folders is short of space', async () => {
  const free = await freeSpace(root)
  expect(await isDiskNearlyFull([root], free + 1024 * MEBIBYTE)).toBe(true)
  expect(await isDiskNearlyFull([root, tmpdir()], 0)).toBe(false)
})

test('on a full disk a write is refused by name, reading goes on, and work resumes once there is space', async context => {
  if (!isMounted) return context.skip('this system does not let a test mount a small disk')
  const database = await startEmbedded({ dataDir: join(small, 'data'), log: () => {} })
  const client = new pg.Client({ connectionString: database.ownerUrl })
  try {
    await client.connect()
    await client.query('create table kept (text text)')
    await client.query("insert into kept values ('台帳')")
    const ballast = join(small, 'ballast')
    writeFileSync(ballast, Buffer.alloc((await freeSpace(small)) - MEBIBYTE))
    expect(await isDiskNearlyFull([small])).toBe(true)
    const fill = "create table filling as select repeat('x', 1000) as text from generate_series(1, 20000)"
    await expect(client.query(fill)).rejects.toMatchObject({ code: '53100' })
    expect((await client.query('select text from kept')).rows).toEqual([{ text: '台帳' }])
    rmSync(ballast)
    await client.query(fill)
    expect((await client.query('select count(*)::int from filling')).rows).toEqual([{ count: 20_000 }])
  } finally {
    await client.end()
    await database.stop()
  }
})
