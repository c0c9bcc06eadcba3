import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type EmbeddedDatabase, startEmbedded } from './index.ts'

const isRoot = process.platform !== 'win32' && process.getuid!() === 0
const NOBODY = 65534

let prepared: string
let root: string
let dataDir: string
const opened: EmbeddedDatabase[] = []
const children: ChildProcess[] = []

beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), 'daicho-prepared-'))
  const database = await startEmbedded({ dataDir: prepared, log: () => {} })
  await database.stop()
})

afterAll(() => rmSync(prepared, { recursive: true, force: true }))

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'daicho-embedded-'))
  dataDir = join(root, 'data')
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const database of opened.splice(0)) await database.stop()
  rmSync(root, { recursive: true, force: true })
})

/** A data folder which has been used and stopped; cheaper than a first start for each test. */
function copyPrepared(): void {
  cpSync(prepared, dataDir, { recursive: true })
  chmodSync(join(dataDir, 'postgres'), 0o700)
}

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ dataDir, log: () => {}, ...options })
  opened.push(database)
  return database
}

async function ask(database: { ownerUrl: string }, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

/** Another program that starts the database, prints its URL and stays until it is killed. */
async function startInChild(
  prefix: string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ child: ChildProcess; ownerUrl: string }> {
  const index = fileURLToPath(new URL('./index.ts', import.meta.url))
  const script = `import { startEmbedded } from ${JSON.stringify(index)}
    const database = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: () => {} })
    process.on('SIGTERM', async () => { await database.stop(); process.exit(0) })
    console.log('URL ' + database.ownerUrl)
    setInterval(() => {}, 1000)`
  const [command, ...args] = [
    ...prefix,
    process.execPath,
    '--input-type=module',
    '--disable-warning=ExperimentalWarning',
    '-e',
    script,
  ]
  const child = spawn(command!, args, { env, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let output = ''
  const ownerUrl = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += String(chunk)
      const found = /URL (\S+)/.exec(output)
      if (found) resolve(found[1]!)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('exit', code => reject(new Error(`the child ended with ${code}: ${output}`)))
  })
  return { child, ownerUrl }
}

/** At the port, or at the socket which a server that ends takes away. */
const NOBODY_LISTENS = /connect (ECONNREFUSED|ENOENT)/

function postmasterPid(database: { clusterFolder: string }): number {
  return Number(readFileSync(join(database.clusterFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

describe('a first start', () => {
  test('makes a database that is durable, UTF-8, searchable in Japanese, and keeps port, password and rows over a restart', async () => {
    const first = await start()
    expect(first).toMatchObject({ host: '127.0.0.1', adopted: false, firstStart: true })
    expect(
      await ask(first, "select current_setting('fsync'), current_setting('synchronous_commit')"),
    ).toEqual(['on', 'on'])
    expect(
      await ask(first, "select current_setting('server_encoding'), current_setting('TimeZone')"),
    ).toEqual(['UTF8', 'Asia/Tokyo'])
    expect(await ask(first, "select similarity('日本橋商事', '日本橋商会') > 0.4")).toEqual([true])
    await ask(first, "create table kept as select '台帳' as word")
    await first.stop()
    expect(statSync(join(dataDir, 'database-password')).mode & 0o777).toBe(0o600)
    const second = await start()
    expect(second).toMatchObject({ adopted: false, firstStart: false, ownerUrl: first.ownerUrl })
    expect(await ask(second, 'select word from kept')).toEqual(['台帳'])
  })

  test('works below a folder with spaces and Japanese in its name, and refuses one the shell would misread', async () => {
    dataDir = join(root, '顧客 台帳', "o'clock")
    expect(await start()).toMatchObject({ firstStart: true })
    dataDir = join(root, 'cheap $HOME')
    await expect(start()).rejects.toThrow(
      /the path contains one of .* Remedy: use a folder with another name/,
    )
  })

  test('clears away what an interrupted first start has left', async () => {
    mkdirSync(join(dataDir, 'postgres.4711.new', 'base'), { recursive: true })
    expect(await start()).toMatchObject({ firstStart: true })
    expect(existsSync(join(dataDir, 'postgres.4711.new'))).toBe(false)
  })
})

describe('the embedded database', () => {
  beforeEach(copyPrepared)

  test('lets nobody in without the password', async () => {
    const database = await start()
    const url = new URL(database.ownerUrl)
    url.password = 'guessed'
    await expect(ask({ ownerUrl: url.toString() }, 'select 1')).rejects.toThrow(
      'password authentication failed',
    )
  })

  test('refuses a second server on the same folder and lets verbs join', async () => {
    const server = await start()
    await expect(start()).rejects.toThrow(
      `another Daicho server (process ${process.pid}) already uses this data folder`,
    )
    const verb = await start({ as: 'verb' })
    expect(verb).toMatchObject({ adopted: true, ownerUrl: server.ownerUrl })
    await server.stop()
    expect(await ask(verb, 'select 1')).toEqual([1])
    await verb.stop()
    await expect(ask(verb, 'select 1')).rejects.toThrow(NOBODY_LISTENS)
  })

  test('is started once by verbs which begin at the same moment', async () => {
    const [a, b] = await Promise.all([start({ as: 'verb' }), start({ as: 'verb' })])
    expect(a.ownerUrl).toBe(b.ownerUrl)
    expect([a.adopted, b.adopted].sort()).toEqual([false, true])
  })

  test('is adopted after the program was killed', async () => {
    const { child, ownerUrl } = await startInChild()
    await ask({ ownerUrl }, 'create table kept as select 7 as number')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const next = await start()
    expect(next).toMatchObject({ adopted: true, firstStart: false, ownerUrl })
    expect(await ask(next, 'select number from kept')).toEqual([7])
  })

  test('comes back by itself, on its port and with every committed row, when PostgreSQL is killed again and again', async () => {
    const database = await start()
    await ask(database, 'create table kept (number integer primary key)')
    for (let round = 1; round <= 3; round++) {
      await ask(database, `insert into kept select generate_series(${round * 1000}, ${round * 1000 + 499})`)
      process.kill(postmasterPid(database), 'SIGKILL')
      const counted = () => ask(database, 'select count(*)::int from kept').catch(() => null)
      await expect.poll(counted, { timeout: 90_000 }).toEqual([round * 500])
    }
  })

  test('recovers every committed row when both the program and PostgreSQL were killed', async () => {
    const { child, ownerUrl } = await startInChild()
    await ask({ ownerUrl }, 'create table kept as select generate_series(1, 5000) as number')
    child.kill('SIGKILL')
    await once(child, 'exit')
    process.kill(postmasterPid({ clusterFolder: join(dataDir, 'postgres') }), 'SIGKILL')
    const next = await start()
    expect(next).toMatchObject({ adopted: false, ownerUrl })
    expect(await ask(next, 'select count(*)::int, sum(number)::int from kept')).toEqual([5000, 12_502_500])
  })

  test('does not mistake another process for its own after a crash', async () => {
    const first = await start()
    await first.stop()
    // As after a power cut, when a new process has been given the old postmaster's number.
    writeFileSync(
      join(first.clusterFolder, 'postmaster.pid'),
      `${process.ppid}\n${first.clusterFolder}\n0\n${first.port}\n\n127.0.0.1\n\nready\n`,
    )
    expect(await start()).toMatchObject({ adopted: false, firstStart: false })
  })

  test('takes another port when its own is taken', async () => {
    const first = await start()
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    const next = await start()
    squatter.close()
    expect(next.port).not.toBe(first.port)
    expect(await ask(next, 'select 1')).toEqual([1])
  })
})

describe('a data folder', () => {
  beforeEach(copyPrepared)

  test('of a newer version is refused with the remedy', async () => {
    writeFileSync(join(dataDir, 'daicho-version'), '99.0.0\n')
    await expect(start()).rejects.toThrow(
      /used by Daicho 99\.0\.0, which is newer.*Remedy: start Daicho 99\.0\.0/,
    )
  })

  test('of another PostgreSQL is refused with the remedy', async () => {
    const first = await start()
    await first.stop()
    writeFileSync(join(first.clusterFolder, 'PG_VERSION'), '19\n')
    await expect(start()).rejects.toThrow(/made by PostgreSQL 19.*Remedy: start the newer version/)
    writeFileSync(join(first.clusterFolder, 'PG_VERSION'), '17\n')
    await expect(start()).rejects.toThrow(/made by PostgreSQL 17.*Remedy: run "daicho backup"/)
  })

  test('without its password file is refused and not overwritten', async () => {
    const first = await start()
    await first.stop()
    rmSync(join(dataDir, 'database-password'))
    await expect(start()).rejects.toThrow('database-password is missing')
    expect(existsSync(join(dataDir, 'database-password'))).toBe(false)
  })
})

describe.runIf(isRoot)('started by root', () => {
  test('runs as an unprivileged user inside the data folder where namespaces are forbidden', async () => {
    chmodSync(root, 0o755)
    const first = await start({ namespaces: false })
    expect(first.clusterFolder).toBe(join(dataDir, 'postgres'))
    expect(statSync(first.clusterFolder).uid).not.toBe(0)
    expect(statSync(join(dataDir, 'database-password')).uid).toBe(0)
    await first.stop()
    expect(await start({ namespaces: false })).toMatchObject({ firstStart: false })
  })

  test('moves the database to the system folder where the unprivileged user cannot reach the data folder', async () => {
    const systemFolder = mkdtempSync(join(tmpdir(), 'daicho-system-'))
    chmodSync(systemFolder, 0o755)
    try {
      const before = await start({ systemFolder })
      await ask(before, 'create table kept as select 7 as number')
      await before.stop()
      const moved = await start({ namespaces: false, systemFolder })
      expect(moved.clusterFolder.startsWith(systemFolder)).toBe(true)
      expect(moved.how).toContain(systemFolder)
      expect(await ask(moved, 'select number from kept')).toEqual([7])
      await moved.stop()
      // Once moved it stays there, whatever the machine allows later.
      expect((await start({ systemFolder })).clusterFolder).toBe(moved.clusterFolder)
      await opened.at(-1)!.stop()
    } finally {
      rmSync(systemFolder, { recursive: true, force: true })
    }
  })

  test('or by an ordinary user below a folder closed to others, without LANG and with misleading PG variables, it starts', async () => {
    chmodSync(root, 0o700)
    chownSync(root, NOBODY, NOBODY)
    const env = {
      PATH: '/usr/bin:/bin',
      HOME: root,
      PGPORT: '1',
      PGDATA: '/nowhere',
      PGSSLMODE: 'require',
      PGOPTIONS: '-c search_path=nowhere',
    }
    const prefix = ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
    const { child, ownerUrl } = await startInChild(prefix, env)
    expect(
      await ask(
        { ownerUrl },
        "select current_setting('fsync'), datctype from pg_database where datname = 'daicho'",
      ),
    ).toEqual(['on', 'C.UTF-8'])
    expect(statSync(join(dataDir, 'postgres')).uid).toBe(NOBODY)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(ask({ ownerUrl }, 'select 1')).rejects.toThrow(NOBODY_LISTENS)
    // A verb of root in between takes nothing away from that user.
    rmSync(join(dataDir, 'run'), { recursive: true })
    rmSync(join(dataDir, 'daicho-version'))
    const verb = await start({ as: 'verb' })
    expect(verb.how).toContain(String(NOBODY))
    await verb.stop()
    expect((await startInChild(prefix, env)).ownerUrl).toBe(ownerUrl)
  })
})
