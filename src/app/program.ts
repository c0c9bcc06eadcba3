import type pg from 'pg'
import { loadActor as loadActorOf } from '../business/access/index.ts'
import { changeRequestDoor } from '../business/approvals/index.ts'
import { refuseStrangeEvidence } from '../business/documents/index.ts'
import { type Clock, movedClock, systemClock } from '../platform/clock.ts'
import type { AnyCommand } from '../platform/commands/command.ts'
import { Executor } from '../platform/commands/executor.ts'
import type { Config } from '../platform/config.ts'
import type { MasterKey } from '../platform/crypto/master-key.ts'
import { SubjectKeys } from '../platform/crypto/subject-keys.ts'
import { type Db, openDatabase, openPool } from '../platform/database/database.ts'
import { RecordDirectory } from '../platform/records.ts'
import type { Services } from '../platform/slice.ts'
import { ViewRecorder } from '../platform/trail/record-view.ts'
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
  const log = parts.log ?? logLine
  const permissions = slices.flatMap(slice => slice.permissions)
  const commands = commandsByName()
  const records = new RecordDirectory(slices.flatMap(slice => slice.records ?? []))
  const executor = new Executor({
    db,
    keys,
    clock,
    commands,
    records,
    changeRequests: changeRequestDoor,
    checkEvidence: refuseStrangeEvidence,
    loadActor: (tx, id) => loadActorOf(tx, permissions, id, clock.now()),
    report: error =>
      log(`commands that waited together ran one by one: ${error instanceof Error ? error.message : error}`),
  })
  return {
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
    loadActor: id => loadActorOf(db, permissions, id, clock.now()),
    log,
    close: () => db.destroy(),
  }
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

function logLine(message: string, facts: Record<string, unknown> = {}): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), message, ...facts })}\n`)
}
