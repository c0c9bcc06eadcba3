import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { probeDatabase } from './probe.ts'
import {
  createTestDatabase,
  databaseUrl,
  dropTestDatabase,
  startThrowawayServer,
  type ThrowawayServer,
} from './testing.ts'

let server: ThrowawayServer

beforeAll(async () => {
  server = await startThrowawayServer()
})

afterAll(async () => {
  await server.stop()
})

async function run(database: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(server.ownerUrl, database) })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

test('a database under the character type C, where search would find no Japanese, is refused', async () => {
  await run('postgres', client =>
    client.query("create database plain template template0 encoding 'UTF8' locale 'C'"),
  )
  await run('plain', async client => {
    await expect(probeDatabase(client, { mustBeDurable: false })).rejects.toThrow(
      /character type C this database finds no Japanese words\. Remedy: create it with\n {2}create database/,
    )
  })
})

test('a database in another encoding is refused', async () => {
  await run('postgres', client =>
    client.query("create database euc template template0 encoding 'EUC_JP' locale 'C'"),
  )
  await run('euc', async client => {
    await expect(probeDatabase(client, { mustBeDurable: false })).rejects.toThrow(
      'encoded in EUC_JP, not UTF8',
    )
  })
})

test('a server which may lose committed work is refused where ours must be durable', async () => {
  await run('postgres', async client => {
    await expect(probeDatabase(client, { mustBeDurable: true })).rejects.toThrow(
      'fsync off, synchronous_commit off',
    )
    await probeDatabase(client, { mustBeDurable: false })
  })
})

test('an owner who may not make pg_trgm is told what to ask for', async () => {
  await run('postgres', client => client.query('create database bare template template0'))
  await run('postgres', client => client.query("create role guest login password 'guest'"))
  const url = new URL(databaseUrl(server.ownerUrl, 'bare'))
  url.username = 'guest'
  url.password = 'guest'
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await expect(probeDatabase(client, { mustBeDurable: false })).rejects.toThrow('create extension pg_trgm;')
  await client.end()
})

test('a test database is a copy of its template and can be dropped while someone is connected', async () => {
  await run('postgres', client => client.query('create database prepared'))
  await run('prepared', client => client.query("create table kept as select '台帳' as word"))
  const url = await createTestDatabase(server.ownerUrl, 'prepared', 'copy-1')
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  expect((await client.query('select word from kept')).rows).toEqual([{ word: '台帳' }])
  await dropTestDatabase(server.ownerUrl, 'copy-1')
  await expect(client.query('select 1')).rejects.toThrow()
})
