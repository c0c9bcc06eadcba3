import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import pg from 'pg'
import { actorOf } from '../src/business/access/index.ts'
import { search } from '../src/business/parties/search.ts'
import { openDatabase, openPool } from '../src/platform/database/database.ts'
import type { QueryContext } from '../src/platform/http/route.ts'
import { companyCore } from './generate/company-core.ts'
import { digitsOf, LOAD_SEED } from './load/companies.ts'
import { read, startLoadedServer } from './load/loaded-server.ts'
import { openLoop, percentiles } from './load/open-loop.ts'
import { loadRealCompanies, realCompanies } from './load/real-companies.ts'
import { recall } from './load/recall.ts'
import { type SearchText, searchTexts } from './load/search-texts.ts'

const PER_SECOND = 50

/**
 * `npm run bench -- search [--companies 1000000] [--claims 0] [--seconds 60] [--spelled 500] [--settle 60] [--folder DIR]`: the fixed mix of searches
 * (10 % one character, 20 % two, 40 % three to six, 30 % longer or numbers) at 50 a second, open loop, over HTTP; then one after the
 * other through the query alone, with the processor time of the database's process beside the time by the clock. `recall`: invented
 * and real companies of the ledger, each asked for under every spelling, and how often the right one is among the first 20. Measured is a
 * server that has run for `settle` seconds: each start looks the whole book over once.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      companies: { type: 'string', default: '1000000' },
      claims: { type: 'string', default: '0' },
      seconds: { type: 'string', default: '60' },
      spelled: { type: 'string', default: '500' },
      settle: { type: 'string', default: '60' },
      folder: { type: 'string' },
    },
  })
  const companies = Number(values.companies)
  const seconds = Number(values.seconds)
  const server = await startLoadedServer({ companies, claims: Number(values.claims), folder: values.folder })
  const db = openDatabase(openPool({ url: server.appUrl, name: 'daicho bench', max: 1 }))
  const owner = new pg.Client({ connectionString: server.ownerUrl })
  await owner.connect()
  const context = contextOn(db)
  try {
    const cookie = await server.signIn('sales')
    await sleep(Number(values.settle) * 1000)
    const ask = ({ text }: SearchText) =>
      read(`${server.url}/api/parties/search?text=${encodeURIComponent(text)}`, cookie)
    await openLoop(PER_SECOND, PER_SECOND * 5, at => ask(warming[at]!))
    const texts = searchTexts(PER_SECOND * seconds, companies, 1)
    const before = await server.figures()
    const overHttp = await openLoop(PER_SECOND, texts.length, at => ask(texts[at]!))
    const after = await server.figures()
    const inDatabase = await alone(context, texts.slice(0, 2000))
    const load1 = Math.round(loadavg()[0]! * 10) / 10
    const spelled = Number(values.spelled)
    return {
      companies,
      settleSeconds: Number(values.settle),
      seconds,
      perSecond: PER_SECOND,
      http: percentiles(overHttp),
      httpCpuMs: rounded(((after.cpuSeconds - before.cpuSeconds) * 1000) / texts.length),
      eventLoopP99Ms: after.eventLoopP99Ms,
      database: percentiles(inDatabase.millis),
      databaseCpuMs: inDatabase.cpuMs,
      databaseByLength: inDatabase.byLength,
      slowest: inDatabase.slowest,
      serverMiB: after.rssMiB,
      load1,
      ...(spelled > 0
        ? {
            recallInvented: await recall(owner, context, invented(server.partyIds, spelled)),
            recallReal: await recall(owner, context, await real(owner, spelled)),
          }
        : {}),
    }
  } finally {
    await owner.end()
    await db.destroy()
    await server.stop()
  }
}

const warming = searchTexts(PER_SECOND * 5, 1000, 2)

function contextOn(db: QueryContext['db']): QueryContext {
  const actor = actorOf('00000000-0000-0000-0000-000000000001', '負荷', ['sales'], [])
  const now = new Date()
  return {
    db,
    actor: { ...actor, reach: 'all' as const },
    now,
    today: now.toISOString().slice(0, 10),
    requestId: 'bench',
  }
}

/** Companies of the load by index, every seventh. */
function invented(partyIds: readonly string[], count: number) {
  return partyIds.slice(0, count * 7).flatMap((id, index) => {
    if (index % 7 > 0) return []
    const core = companyCore(LOAD_SEED, index)
    return [{ id, company: { ...core, phone: digitsOf(core.phone) } }]
  })
}

async function real(owner: pg.Client, count: number) {
  const companies = realCompanies(count, LOAD_SEED)
  const { rows } = await owner.query<{ id: string }>('select id from staff_member order by id limit 1')
  const ids = await loadRealCompanies(owner, companies, rows[0]!.id)
  return companies.map(company => ({ id: ids.get(company.corporateNumber)!, company }))
}

/** The query by itself, one at a time: what the database and the search take without HTTP. */
async function alone(context: QueryContext, texts: SearchText[]) {
  const millis: number[] = []
  const byLength: Record<string, number[]> = {}
  const timed: { text: string; ms: number }[] = []
  for (const { text } of warming) await search(context, { text, limit: 20 })
  const process = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(context.db)
  const { pid } = process.rows[0]!
  const before = processorMs(pid)
  for (const { text, length } of texts) {
    const began = performance.now()
    await search(context, { text, limit: 20 })
    const ms = performance.now() - began
    millis.push(ms)
    timed.push({ text, ms: Math.round(ms) })
    const same = byLength[length] ?? []
    byLength[length] = same
    same.push(ms)
  }
  return {
    millis,
    cpuMs: rounded((processorMs(pid) - before) / texts.length),
    byLength: Object.fromEntries(Object.entries(byLength).map(([length, all]) => [length, percentiles(all)])),
    slowest: timed.sort((a, b) => b.ms - a.ms).slice(0, 5),
  }
}

/** Processor time of a process so far, ms, in steps of ten. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}
