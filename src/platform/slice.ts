import type { Clock } from './clock.ts'
import type { Actor } from './commands/actor.ts'
import type { AnyCommand } from './commands/command.ts'
import type { Executor } from './commands/executor.ts'
import type { Config } from './config.ts'
import type { MasterKey } from './crypto/master-key.ts'
import type { SubjectKeys } from './crypto/subject-keys.ts'
import type { Db } from './database/database.ts'
import type { Route } from './http/route.ts'
import type { Id } from './ids/uuid.ts'
import type { ListExport, OfferedColumns } from './list-export.ts'
import type { Reading } from './reading.ts'
import type { RecordDirectory, RecordKind } from './records.ts'
import type { ViewRecorder } from './trail/record-view.ts'

/** One thing a person may be allowed to do, and the roles which have it from the start. */
export interface Permission {
  /** slice.verb: `parties.register`. */
  code: string
  /** What it allows, in Japanese, for the page 「この人は何ができるか」. */
  label: string
  roles: readonly string[]
}

/** What every slice is given when the program starts. */
export interface Services {
  db: Db
  executor: Executor
  views: ViewRecorder
  keys: SubjectKeys
  master: MasterKey
  clock: Clock
  config: Config
  /** All slices' permissions and commands, for the pages that list them and for approved changes that run by name. */
  permissions: readonly Permission[]
  commands: ReadonlyMap<string, AnyCommand>
  /** All slices' kinds of record, for what is attached to records and for their histories. */
  records: RecordDirectory
  reading: Reading
  /** A person's rights as they are now; null when the person may not act any more. */
  loadActor(id: Id): Promise<Actor | null>
  log(message: string, facts?: Record<string, unknown>): void
}

/** The server door of a business slice, as the table of contents (`src/app/slices.ts`) lists it. */
export interface Slice {
  name: string
  permissions: readonly Permission[]
  commands: readonly AnyCommand[]
  /** The kinds of record this slice owns. */
  records?: readonly RecordKind[]
  /** Lists people may take out of the house, with their columns. */
  lists?: readonly ListExport[]
  /** Columns this slice adds to other slices' lists. */
  listColumns?: readonly OfferedColumns[]
  routes(services: Services): Route[]
  /** What runs by the clock, stopped by the returned function. */
  start?(services: Services): Promise<() => Promise<void>>
}
