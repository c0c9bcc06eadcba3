import pg from 'pg'
import { expect, inject, it } from 'vitest'
import { connectionRefusal } from './connection-refusal.ts'
import { databaseUrl } from './embedded/testing.ts'
import { APP_ROLE, appUrl, ensureAppRole } from './roles.ts'

// The login belongs to the whole server, and every test file of this run works with it.
const ownerUrl = inject('ownerUrl')

it('a login which opens keeps its password, and so does one that other databases use', async () => {
  const before = await storedPassword()
  await ensureAppRole(ownerUrl, 'daicho-test-only')
  await expect(ensureAppRole(ownerUrl, 'of-another-folder')).rejects.toThrow(
    /has another password than this data folder knows.*daicho_template_.*app\.password/s,
  )
  expect(await storedPassword()).toBe(before)
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
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const { rows } = await client.query('select rolpassword from pg_authid where rolname = $1', [APP_ROLE])
  await client.end()
  return rows[0].rolpassword
}
