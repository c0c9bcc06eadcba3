import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type CpuMs, cpuMs } from './commands/cpu.ts'

const CONNECTIONS = 32
const DEFAULT_SECONDS = 60
/** Not measured: the first calls compile the program and plan its statements. */
const WARM_UP_COMMANDS = 2000
/** More claims than any run can buy. */
const CLAIMS_A_SECOND = 1500

const WHAT = {
  purchase: {
    url: '/api/receivables/purchase',
    body: (id: string) => ({ receivableIds: [id] }),
    account: 'operations@example.co.jp',
    committed: 'select count(*)::int from purchase',
    verb: 'receivables_purchased',
  },
  register: {
    url: '/api/parties/register',
    body: (id: string) => ({ partyKind: 'corporation', legalName: `株式会社登録${id}` }),
    account: 'sales@example.co.jp',
    committed: "select count(*)::int from party where legal_name like '株式会社登録%'",
    verb: 'party_registered',
  },
}
type What = (typeof WHAT)[keyof typeof WHAT]

interface Ready {
  url: string
  appUrl: string
  password: string
  receivableIds: string[]
}

/**
 * `npm run bench -- commands [SECONDS] [purchase|register]`: how many commands a second the server takes over HTTP, purchases of one
 * claim each with all guards checked, or new parties, on a durable database; the client runs in a process of its own with 32
 * connections. Proves that answers = commits = events, and says what one command costs the server and the database in CPU time.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const seconds = Number(args[0] ?? DEFAULT_SECONDS)
  const kind = (args[1] ?? 'purchase') as keyof typeof WHAT
  const what = WHAT[kind]
  if (!what) throw new Error(`no load is called "${kind}"; there are: ${Object.keys(WHAT).join(', ')}`)
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-commands-'))
  const server = fork(fileURLToPath(new URL('commands/server.ts', import.meta.url)), {
    env: {
      ...process.env,
      DAICHO_DATA: dataDir,
      CLAIMS: String(WARM_UP_COMMANDS + seconds * CLAIMS_A_SECOND),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [ready] = (await once(server, 'message')) as [Ready]
    const cookie = await signedIn(ready, what)
    const watch = await connected(ready.appUrl)
    const analyzed = async () => {
      server.send('analyze')
      await once(server, 'message')
    }
    const load = await run(ready, cookie, seconds, what, analyzed, () => cpuMs(server.pid ?? 0, watch.pid))
    const found = await inDatabase(watch.client, what)
    await watch.client.end()
    return { kind, seconds, connections: CONNECTIONS, ...load, ...found }
  } finally {
    server.kill('SIGTERM')
    await once(server, 'exit')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS })

interface Answer {
  status: number
  text: string
  cookies: string[]
}

function post(url: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const text = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = http.request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'x-daicho-request': '1',
          ...headers,
        },
      },
      response => {
        const parts: Buffer[] = []
        response.on('data', part => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
            cookies: response.headers['set-cookie'] ?? [],
          }),
        )
      },
    )
    request.on('error', reject)
    request.end(text)
  })
}

async function signedIn({ url, password }: Ready, what: What): Promise<string> {
  const answer = await post(`${url}/api/auth/sign-in/email`, { email: what.account, password }, {})
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`)
  return answer.cookies.map(cookie => cookie.split(';')[0]).join('; ')
}

/** A session of the database whose process tells which server's processor time to count. */
async function connected(appUrl: string) {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  return { client, pid: rows[0]?.pid ?? 0 }
}

async function run(
  { url, receivableIds }: Ready,
  cookie: string,
  seconds: number,
  what: What,
  warmedUp: () => Promise<void>,
  cpu: () => CpuMs | null,
) {
  let millis: number[] = []
  let next = 0
  let answers = 0
  let other = 0
  let firstOther = ''
  const one = async (wanted: () => boolean) => {
    while (wanted()) {
      const id = receivableIds[next++]
      if (id === undefined) throw new Error('the claims ran out: raise CLAIMS_A_SECOND')
      const sent = performance.now()
      const headers = { cookie, 'idempotency-key': id }
      const answer = await post(`${url}${what.url}`, what.body(id), headers)
      millis.push(performance.now() - sent)
      if (answer.status === 200) answers++
      else {
        other++
        firstOther ||= `${answer.status} ${answer.text.slice(0, 300)}`
      }
    }
  }
  const all = (wanted: () => boolean) => Promise.all(Array.from({ length: CONNECTIONS }, () => one(wanted)))
  await all(() => next < WARM_UP_COMMANDS)
  await warmedUp()
  const warmed = answers
  millis = []
  const before = { cpu: cpu(), at: performance.now(), own: process.cpuUsage() }
  const until = before.at + seconds * 1000
  await all(() => performance.now() < until)
  const took = (performance.now() - before.at) / 1000
  const after = cpu()
  const own = process.cpuUsage(before.own)
  const done = answers - warmed
  millis.sort((a, b) => a - b)
  const at = (share: number) => Math.round((millis[Math.floor(millis.length * share)] ?? 0) * 10) / 10
  const each = (ms: number) => Math.round((ms / done) * 100) / 100
  return {
    commandsPerSecond: Math.round(done / took),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    ...(before.cpu && after
      ? {
          serverCpuMsEach: each(after.server - before.cpu.server),
          databaseCpuMsEach: each(after.database - before.cpu.database),
          clientCpuMsEach: each((own.user + own.system) / 1000),
        }
      : {}),
    answers,
    otherAnswers: other,
    ...(firstOther ? { firstOther } : {}),
  }
}

/** What the database says was done and what the trail says happened; both must equal the answers. */
async function inDatabase(client: pg.Client, what: What) {
  const { rows } = await client.query(
    `select (${what.committed}) as commits,
      (select count(*)::int from audit_event where verb = $1) as events,
      (select count(*)::int from journal where event_kind = 'claims_purchased') as journals,
      (select coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)::int from ledger_entry) as "imbalanceYen"`,
    [what.verb],
  )
  return rows[0]
}
