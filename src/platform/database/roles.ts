import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { connectionRefusal } from './connection-refusal.ts'
import { sqlState } from './sql-errors.ts'

export const APP_ROLE = 'daicho_app'

/** The login of one database on a server where others work with `APP_ROLE`; it may do the same, as its member. */
export function ownLogin(ownerUrl: string): string {
  const database = decodeURIComponent(new URL(ownerUrl).pathname.slice(1))
  return `${APP_ROLE}_${createHash('sha256').update(database).digest('hex').slice(0, 8)}`
}

/**
 * Makes sure the program has a login which opens with this password, and returns its name; it may read and write rows but not change the
 * schema, truncate, or rewrite the trail (architecture.md, Database roles). A login which opens is left as it is: PostgreSQL 15 lets
 * nobody but a superuser change one. Logins belong to the whole server: where another installation works with `APP_ROLE` under another
 * password, `own` is made as its member, and nobody is locked out. Throws with the remedy when the owner may not.
 */
export async function ensureAppRole(
  ownerUrl: string,
  password: string,
  own = ownLogin(ownerUrl),
): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const known = await knownRole(client, APP_ROLE)
    if (known?.superuser)
      throw new Error(
        `the login ${APP_ROLE} is a superuser, which the program must not be. Remedy: alter role ${APP_ROLE} nosuperuser;`,
      )
    for (const login of known ? [APP_ROLE, own] : [])
      if (await opens(appUrl(ownerUrl, password, login))) return login
    const login = known && (await isTaken(client)) ? own : APP_ROLE
    await writeRole(client, login, password)
    await refuseClosedRole(appUrl(ownerUrl, password, login), login)
    return login
  } finally {
    await client.end()
  }
}

async function knownRole(client: pg.Client, login: string): Promise<{ superuser: boolean } | undefined> {
  const { rows } = await client.query('select rolsuper as superuser from pg_roles where rolname = $1', [
    login,
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

/** Whether somebody works with `APP_ROLE` now, or it holds rights in another database. */
async function isTaken(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1
       from pg_database d
      where d.datname <> current_database()
        and exists (select 1 from pg_shdepend s join pg_roles r on r.oid = s.refobjid
                     where s.refclassid = 'pg_authid'::regclass and r.rolname = $1 and s.dbid = d.oid)
      union all
     select 1 from pg_stat_activity where usename = $1 and datname is not null
      limit 1`,
    [APP_ROLE],
  )
  return rows.length > 0
}

async function writeRole(client: pg.Client, login: string, password: string): Promise<void> {
  const verb = (await knownRole(client, login)) ? 'alter' : 'create'
  const rights = verb === 'create' ? 'nosuperuser nocreatedb nocreaterole' : ''
  const member = verb === 'create' && login !== APP_ROLE ? `in role ${APP_ROLE}` : ''
  try {
    await client.query(`${verb} role ${login} login ${rights} password ${literal(password)} ${member}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `the login ${login} could not be ${verb === 'create' ? 'made' : 'given its password'} (${reason}). ` +
        'Remedy: let an administrator of the server run\n' +
        `  ${verb} role ${login} login password '...' ${member};\n` +
        `and write that password into app.password of the data folder${login === APP_ROLE ? ', or set DATABASE_URL to that login and DATABASE_OWNER_URL to the owner of the database' : ''}.`,
      { cause: error },
    )
  }
}

async function refuseClosedRole(url: string, login: string): Promise<void> {
  if (await opens(url)) return
  throw new Error(
    `the server does not let the login ${login} in, though its password was just set. Remedy: allow it in pg_hba.conf of the server, as the owner of the database is.`,
  )
}

/** The same server and database, with the program's own login. */
export function appUrl(ownerUrl: string, password: string, login: string = APP_ROLE): string {
  const url = new URL(ownerUrl)
  url.username = login
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
