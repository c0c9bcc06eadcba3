import type pg from 'pg'
import { loadActor as loadActorOf } from '../business/access/index.ts'
import { changeRequestDoor } from '../business/approvals/index.ts'
import { refuseStrangeEvidence } from '../business/documents/index.ts'
import { type Clock, movedClock, systemClock } from '../platform/clock.ts'
import { permit } from '../platform/commands/actor.ts'
import type { AnyCommand } from '../platform/commands/command.ts'
import { Executor } from '../platform/commands/executor.ts'
import type { Config } from '../platform/config.ts'
import type { MasterKey } from '../platform/crypto/master-key.ts'
import { SubjectKeys } from '../platform/crypto/subject-keys.ts'
import { type Db, openDatabase, openPool } from '../platform/database/database.ts'
import { errorInLog } from '../platform/http/answer-error.ts'
import type { Route } from '../platform/http/route.ts'
import type { Reading } from '../platform/reading.ts'
import { RecordDirectory } from '../platform/records.ts'
import type { Services } from '../platform/slice.ts'
import { ViewRecorder } from '../platform/trail/record-view.ts'
import { OutageLog } from './outage-log.ts'
import { slices } from './slices.ts'

export interface Program extends Services {
  pool: pg.Pool
  close(): Promise<void>
}

export interface ProgramParts {
  /** The program's own login, never the owner's. */
  databaseUrl: string
  config: Config
  master: MasterKey
  clock?: Clock
  poolSize?: number
  log?: Services['log']
}

/** Puts the parts together: what every slice is given. Nothing runs yet. */
export function createProgram(parts: ProgramParts): Program {
  const { config, master } = parts
  const pool = openPool({ url: parts.databaseUrl, max: parts.poolSize ?? 16, name: 'daicho' })
  const db: Db = openDatabase(pool, { prepared: config.preparedStatements })
  const clock = parts.clock ?? (config.clock ? movedClock(config.clock) : systemClock)
  const keys = new SubjectKeys(master)
  const outage = new OutageLog(parts.log ?? logLine, parts.databaseUrl)
  const { log } = outage
  pool.on('connect', outage.opened)
  const permissions = slices.flatMap(slice => slice.permissions)
  const commands = commandsByName()
  const records = new RecordDirectory(slices.flatMap(slice => slice.records ?? []))
  const reading = readingOf(() => program)
  const executor = new Executor({
    db,
    keys,
    clock,
    commands,
    records,
    reading,
    changeRequests: changeRequestDoor,
    checkEvidence: refuseStrangeEvidence,
    loadActor: (tx, id) => loadActorOf(tx, permissions, id, clock.now()),
    report: error => log('commands that waited together ran one by one', { error }),
  })
  const program: Program = {
    db,
    pool,
    executor,
    views: new ViewRecorder(db, clock),
    keys,
    master,
    clock,
    config,
    permissions,
    commands,
    records,
    reading,
    loadActor: id => loadActorOf(db, permissions, id, clock.now()),
    log,
    close: () => db.destroy(),
  }
  return program
}

/** Finds routes by the name of their contract, once somebody asks. */
function readingOf(program: () => Program): Reading {
  let routes: Map<string, Route> | null = null
  const routesByName = () => {
    routes ??= new Map(
      slices.flatMap(slice => slice.routes(program())).map(route => [route.contract.name, route]),
    )
    return routes
  }
  return {
    lists: listsWithOffers(),
    words(routeName) {
      const permission = routesByName().get(routeName)?.contract.permission
      return program().permissions.find(({ code }) => code === permission)?.label ?? null
    },
    async ask(context, contract, input) {
      const route = routesByName().get(contract.name)
      if (route?.kind !== 'query') throw new Error(`no query is called ${contract.name}`)
      if (contract.permission !== 'signed-in') permit(context.actor, contract.permission)
      const answer = await route.answer(context, contract.input.parse(input) as never)
      if (!('body' in answer)) throw new Error(`${contract.name} answers with a file`)
      return { body: contract.output.parse(answer.body) as never, seen: answer.seen }
    },
  }
}

/** Every list with the columns other slices add to the kind of record its rows are. */
function listsWithOffers() {
  const offered = slices.flatMap(slice => slice.listColumns ?? [])
  return slices
    .flatMap(slice => slice.lists ?? [])
    .map(list => ({ ...list, offered: offered.filter(({ on }) => on === list.rowsAre) }))
}

function commandsByName(): Map<string, AnyCommand> {
  const commands = new Map<string, AnyCommand>()
  for (const command of slices.flatMap(slice => slice.commands)) {
    if (commands.has(command.contract.name))
      throw new Error(`two commands are called ${command.contract.name}`)
    commands.set(command.contract.name, command)
  }
  return commands
}

/** One line of the log. An error says where and what kind; the database's words, which quote values of rows, stay out. */
export function logText(message: string, facts: Record<string, unknown> = {}): string {
  const said = Object.entries(facts).map(([name, fact]) => [
    name,
    fact instanceof Error ? errorInLog(fact) : fact,
  ])
  return JSON.stringify({ at: new Date().toISOString(), message, ...Object.fromEntries(said) })
}

function logLine(message: string, facts?: Record<string, unknown>): void {
  process.stderr.write(`${logText(message, facts)}\n`)
}
