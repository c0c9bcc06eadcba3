import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { read, startLoadedServer } from './load/loaded-server.ts'
import { openLoop, percentiles } from './load/open-loop.ts'
import { searchTexts } from './load/search-texts.ts'

const CALLS_PER_SECOND = 50

/** What other slices say in a word of these companies: at the head of a page of one, in the columns of a list of fifty. */
const standings = (ids: readonly string[]) =>
  ['kyc-standings', 'screening-standings', 'limit-use', 'alert-standings'].map(
    name => `/api/parties/${name}?${ids.map(id => `ids=${id}`).join('&')}`,
  )

/** What the customer page asks before anybody clicks (PartyPage in its frame), all at once as the browser does. */
const firstPaint = (partyId: string) => [
  '/api/access/me',
  '/api/change-requests/waiting-count',
  '/api/alerts/waiting-count',
  `/api/parties/${partyId}`,
  `/api/parties/${partyId}/watch`,
  '/api/marks?recordKind=party',
  '/api/custom-fields?recordKind=party',
  '/api/form-layouts/party',
  `/api/records/${partyId}/history?limit=20`,
  `/api/records/${partyId}/planned-changes`,
  ...standings([partyId]),
]

const lists = [
  '/api/parties?role=client&mine=false',
  '/api/parties?role=debtor&stage=active&mine=false',
  '/api/parties?role=client&pref=東京都&mine=false',
  '/api/parties?role=client&mine=true',
  '/api/parties?role=client&status=blocked&mine=false',
  '/api/receivables',
]

const tabs = (partyId: string) => [
  `/api/parties/${partyId}/people`,
  `/api/parties/${partyId}/group-exposure`,
  `/api/parties/${partyId}/accounts`,
  `/api/parties/${partyId}/limits`,
  `/api/receivables?partyId=${partyId}`,
]

/**
 * `npm run bench -- api [--companies 100000] [--claims 300000] [--seconds 60] [--settle 60] [--folder DIR]`: the calls of a customer page's first
 * paint (from the first sent to the last received), lists, searches and tabs at 50 requests a second each, open loop, over HTTP. One
 * page in ten is that of the largest client, 5,000 claims and 20,000 events, whose page is also measured alone. Measured is a server that
 * has run for `settle` seconds: each start looks the whole book over once.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const { values } = parseArgs({
    args,
    options: {
      companies: { type: 'string', default: '100000' },
      claims: { type: 'string', default: '300000' },
      seconds: { type: 'string', default: '60' },
      settle: { type: 'string', default: '60' },
      folder: { type: 'string' },
    },
  })
  const companies = Number(values.companies)
  const claims = Number(values.claims)
  const seconds = Number(values.seconds)
  const server = await startLoadedServer({ companies, claims, folder: values.folder })
  try {
    const cookie = await server.signIn('sales')
    await sleep(Number(values.settle) * 1000)
    const partyOf = (at: number) => server.partyIds[at % 10 === 0 ? 0 : (at * 7919) % server.partyIds.length]!
    const get = (path: string) => read(new URL(path, server.url).href, cookie)
    const page = (at: number) => Promise.all(firstPaint(partyOf(at)).map(get))
    const pagesPerSecond = CALLS_PER_SECOND / firstPaint('').length
    const texts = searchTexts(CALLS_PER_SECOND * seconds, companies, 3)
    const everyTab = tabs('').length
    const measured = async (rate: number, work: (at: number) => Promise<unknown>) => {
      await openLoop(rate, Math.ceil(rate * 3), work)
      return percentiles(await openLoop(rate, Math.ceil(rate * seconds), work))
    }
    const pageMs = await measured(pagesPerSecond, page)
    const largestMs = await measured(pagesPerSecond, () =>
      Promise.all(firstPaint(server.partyIds[0]!).map(get)),
    )
    const listMs = await measured(CALLS_PER_SECOND, at => get(lists[at % lists.length]!))
    const searchMs = await measured(CALLS_PER_SECOND, at =>
      get(`/api/parties/search?text=${encodeURIComponent(texts[at % texts.length]!.text)}`),
    )
    const shown = JSON.parse(await get(lists[0]!)) as { rows: { id: string }[] }
    const words = standings(shown.rows.map(row => row.id))
    const wordMs = await measured(CALLS_PER_SECOND, at => get(words[at % words.length]!))
    const tabMs = await measured(CALLS_PER_SECOND, at =>
      get(tabs(partyOf(Math.floor(at / everyTab)))[at % everyTab]!),
    )
    return {
      companies,
      claims,
      settleSeconds: Number(values.settle),
      seconds: seconds * 6,
      callsPerPage: firstPaint('').length,
      page: pageMs,
      largestClientsPage: largestMs,
      list: listMs,
      search: searchMs,
      tab: tabMs,
      wordsOfAList: wordMs,
      slowestLists: await slowest(lists, get),
      serverMiB: (await server.figures()).rssMiB,
      load1: Math.round(loadavg()[0]! * 10) / 10,
    }
  } finally {
    await server.stop()
  }
}

/** The median of five calls of each address, alone. */
async function slowest(
  paths: string[],
  get: (path: string) => Promise<string>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {}
  for (const path of paths) {
    const millis: number[] = []
    for (let time = 0; time < 5; time++) {
      const began = performance.now()
      await get(path)
      millis.push(performance.now() - began)
    }
    found[path] = percentiles(millis).p50Ms
  }
  return found
}
