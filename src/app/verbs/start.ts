import { practiceConfig, readConfig } from '../../platform/config.ts'
import { openDatabase } from '../open-database.ts'
import { builtWeb } from '../web-build.ts'
import { refuseOpenPlainHttp } from './reachable.ts'

/**
 * Starts everything and stays: database, migrations, demo data when nobody has set up a company, jobs, server. `--practice` starts the
 * company to practise in instead, beside the live one and apart from it. The program is loaded while the database comes up.
 */
export async function start(args: string[]): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const live = readConfig(process.env, 'demo')
  const practice = args.includes('--practice')
  const config = practice ? practiceConfig(live, process.env) : live
  refuseOpenPlainHttp(config)
  const web = args.includes('--api-only') ? Promise.resolve(null) : builtWeb(config.dataDir, say)
  web.catch(() => {})
  const starting = Promise.withResolvers<void>()
  const opening = openDatabase(config, { as: 'server', log: say, onStarting: starting.resolve })
  const stops: (() => Promise<void>)[] = []
  const shutDown = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
    // Also when asked to stop while the database is still coming up.
    await (await opening.catch(() => null))?.stop()
  }
  onSignal(shutDown, say)
  try {
    await Promise.race([starting.promise, opening])
    const { serve } = await import('../serve.ts')
    await serve({ config, practice, database: await opening, web, say, stops })
  } catch (error) {
    await shutDown()
    throw error
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
