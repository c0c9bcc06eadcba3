import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import pg from 'pg'
import { openDatabase } from '../../src/app/open-database.ts'
import { createProgram } from '../../src/app/program.ts'
import { createServer } from '../../src/app/server.ts'
import { slices } from '../../src/app/slices.ts'
import { setupCompany } from '../../src/business/access/index.ts'
import { readConfig } from '../../src/platform/config.ts'
import { loadMasterKey } from '../../src/platform/crypto/master-key.ts'
import { KEPT_SESSIONS } from '../../src/platform/database/database.ts'
import { warmSessions } from '../../src/platform/database/warm-sessions.ts'
import { loadClaims } from './book.ts'
import { loadCompanies } from './companies.ts'
import { loadEvents } from './events.ts'

/**
 * The whole program in a process of its own over a durable database filled with COMPANIES companies and CLAIMS claims; a data
 * folder which was filled before is used as it is.
 */
const companies = Number(process.env.COMPANIES)
const claims = Number(process.env.CLAIMS)
const note = (line: string) => void process.stderr.write(`${line}\n`)
const config = readConfig({ ...process.env, DAICHO_LOG: 'silent' }, 'demo')
const loadedFile = join(config.dataDir, 'loaded.json')
const database = await openDatabase(config, { as: 'server', log: () => {} })
const master = loadMasterKey(config.dataDir)
const program = createProgram({ databaseUrl: database.appUrl, config, master, log: () => {} })
await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
const password = 'load of companies 1'
if (!existsSync(loadedFile)) writeFileSync(loadedFile, JSON.stringify(await fill()))
const loaded = JSON.parse(readFileSync(loadedFile, 'utf8')) as { partyIds: string[] }

const stops: (() => Promise<void>)[] = []
for (const slice of slices) if (slice.start) stops.push(await slice.start(program))
const server = await createServer(program, null)
const url = await server.listen({ host: '127.0.0.1', port: 0 })
await warmSessions(program.pool, KEPT_SESSIONS)
const { appUrl, ownerUrl } = database
process.send?.({ url, appUrl, ownerUrl, password, partyIds: loaded.partyIds })
const late = monitorEventLoopDelay({ resolution: 2 })
late.enable()
process.on('message', message => {
  if (message !== 'figures') return
  const { user, system } = process.cpuUsage()
  process.send?.({
    rssMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
    cpuSeconds: (user + system) / 1e6,
    eventLoopP99Ms: Math.round(late.percentile(99) / 1e5) / 10,
  })
  late.reset()
})

process.on('SIGTERM', () => {
  void (async () => {
    await server.close()
    for (const stop of stops.reverse()) await stop()
    await program.close()
    await database.stop()
    process.exit(0)
  })()
})

async function fill(): Promise<{ partyIds: string[] }> {
  const began = performance.now()
  const { staffIds } = await setupCompany(program.db, program.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス' },
    staff: [
      staff('管理 一', 'administrator-1', 'administrator'),
      staff('管理 二', 'administrator-2', 'administrator'),
      staff('営業 一', 'sales', 'sales'),
      staff('監査', 'auditor', 'auditor'),
    ],
  })
  const staffId = staffIds[2]!
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const partyIds = await loadCompanies(owner, { companies, staffId, withBelongings: claims > 0, log: note })
  if (claims > 0) await loadClaims(owner, { partyIds, receivables: claims, staffId, largest: 5000 })
  const events = (subjectIds: string[], count: number) =>
    loadEvents(owner, program.db, master, { subjectIds, count, actorId: staffId })
  await events(partyIds.slice(0, 1), 20_000)
  await events(partyIds, Math.min(companies, 1_000_000))
  await owner.query('vacuum analyze audit_event, audit_event_subject, audit_leaf, audit_unsealed')
  await owner.end()
  note(`filled in ${Math.round((performance.now() - began) / 1000)} s`)
  return { partyIds: partyIds.slice(0, 20_000) }
}

function staff(displayName: string, login: string, role: 'administrator' | 'sales' | 'auditor') {
  return { displayName, email: `${login}@example.co.jp`, roles: [{ role }], password }
}
