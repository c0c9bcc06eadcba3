import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { actorOf } from '../src/business/access/index.ts'
import { search } from '../src/business/parties/search.ts'
import { openDatabase, openPool } from '../src/platform/database/database.ts'
import { companyCore } from './generate/company-core.ts'
import { LOAD_SEED } from './load/companies.ts'
import { read, startLoadedServer } from './load/loaded-server.ts'
import { openLoop, percentiles } from './load/open-loop.ts'
import { type SearchText, searchTexts } from './load/search-texts.ts'

const PER_SECOND = 50

/**
 * `npm run bench -- search [--companies 1000000] [--seconds 60] [--folder DIR]`: the fixed mix of searches (10 % one character,
 * 20 % two, 40 % three to six, 30 % longer or numbers) at 50 a second, open loop, over HTTP; then one after the other through the
 * query alone. `found` is the share of longer texts whose own company is in the answer.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      companies: { type: 'string', default: '1000000' },
      seconds: { type: 'string', default: '60' },
      folder: { type: 'string' },
    },
  })
  const companies = Number(values.companies)
  const seconds = Number(values.seconds)
  const server = await startLoadedServer({ companies, claims: 0, folder: values.folder })
  try {
    const cookie = await server.signIn('sales')
    const ask = ({ text }: SearchText) =>
      read(`${server.url}/api/parties/search?text=${encodeURIComponent(text)}`, cookie)
    await openLoop(PER_SECOND, PER_SECOND * 5, at => ask(warming[at]!))
    const texts = searchTexts(PER_SECOND * seconds, companies, 1)
    const overHttp = await openLoop(PER_SECOND, texts.length, at => ask(texts[at]!))
    const inDatabase = await alone(server.appUrl, texts.slice(0, 2000))
    return {
      companies,
      seconds,
      perSecond: PER_SECOND,
      http: percentiles(overHttp),
      database: percentiles(inDatabase.millis),
      databaseByLength: inDatabase.byLength,
      slowest: inDatabase.slowest,
      found: inDatabase.found,
      serverMiB: await server.memoryMiB(),
      load1: Math.round(loadavg()[0]! * 10) / 10,
    }
  } finally {
    await server.stop()
  }
}

const warming = searchTexts(PER_SECOND * 5, 1000, 2)

/** The query by itself, one at a time: what the database and the search take without HTTP. */
async function alone(appUrl: string, texts: SearchText[]) {
  const db = openDatabase(openPool({ url: appUrl, name: 'daicho bench' }))
  const actor = actorOf('00000000-0000-0000-0000-000000000001', '負荷', ['sales'], [])
  const now = new Date()
  const context = {
    db,
    actor: { ...actor, reach: 'all' as const },
    now,
    today: now.toISOString().slice(0, 10),
    requestId: 'bench',
  }
  const millis: number[] = []
  const byLength: Record<string, number[]> = {}
  const timed: { text: string; ms: number }[] = []
  let longer = 0
  let found = 0
  for (const { text, length, index } of texts) {
    const began = performance.now()
    const { body } = await search(context, { text, limit: 20 })
    const ms = performance.now() - began
    millis.push(ms)
    timed.push({ text, ms: Math.round(ms) })
    const same = byLength[length] ?? []
    byLength[length] = same
    same.push(ms)
    if (length === 'longer') {
      longer++
      const { legalName } = companyCore(LOAD_SEED, index)
      if (body.rows.some(row => row.legalName === legalName)) found++
    }
  }
  await db.destroy()
  return {
    millis,
    byLength: Object.fromEntries(Object.entries(byLength).map(([length, all]) => [length, percentiles(all)])),
    slowest: timed.sort((a, b) => b.ms - a.ms).slice(0, 5),
    found: Math.round((found / Math.max(1, longer)) * 1000) / 1000,
  }
}
