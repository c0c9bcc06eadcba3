import { sqlState } from './sql-errors.ts'

/**
 * Why a database could not be opened, as an error for the operator: the place (never the password), what the server or the network said,
 * and the remedy.
 */
export function connectionRefusal(url: string, error: unknown): Error {
  const { place, login, database } = addressParts(url)
  const reason = (error instanceof Error && error.message) || networkCode(error) || String(error)
  return new Error(
    `the database at ${place} could not be opened (${reason}). Remedy: ${remedyOf(error, login, database)}`,
    {
      cause: error,
    },
  )
}

/** What an address names, for people: never its password. */
export function addressParts(url: string): { place: string; login: string; database: string } {
  const { hostname, port, pathname, username, searchParams } = new URL(url)
  const host = searchParams.get('host') ?? decodeURIComponent(hostname)
  return {
    place: `${host}:${port || 5432}${pathname}`,
    login: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)),
  }
}

const REMEDIES: Readonly<Record<string, (login: string, database: string) => string>> = {
  '28P01': login =>
    `correct the password of the login ${login}; signs such as @ : / ? # % are written %40 %3A %2F %3F %23 %25.`,
  '28000': login =>
    `make the login ${login}, let it log in, and allow it from this machine in pg_hba.conf of the server.`,
  '3D000': (login, database) =>
    `create it on that server: create database ${database} owner ${login} template template0 encoding 'UTF8' locale 'C.UTF-8';`,
  '42501': (login, database) => `grant connect on database ${database} to ${login};`,
  '53300': () => 'raise max_connections of the server, or end sessions nobody needs.',
  '57P03': () => 'wait until the server has started, then start again.',
  ECONNREFUSED: () => 'start that server, or correct the host and the port.',
  ENOTFOUND: () => 'correct the name of the host.',
  ENOENT: () => 'start that server, or correct the folder of its socket.',
}

function remedyOf(error: unknown, login: string, database: string): string {
  const code = sqlState(error) ?? networkCode(error)
  return REMEDIES[code]?.(login, database) ?? 'check the address, and that the server runs and is reached.'
}

function networkCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
