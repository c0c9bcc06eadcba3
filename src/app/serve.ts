import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { installationMode } from '../business/access/index.ts'
import type { Config } from '../platform/config.ts'
import { loadMasterKey } from '../platform/crypto/master-key.ts'
import { KEPT_SESSIONS } from '../platform/database/database.ts'
import { warmSessions } from '../platform/database/warm-sessions.ts'
import { demoLogins, seedDemo } from './demo/seed.ts'
import type { OpenedDatabase } from './open-database.ts'
import { createProgram, type Program } from './program.ts'
import { createServer } from './server.ts'
import { slices } from './slices.ts'
import { refuseKnownPasswordsOutside } from './verbs/reachable.ts'

const PORT_TRIES = 20

interface Served {
  config: Config
  practice: boolean
  database: OpenedDatabase
  /** The folder of the built pages; null when only the API is served. */
  web: Promise<string | null>
  say: (line: string) => void
  /** Takes what ends each part; the last one is to be ended first. */
  stops: (() => Promise<void>)[]
}

/** Puts the program on an opened database: demo data when nobody has set up a company, jobs, server. Returns when people may come. */
export async function serve({ config, practice, database, web, say, stops }: Served): Promise<void> {
  const mode = await installationMode(database.ownerUrl)
  if (practice && mode === 'company')
    throw new Error(
      `${config.dataDir} holds a real company, so nobody may practise in it. Remedy: name another folder in DAICHO_PRACTICE_DATA.`,
    )
  if (mode === 'company' && config.clock)
    throw new Error('DAICHO_CLOCK moves the clock in tests and the demo only; unset it for a real company')
  if (mode !== 'company') refuseKnownPasswordsOutside(config)
  const program = createProgram({
    databaseUrl: database.appUrl,
    config: { ...config, mode: mode ?? 'demo' },
    master: loadMasterKey(config.dataDir),
  })
  stops.push(() => program.close())
  await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
  if (mode !== 'company') await seedDemo(program, say)
  for (const slice of slices) if (slice.start) stops.push(await slice.start(program))
  const server = await createServer(program, await web)
  stops.push(() => server.close())
  const url = await listen(server, program, say)
  // Links in mails lead where this server was found to listen, unless somebody has said by which address people come.
  if (!config.publicUrl) program.config.publicUrl = mailedAddress(config, url)
  if (config.smtpUrl && !config.publicUrl)
    say(
      `links in mails lead to ${program.config.publicUrl}; when people come by another address, set DAICHO_URL`,
    )
  say(`database: ${database.where}`)
  if (practice) say('this is the company to practise in (練習用): nothing done here touches live data')
  if (program.config.mode === 'demo') for (const line of demoLogins()) say(line)
  if (program.config.mode === 'demo' && config.demoOpen)
    say('DAICHO_DEMO_OPEN is on: whoever reaches this address may enter as anybody; put nothing real into it')
  say(`Daicho is ready: ${url}`)
  await warmSessions(program.pool, KEPT_SESSIONS)
}

/** The address of this server as other machines know it: by the machine's name when it listens on all its addresses. */
function mailedAddress({ host }: Config, url: string): string {
  return host === '0.0.0.0' || host === '::' ? url.replace('//localhost', `//${hostname()}`) : url
}

/** Listens on the wanted port; when it is taken and nobody insisted on it, on the next free one, and says so. */
async function listen(
  server: FastifyInstance,
  { config }: Program,
  say: (line: string) => void,
): Promise<string> {
  for (let port = config.port; ; port++) {
    try {
      await server.listen({ host: config.host, port })
      const address = server.server.address()
      const actual = typeof address === 'object' && address ? address.port : port
      const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
      return config.publicUrl ?? `${config.tls ? 'https' : 'http'}://${host}:${actual}`
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!taken || port - config.port >= PORT_TRIES) throw error
      say(`port ${port} is taken, trying ${port + 1}`)
    }
  }
}
