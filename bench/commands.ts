import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const CONNECTIONS = 32
const DEFAULT_SECONDS = 60
/** More claims than any run can buy. */
const CLAIMS_A_SECOND = 1500

interface Ready {
  url: string
  appUrl: string
  password: string
  receivableIds: string[]
}

/**
 * `npm run bench -- commands [SECONDS]`: how many purchase commands a second the server takes over HTTP, one claim each, all guards
 * checked, on a durable database; the client runs in a process of its own with 32 connections. Proves that answers = commits = events.
 */
export async function bench(args: string[]): Promise<Record<string, unknown>> {
  const seconds = Number(args[0] ?? DEFAULT_SECONDS)
  const dataDir = mkdtempSync(join(tmpdir(), 'daicho-commands-'))
  const server = fork(fileURLToPath(new URL('commands/server.ts', import.meta.url)), {
    env: { ...process.env, DAICHO_DATA: dataDir, CLAIMS: String(seconds * CLAIMS_A_SECOND) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  try {
    const [ready] = (await once(server, 'message')) as [Ready]
    const cookie = await signedIn(ready)
    const load = await run(ready, cookie, seconds)
    return { seconds, connections: CONNECTIONS, ...load, ...(await inDatabase(ready.appUrl)) }
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

async function signedIn({ url, password }: Ready): Promise<string> {
  const answer = await post(
    `${url}/api/auth/sign-in/email`,
    { email: 'operations@example.co.jp', password },
    {},
  )
  if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`)
  return answer.cookies.map(cookie => cookie.split(';')[0]).join('; ')
}

async function run({ url, receivableIds }: Ready, cookie: string, seconds: number) {
  const millis: number[] = []
  let next = 0
  let bought = 0
  let other = 0
  let firstOther = ''
  const started = performance.now()
  const until = started + seconds * 1000
  const one = async () => {
    while (performance.now() < until) {
      const id = receivableIds[next++]
      if (id === undefined) throw new Error('the claims ran out: raise CLAIMS_A_SECOND')
      const sent = performance.now()
      const answer = await post(
        `${url}/api/receivables/purchase`,
        { receivableIds: [id] },
        { cookie, 'idempotency-key': id },
      )
      millis.push(performance.now() - sent)
      if (answer.status === 200) bought++
      else {
        other++
        firstOther ||= `${answer.status} ${answer.text.slice(0, 300)}`
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, one))
  const took = (performance.now() - started) / 1000
  millis.sort((a, b) => a - b)
  const at = (share: number) => Math.round((millis[Math.floor(millis.length * share)] ?? 0) * 10) / 10
  return {
    purchasesPerSecond: Math.round(bought / took),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    answers: bought,
    otherAnswers: other,
    ...(firstOther ? { firstOther } : {}),
  }
}

/** What the database says was bought and what the trail says happened; both must equal the answers. */
async function inDatabase(appUrl: string) {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    const { rows } = await client.query(
      `select (select count(*)::int from purchase) as commits,
        (select count(*)::int from audit_event where verb = 'receivables_purchased') as events,
        (select count(*)::int from journal where event_kind = 'claims_purchased') as journals,
        (select coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)::int from ledger_entry) as "imbalanceYen"`,
    )
    return rows[0]
  } finally {
    await client.end()
  }
}
