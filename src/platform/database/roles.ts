import { randomBytes } from 'node:crypto'
import pg from 'pg'

export const APP_ROLE = 'daicho_app'

/**
 * Makes sure the login the program works with exists and has this password; it may read and write rows but not change the
 * schema, truncate, or rewrite the trail (architecture.md, Database roles). Throws with the SQL to run when the owner may not.
 */
export async function ensureAppRole(ownerUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [APP_ROLE])
    const verb = rows.length ? 'alter' : 'create'
    await client.query(
      `${verb} role ${APP_ROLE} login nosuperuser nocreatedb nocreaterole password ${literal(password)}`,
    )
  } catch (error) {
    throw new Error(roleRemedy(error), { cause: error })
  } finally {
    await client.end()
  }
}

function roleRemedy(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return (
    `the login ${APP_ROLE} could not be made (${reason}). Remedy: let an administrator of the server run\n` +
    `  create role ${APP_ROLE} login password '...';\n` +
    'then set DATABASE_URL to that login and DATABASE_OWNER_URL to the owner of the database.'
  )
}

/** The same server and database, with the program's own login. */
export function appUrl(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = APP_ROLE
  url.password = password
  return url.toString()
}

export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

function literal(text: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(text))
    throw new Error('the password of the application role must be letters, digits, - and _')
  return `'${text}'`
}
