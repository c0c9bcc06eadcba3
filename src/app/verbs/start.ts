import { hostname } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { installationMode } from '../../business/access/index.ts'
import { type Config, practiceConfig, readConfig } from '../../platform/config.ts'
import { loadMasterKey } from '../../platform/crypto/master-key.ts'
import { KEPT_SESSIONS } from '../../platform/database/database.ts'
import { warmSessions } from '../../platform/database/warm-sessions.ts'
import { demoLogins, seedDemo } from '../demo/seed.ts'
import { openDatabase } from '../open-database.ts'
import { createProgram, type Program } from '../program.ts'
import { createServer } from '../server.ts'
import { slices } from '../slices.ts'
import { builtWeb } from '../web-build.ts'
import { refuseKnownPasswordsOutside, refuseOpenPlainHttp } from './reachable.ts'

const PORT_TRIES = 20

/**
 * Starts everything and stays: database, migrations, demo data when nobody has set up a company, jobs, server. `--practice` starts the
 * company to practise in instead, beside the live one and apart from it.
 */
export async function start(args: string[]): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const live = readConfig(process.env, 'demo')
  const practice = args.includes('--practice')
  const config = practice ? practiceConfig(live, process.env) : live
  refuseOpenPlainHttp(config)
  const apiOnly = args.includes('--api-only')
  const web = apiOnly ? Promise.resolve(null) : builtWeb(config.dataDir, say)
  web.catch(() => {})
  let program: Program | null = null
  let server: FastifyInstance | null = null
  const stops: (() => Promise<void>)[] = []
  const opening = openDatabase(config, { as: 'server', log: say })
  const shutDown = async () => {
    await server?.close()
    for (const stop of stops.reverse()) await stop()
    await program?.close()
    // Also when asked to stop while the database is still coming up.
    await (await opening.catch(() => null))?.stop()
  }
  onSignal(shutDown, say)
  const database = await opening
  try {
    const mode = await installationMode(database.ownerUrl)
    if (practice && mode === 'company')
      throw new Error(
        `${config.dataDir} holds a real company, so nobody may practise in it. Remedy: name another folder in DAICHO_PRACTICE_DATA.`,
      )
    if (mode === 'company' && config.clock)
      throw new Error('DAICHO_CLOCK moves the clock in tests and the demo only; unset it for a real company')
    if (mode !== 'company') refuseKnownPasswordsOutside(config)
    program = createProgram({
      databaseUrl: database.appUrl,
      config: { ...config, mode: mode ?? 'demo' },
      master: loadMasterKey(config.dataDir),
    })
    await program.pool.query('select ensure_view_partitions($1::date)', [program.clock.now()])
    if (mode !== 'company') await seedDemo(program, say)
    for (const slice of slices) if (slice.start) stops.push(await slice.start(program))
    server = await createServer(program, await web)
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
      say(
        'DAICHO_DEMO_OPEN is on: whoever reaches this address may enter as anybody; put nothing real into it',
      )
    say(`Daicho is ready: ${url}`)
    await warmSessions(program.pool, KEPT_SESSIONS)
  } catch (error) {
    await shutDown()
    throw error
  }
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

/** Clean stop on SIGINT and SIGTERM; a second signal does not wait. */
function onSignal(shutDown: () => Promise<void>, say: (line: string) => void): void {
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    say(`${signal}: stopping`)
    shutDown().then(
      () => process.exit(0),
      error => {
        process.stderr.write(`stopping failed: ${error instanceof Error ? error.message : error}\n`)
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal))
}
