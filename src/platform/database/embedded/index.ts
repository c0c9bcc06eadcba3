/**
 * The embedded database: a real PostgreSQL 18 which belongs to one data folder.
 *
 *   const database = await startEmbedded({ dataDir: 'data', log: line => console.log(line) })       // the server
 *   const database = await startEmbedded({ dataDir: 'data', log: () => {}, as: 'verb' })            // a command-line verb
 *   ... database.ownerUrl ...
 *   await database.stop()
 *
 * The server is alone on its folder (a second one is refused by process number); any number of verbs may run beside it: they use
 * the running database, or start it and stop it again when nobody else is left. `stop()` may be called twice. After a kill -9
 * of the program the orphaned PostgreSQL is adopted by the next start. A PostgreSQL which ends unasked (kill -9, out of memory) is
 * started again on the same port by the server, so that `ownerUrl` stays true as long as the program runs.
 * An outside database (DATABASE_URL) needs only `probeDatabase(client, { mustBeDurable: false })` before its migrations.
 */
import { existsSync, realpathSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import {
  HOST,
  makeCluster,
  type Postmaster,
  refuseOtherMajor,
  runningPostmaster,
  serverUrl,
  settledPostmaster,
  startCluster,
  stopCluster,
} from './cluster.ts'
import {
  type DataFolder,
  openDataFolder,
  ownerPassword,
  refuseNewerFolder,
  rememberedPort,
  rememberPort,
  rememberVersion,
} from './folder.ts'
import { type Holder, hold, livingHolders, refuseSecondServer, withFolderLock } from './holders.ts'
import { choosePlace, type Place, type PlaceOptions } from './place.ts'
import { probeDatabase } from './probe.ts'
import { keepRunning } from './watch.ts'

export { freeSpace, isDiskNearlyFull } from './disk-space.ts'
export { probeDatabase } from './probe.ts'

export interface StartOptions extends PlaceOptions {
  /** The data folder; made when it is not there. */
  dataDir: string
  /** Takes one line for the operator at a time. */
  log: (line: string) => void
  /** Default 'server'. */
  as?: Holder['as']
  /** Told while the database is made or comes up in a process of its own, so that the caller may use the time; perhaps never, perhaps twice. */
  onStarting?: () => void
}

export interface EmbeddedDatabase {
  /** The owner's URL: makes and migrates the schema. The program itself works with its own login (roles.ts). */
  ownerUrl: string
  host: string
  port: number
  /** True when the server process was running already. */
  adopted: boolean
  /** True when the cluster was made by this start. */
  firstStart: boolean
  /** Under which account PostgreSQL runs, as a phrase for the operator. */
  how: string
  /** Where the cluster lies. */
  clusterFolder: string
  /** Lets go of the database; the last one to let go stops it. */
  stop(): Promise<void>
}

const DATABASE = 'daicho'

/** Starts, adopts or joins the database of the data folder, and probes it. Every refusal names its remedy. */
export async function startEmbedded({
  dataDir,
  log,
  as = 'server',
  onStarting = () => {},
  ...placing
}: StartOptions): Promise<EmbeddedDatabase> {
  forgetOtherServers()
  const opened = openDataFolder(dataDir)
  const folder = openDataFolder(realpathSync(opened.root))
  refuseNewerFolder(folder)
  return await withFolderLock(folder.runFolder, async () => {
    if (as === 'server') refuseSecondServer(folder.runFolder)
    const place = await choosePlace(folder, placing)
    const { ownerUrl, pid, port, adopted, firstStart } = await startReady(folder, place, { log, onStarting })
    const letGo = hold(folder.runFolder, as)
    rememberVersion(folder)
    const watched = { place, pid, port, runFolder: folder.runFolder, log }
    const lookAway = as === 'server' ? keepRunning(watched) : () => {}
    const stop = once(() => {
      lookAway()
      return release(folder, place, letGo)
    })
    return {
      ownerUrl,
      host: HOST,
      port,
      adopted,
      firstStart,
      how: place.account.how,
      clusterFolder: place.cluster,
      stop,
    }
  })
}

/** What this machine's environment says about another server (PGHOST, PGOPTIONS …) would bend connections to ours. */
function forgetOtherServers(): void {
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]+$/.test(name)) delete process.env[name]
}

type Told = Required<Pick<StartOptions, 'log' | 'onStarting'>>

const ADOPTIONS = 5

/** A server found running may be one that is just being killed: then it is given up, and started anew. */
async function startReady(
  folder: DataFolder,
  place: Place,
  told: Told,
): Promise<Started & { ownerUrl: string }> {
  for (let attempt = 1; ; attempt++) {
    const started = await startOrAdopt(folder, place, told)
    try {
      return { ...started, ownerUrl: await readyDatabase(place, started) }
    } catch (error) {
      if (!started.adopted) {
        await stopCluster(place)
        throw error
      }
      await sleep(200)
      if (attempt === ADOPTIONS || runningPostmaster(place.cluster)?.pid === started.pid) throw error
    }
  }
}

interface Started {
  pid: number
  port: number
  password: string
  adopted: boolean
  firstStart: boolean
}

async function startOrAdopt(folder: DataFolder, place: Place, { log, onStarting }: Told): Promise<Started> {
  const hasCluster = existsSync(place.cluster)
  const password = ownerPassword(folder, hasCluster)
  if (!hasCluster) {
    log(`creating the database in ${place.cluster} (${place.account.how})`)
    const making = makeCluster(place, password, true)
    onStarting()
    await making
  }
  refuseOtherMajor(place.cluster)
  const running: Postmaster | null = hasCluster ? await settledPostmaster(place.cluster) : null
  if (running) {
    log(`using the database that is already running (process ${running.pid}, port ${running.port})`)
    return { pid: running.pid, port: running.port, password, adopted: true, firstStart: false }
  }
  const port = await startCluster(place, rememberedPort(folder), { durable: true, onStarting })
  rememberPort(folder, port)
  log(`PostgreSQL runs ${place.account.how} on ${HOST}:${port}`)
  const pid = (await settledPostmaster(place.cluster))?.pid ?? 0
  return { pid, port, password, adopted: false, firstStart: !hasCluster }
}

/** Makes the database in a new cluster and probes it; returns its URL. */
async function readyDatabase({ cluster }: Place, { port, password }: Started): Promise<string> {
  const addressOf = (database: string) => serverUrl(cluster, port, password, database)
  const url = addressOf(DATABASE)
  const client = (await connect(url)) ?? (await createAndConnect(url, addressOf('postgres')))
  try {
    await probeDatabase(client, { mustBeDurable: true })
  } finally {
    await client.end()
  }
  return url
}

/** Null when the server has no such database. */
async function connect(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'daicho start' })
  // A cut connection fails the query that waits for it; here it would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '3D000') return null
    throw error
  }
}

async function createAndConnect(url: string, adminUrl: string): Promise<pg.Client> {
  const admin = await connect(adminUrl)
  if (admin === null) throw new Error('the embedded server has lost its database "postgres"')
  try {
    await admin.query(`create database ${DATABASE}`)
  } finally {
    await admin.end()
  }
  const client = await connect(url)
  if (client === null) throw new Error(`the database ${DATABASE} vanished right after it was created`)
  return client
}

async function release(folder: DataFolder, place: Place, letGo: () => void): Promise<void> {
  await withFolderLock(folder.runFolder, async () => {
    letGo()
    if (livingHolders(folder.runFolder).length === 0) await stopCluster(place)
  })
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => (running ??= work())
}
