import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connectionRefusal } from './connection-refusal.ts'
import { sqlState } from './sql-errors.ts'

export const APP_ROLE = 'daicho_app'

/**
 * Makes sure the login the program works with exists and opens with this password; it may read and write rows but not change the
 * schema, truncate, or rewrite the trail (architecture.md, Database roles). A login which opens is left as it is: PostgreSQL 15 lets
 * nobody but a superuser change one, and logins belong to the whole server, so that a new password would lock out another installation.
 * Throws with the remedy when the owner may not, or when another installation uses the login.
 */
export async function ensureAppRole(ownerUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const known = await knownRole(client)
    if (known?.superuser)
      throw new Error(
        `the login ${APP_ROLE} is a superuser, which the program must not be. Remedy: alter role ${APP_ROLE} nosuperuser;`,
      )
    const address = appUrl(ownerUrl, password)
    if (known && (await opens(address))) return
    if (known) await refuseTakenRole(client)
    await writeRole(client, known ? 'alter' : 'create', password)
    await refuseClosedRole(address)
  } finally {
    await client.end()
  }
}

async function knownRole(client: pg.Client): Promise<{ superuser: boolean } | undefined> {
  const { rows } = await client.query('select rolsuper as superuser from pg_roles where rolname = $1', [
    APP_ROLE,
  ])
  return rows[0]
}

const WRONG_PASSWORD = '28P01'
const NOT_ALLOWED_IN = '28000'

/** Whether the login opens with its password; what else goes wrong is thrown. */
async function opens(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return true
  } catch (error) {
    if ([WRONG_PASSWORD, NOT_ALLOWED_IN].includes(sqlState(error) ?? '')) return false
    throw connectionRefusal(url, error)
  } finally {
    await client.end()
  }
}

/** A login which somebody works with now, or which holds rights in another database, keeps its password. */
async function refuseTakenRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ database: string }>(
    `select d.datname as database
       from pg_database d
      where d.datname <> current_database()
        and exists (select 1 from pg_shdepend s join pg_roles r on r.oid = s.refobjid
                     where s.refclassid = 'pg_authid'::regclass and r.rolname = $1 and s.dbid = d.oid)
      union
     select datname from pg_stat_activity where usename = $1 and datname is not null
      order by 1 limit 5`,
    [APP_ROLE],
  )
  if (rows.length === 0) return
  throw new Error(
    `the login ${APP_ROLE} of this server has another password than this data folder knows, and the database ${rows.map(row => row.database).join(', ')} uses it. ` +
      'Remedy: copy app.password from the data folder of that installation into this one; or, when that installation is gone,\n' +
      `  drop its database, or end its sessions and run: alter role ${APP_ROLE} password '...';\n` +
      'and write that password into app.password.',
  )
}

async function writeRole(client: pg.Client, verb: 'alter' | 'create', password: string): Promise<void> {
  const text = verb === 'create' ? 'login nosuperuser nocreatedb nocreaterole' : 'login'
  try {
    await client.query(`${verb} role ${APP_ROLE} ${text} password ${literal(password)}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `the login ${APP_ROLE} could not be ${verb === 'create' ? 'made' : 'given its password'} (${reason}). ` +
        'Remedy: let an administrator of the server run\n' +
        `  ${verb} role ${APP_ROLE} login password '...';\n` +
        'then set DATABASE_URL to that login and DATABASE_OWNER_URL to the owner of the database.',
      { cause: error },
    )
  }
}

async function refuseClosedRole(url: string): Promise<void> {
  if (await opens(url)) return
  throw new Error(
    `the server does not let the login ${APP_ROLE} in, though its password was just set. Remedy: allow it in pg_hba.conf of the server, as the owner of the database is.`,
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
