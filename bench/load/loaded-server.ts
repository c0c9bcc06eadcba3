import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface LoadedServer {
  url: string
  appUrl: string
  partyIds: string[]
  /** Signs in and returns the cookie. */
  signIn(login: 'sales' | 'auditor'): Promise<string>
  /** The owner's login of its database. */
  ownerUrl: string
  /** The server's own process: resident memory, processor time so far, and how late its timers were since the last asking. */
  figures(): Promise<ServerFigures>
  stop(): Promise<void>
}

export interface ServerFigures {
  rssMiB: number
  cpuSeconds: number
  eventLoopP99Ms: number
}

export interface LoadWanted {
  companies: number
  claims: number
  /** A data folder to fill once and use again; without it a temporary one is filled and removed. */
  folder: string | undefined
}

/** Starts bench/load/server.ts in a process of its own and waits until it is filled and listens. */
export async function startLoadedServer({ companies, claims, folder }: LoadWanted): Promise<LoadedServer> {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'daicho-load-'))
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), {
    env: { ...process.env, DAICHO_DATA: dataDir, COMPANIES: String(companies), CLAIMS: String(claims) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ready = await firstMessage<
    Pick<LoadedServer, 'url' | 'appUrl' | 'ownerUrl' | 'partyIds'> & { password: string }
  >(child)
  return {
    ...ready,
    async signIn(login) {
      const answer = await request(`${ready.url}/api/auth/sign-in/email`, {
        body: { email: `${login}@example.co.jp`, password: ready.password },
      })
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`)
      return answer.cookies.map(cookie => cookie.split(';')[0]).join('; ')
    },
    figures() {
      child.send('figures')
      return firstMessage<ServerFigures>(child)
    },
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
      if (!folder) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function firstMessage<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController()
  const exit = once(child, 'exit', { signal: ended.signal }).then(
    ([code]) => Promise.reject(new Error(`the server ended with ${code}`)),
    () => new Promise<never>(() => {}),
  )
  const [message] = await Promise.race([once(child, 'message'), exit])
  ended.abort()
  return message as T
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })

export interface Answer {
  status: number
  text: string
  cookies: string[]
}

/** One request; GET, or POST when there is a body. */
export function request(url: string, options: { cookie?: string; body?: unknown } = {}): Promise<Answer> {
  const text = options.body === undefined ? null : JSON.stringify(options.body)
  const headers: Record<string, string> = { 'x-daicho-request': '1' }
  if (options.cookie) headers.cookie = options.cookie
  if (text !== null) headers['content-type'] = 'application/json'
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method: text === null ? 'GET' : 'POST', agent, headers }, response => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(parts).toString('utf8'),
          cookies: response.headers['set-cookie'] ?? [],
        }),
      )
    })
    sent.on('error', error => {
      // The server may close an idle connection just as it is used again; browsers then ask once more, and so does this.
      if (sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET') resolve(request(url, options))
      else reject(error)
    })
    sent.end(text ?? undefined)
  })
}

/** GETs the address and returns its body; anything but 200 ends the bench. */
export async function read(url: string, cookie: string): Promise<string> {
  const answer = await request(url, { cookie })
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${answer.text.slice(0, 300)}`)
  return answer.text
}
