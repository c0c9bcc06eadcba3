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
 * nobody but a superuser change one. Logins belong to the whole server: where another installation works with `shared` under another
 * password, or has just made it, `own` is made as its member, and nobody is locked out. Throws with the remedy when the owner may not.
 */
export async function ensureAppRole(
  ownerUrl: string,
  password: string,
  own = ownLogin(ownerUrl),
  shared = APP_ROLE,
): Promise<string> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const login = await loginWith(client, { ownerUrl, password, own, shared })
    await refuseClosedRole(appUrl(ownerUrl, password, login), login)
    return login
  } finally {
    await client.end()
  }
}

interface Wanted {
  ownerUrl: string
  password: string
  own: string
  shared: string
}

/** The login with this password, found or made; anew when another installation made the shared one in the same moment. */
async function loginWith(client: pg.Client, wanted: Wanted, isRepeated = false): Promise<string> {
  const { ownerUrl, password, own, shared } = wanted
  const known = await knownRole(client, shared)
  if (known?.superuser)
    throw new Error(
      `the login ${shared} is a superuser, which the program must not be. Remedy: alter role ${shared} nosuperuser;`,
    )
  for (const login of known ? [shared, own] : [])
    if (await opens(appUrl(ownerUrl, password, login))) return login
  const login = known && (await isTaken(client, shared)) ? own : shared
  // What stands now is what was looked at: a login made since then is another's, and must not get our password.
  const stands = login === shared ? known !== undefined : (await knownRole(client, login)) !== undefined
  try {
    await writeRole(client, { login, password, shared, stands })
  } catch (error) {
    if (isRepeated || !isMadeMeanwhile(error)) throw error
    return loginWith(client, wanted, true)
  }
  // Two who found the same unused login both write theirs; whoever wrote first sees it for which database it is now.
  if (isRepeated || (await opens(appUrl(ownerUrl, password, login)))) return login
  return loginWith(client, wanted, true)
}

/** Whether somebody else made or changed the login between our look and our write. */
function isMadeMeanwhile(error: unknown): boolean {
  const { cause } = error as Error
  const [DUPLICATE_OBJECT, UNIQUE_VIOLATION, TUPLE_UPDATED] = ['42710', '23505', 'XX000']
  return [DUPLICATE_OBJECT, UNIQUE_VIOLATION, TUPLE_UPDATED].includes(sqlState(cause) ?? '')
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

/** Written on a login when it is made or given its password, so that whoever starts in the same second sees for which database it is. */
const MADE_FOR = 'Daicho: made for database '

/**
 * Whether somebody works with the shared login now, it holds rights in another database, or it was made for another one that stands.
 */
async function isTaken(client: pg.Client, shared: string): Promise<boolean> {
  const { rows } = await client.query(
    `select 1
       from pg_database d
      where d.datname <> current_database()
        and exists (select 1 from pg_roles r
                     where r.rolname = $1
                       and (shobj_description(r.oid, 'pg_authid') = $2 || d.oid
                            or exists (select 1 from pg_shdepend s
                                        where s.refclassid = 'pg_authid'::regclass and s.refobjid = r.oid and s.dbid = d.oid)))
      union all
     select 1 from pg_stat_activity where usename = $1 and datname is not null
      limit 1`,
    [shared, MADE_FOR],
  )
  return rows.length > 0
}

interface RoleToWrite {
  login: string
  password: string
  shared: string
  stands: boolean
}

async function writeRole(client: pg.Client, { login, password, shared, stands }: RoleToWrite): Promise<void> {
  const verb = stands ? 'alter' : 'create'
  const rights = verb === 'create' ? 'nosuperuser nocreatedb nocreaterole' : ''
  const member = verb === 'create' && login !== shared ? `in role ${shared}` : ''
  const { rows } = await client.query('select oid from pg_database where datname = current_database()')
  const note = `comment on role ${login} is '${MADE_FOR}${rows[0].oid}'`
  try {
    await client.query(
      `${verb} role ${login} login ${rights} password ${literal(password)} ${member}; ${note}`,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `the login ${login} could not be ${verb === 'create' ? 'made' : 'given its password'} (${reason}). ` +
        'Remedy: let an administrator of the server run\n' +
        `  ${verb} role ${login} login password '...' ${member};\n` +
        `and write that password into app.password of the data folder${login === shared ? ', or set DATABASE_URL to that login and DATABASE_OWNER_URL to the owner of the database' : ''}.`,
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
