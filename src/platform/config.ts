import { resolve } from 'node:path'

/** How this installation runs; read once from the environment. */
export interface Config {
  dataDir: string
  /** Where to listen; demo mode and plain HTTP stay on the loopback address. */
  host: string
  port: number
  portChosen: boolean
  mode: 'demo' | 'company'
  /** A company to practise in (docs/decisions/0018): invented data in a folder of its own, said on every screen. */
  practice: boolean
  databaseUrl: string | null
  databaseOwnerUrl: string | null
  /** Off behind a pooler in transaction mode that does not carry prepared statements (docs/decisions/0011). */
  preparedStatements: boolean
  /** The address people type, when a proxy stands in front: https://daicho.example.co.jp */
  publicUrl: string | null
  trustProxy: string | false
  /** The demo may be reached from other machines, by its known passwords. */
  demoOpen: boolean
  tls: { certFile: string; keyFile: string } | null
  clock: Date | null
  logLevel: string
  smtpUrl: string | null
  mailFrom: string
  filesDir: string
  anchorsFile: string
  /** Hosts the program may call (host or host:port); none by default: nothing calls out. */
  outboundHosts: readonly string[]
}

const DEFAULT_PORT = 3000
const PRACTICE_PORT = 3100

export function readConfig(env: NodeJS.ProcessEnv, mode: Config['mode']): Config {
  const dataDir = resolve(env.DAICHO_DATA ?? 'data')
  const tls = tlsOf(env)
  return {
    dataDir,
    host: env.HOST ?? '127.0.0.1',
    port: portOf(env.PORT),
    portChosen: env.PORT !== undefined,
    mode,
    practice: false,
    databaseUrl: databaseAddressOf('DATABASE_URL', env.DATABASE_URL),
    databaseOwnerUrl: databaseAddressOf('DATABASE_OWNER_URL', env.DATABASE_OWNER_URL),
    preparedStatements: switchOf('DAICHO_PREPARED_STATEMENTS', env.DAICHO_PREPARED_STATEMENTS),
    publicUrl: addressOf('DAICHO_URL', env.DAICHO_URL),
    trustProxy: env.DAICHO_TRUSTED_PROXIES || false,
    demoOpen: switchOf('DAICHO_DEMO_OPEN', env.DAICHO_DEMO_OPEN || 'off'),
    tls,
    clock: clockOf(env.DAICHO_CLOCK, mode),
    logLevel: env.DAICHO_LOG ?? 'warn',
    smtpUrl: env.SMTP_URL || null,
    mailFrom: env.MAIL_FROM ?? 'daicho@localhost',
    filesDir: resolve(dataDir, 'files'),
    anchorsFile: resolve(dataDir, 'anchors.log'),
    outboundHosts: (env.DAICHO_OUTBOUND_HOSTS ?? '')
      .split(',')
      .map(host => host.trim())
      .filter(host => host !== ''),
  }
}

/**
 * The same program as a company to practise in: a data folder beside the live one, the embedded database whatever DATABASE_URL says,
 * no mail and no calls to other machines, so that nothing done here can reach live data or anybody outside.
 */
export function practiceConfig(config: Config, env: NodeJS.ProcessEnv): Config {
  const dataDir = resolve(env.DAICHO_PRACTICE_DATA ?? `${config.dataDir}-practice`)
  if (dataDir === config.dataDir)
    throw new Error('DAICHO_PRACTICE_DATA must not be the folder of the live data (DAICHO_DATA)')
  return {
    ...config,
    dataDir,
    mode: 'demo',
    practice: true,
    port: env.PORT === undefined ? PRACTICE_PORT : config.port,
    databaseUrl: null,
    databaseOwnerUrl: null,
    publicUrl: addressOf('DAICHO_PRACTICE_URL', env.DAICHO_PRACTICE_URL),
    smtpUrl: null,
    filesDir: resolve(dataDir, 'files'),
    anchorsFile: resolve(dataDir, 'anchors.log'),
    outboundHosts: [],
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT must be 0 to 65535, not "${text}"`)
  return port
}

/** An on/off setting which is on unless it says off; any other word is refused, never read as one of the two. */
function switchOf(name: string, text: string | undefined): boolean {
  if (text === undefined || text === '' || text === 'on') return true
  if (text === 'off') return false
  throw new Error(`${name} must be on or off, not "${text}"`)
}

/**
 * The address of an outside database. Of a socket (postgres:///daicho?host=/run/postgresql) the host's place is filled, or it could not carry
 * a login. The address holds a password, so a refusal does not repeat it.
 */
function databaseAddressOf(name: string, text: string | undefined): string | null {
  if (!text) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2 || !isWellEncoded(url))
    throw new Error(
      `${name} must be an address such as postgres://owner:password@host:5432/daicho; in names and passwords write @ : / ? # % as %40 %3A %2F %3F %23 %25`,
    )
  if (url.hostname !== '') return text
  url.hostname = 'localhost'
  return url.toString()
}

function isWellEncoded({ username, password, pathname }: URL): boolean {
  return [username, password, pathname].every(part => !/%(?![0-9a-f]{2})/i.test(part))
}

/** The address people type, without the slash at its end. */
function addressOf(name: string, text: string | undefined): string | null {
  if (!text) return null
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new Error(`${name} must be an address such as https://daicho.example.co.jp, not "${text}"`)
  return text.replace(/\/+$/, '')
}

function tlsOf(env: NodeJS.ProcessEnv): Config['tls'] {
  if (!env.TLS_CERT_FILE && !env.TLS_KEY_FILE) return null
  if (!env.TLS_CERT_FILE || !env.TLS_KEY_FILE)
    throw new Error('TLS_CERT_FILE and TLS_KEY_FILE must be set together')
  return { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE }
}

function clockOf(text: string | undefined, mode: Config['mode']): Date | null {
  if (!text) return null
  if (mode !== 'demo') throw new Error('DAICHO_CLOCK moves the clock in tests and the demo only; unset it')
  const at = new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new Error(`DAICHO_CLOCK must be an instant such as 2026-11-23T09:00:00+09:00, not "${text}"`)
  return at
}
