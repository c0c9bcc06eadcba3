import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { connectionRefusal } from './connection-refusal.ts'
import { createTestDatabase, databaseUrl, dropTestDatabase } from './embedded/testing.ts'
import { APP_ROLE, appUrl, ensureAppRole, ownLogin } from './roles.ts'

// The login belongs to the whole server, and every test file of this run works with it.
const ownerUrl = inject('ownerUrl')
const SECOND = 'daicho_test_second_installation'

it('a login which opens keeps its password, and so does one that other databases use: another installation gets its own', async () => {
  const before = await storedPassword()
  expect(await ensureAppRole(ownerUrl, 'daicho-test-only', `${APP_ROLE}_test`)).toBe(inject('login'))
  const url = await createTestDatabase(ownerUrl, inject('template'), SECOND)
  const own = ownLogin(url)
  try {
    for (const password of ['of-another-folder', 'of-a-third'])
      expect(await ensureAppRole(url, password)).toBe(own)
    expect(await storedPassword()).toBe(before)
    const client = new pg.Client({ connectionString: appUrl(url, 'of-a-third', own) })
    await client.connect()
    const { rows } = await client.query(
      `select has_table_privilege('party', 'insert') as writes, has_table_privilege('audit_event', 'delete') as erases,
        has_schema_privilege('public', 'create') as builds`,
    )
    await client.end()
    expect(rows).toEqual([{ writes: true, erases: false, builds: false }])
  } finally {
    await dropTestDatabase(ownerUrl, SECOND)
    await asOwner(`drop role if exists ${own}`)
  }
})

it('two installations which start in the same moment on a new server both get in', async () => {
  const shared = 'daicho_test_both'
  const databases = ['daicho_test_first', 'daicho_test_other']
  const urls: string[] = []
  const logins: string[] = []
  try {
    for (const name of databases) urls.push(await createTestDatabase(ownerUrl, 'template1', name))
    for (let round = 0; round < 5; round++) {
      const starts = urls.map((url, at) => ({
        url,
        password: `of-start-${round}-${at}`,
        own: `${shared}_${at}`,
      }))
      const made = await Promise.all(
        starts.map(({ url, password, own }) => ensureAppRole(url, password, own, shared)),
      )
      logins.push(...made)
      expect(new Set(made).size).toBe(2)
      for (const [at, { url, password }] of starts.entries()) {
        const client = new pg.Client({ connectionString: appUrl(url, password, made[at]) })
        await client.connect()
        await client.end()
      }
      for (const login of [...made.filter(one => one !== shared), shared]) await asOwner(`drop role ${login}`)
    }
    expect(logins).toContain(shared)
  } finally {
    for (const name of databases) await dropTestDatabase(ownerUrl, name)
    for (const login of [`${shared}_0`, `${shared}_1`, shared]) await asOwner(`drop role if exists ${login}`)
  }
})

it('a database which cannot be opened is named with the remedy, never with the password', async () => {
  expect(await refusalOf(appUrl(ownerUrl, 'never-said'))).toMatch(
    /^the database at .+ could not be opened \(.+\)\. Remedy: correct the password of the login daicho_app/,
  )
  expect(await refusalOf(databaseUrl(ownerUrl, 'not_there'))).toContain('create database not_there owner ')
  expect(await refusalOf('postgres://owner:never-said@127.0.0.1:1/daicho')).toBe(
    'the database at 127.0.0.1:1/daicho could not be opened (connect ECONNREFUSED 127.0.0.1:1). Remedy: start that server, or correct the host and the port.',
  )
})

async function refusalOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  const error: unknown = await client.connect().catch((reason: unknown) => reason)
  await client.end()
  const { message } = connectionRefusal(url, error)
  expect(message).not.toContain('never-said')
  return message
}

async function storedPassword(): Promise<string> {
  const rows = await asOwner('select rolpassword from pg_authid where rolname = $1', [APP_ROLE])
  return rows[0].rolpassword
}

async function asOwner(text: string, values: string[] = []) {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query(text, values)
  await client.end()
  return rows
}
