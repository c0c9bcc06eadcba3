import type { z } from 'zod'
import type { SubjectKeys } from '../crypto/subject-keys.ts'
import type { Tx } from '../database/database.ts'
import type { IsoDate } from '../dates/iso-date.ts'
import type { CommandContract } from '../http/contract.ts'
import type { Id } from '../ids/uuid.ts'
import type { Reading } from '../reading.ts'
import type { RecordDirectory } from '../records.ts'
import type { Json } from '../trail/canonical.ts'
import type { Actor } from './actor.ts'
import type { Refusal } from './refusal.ts'

export interface RecordRef {
  kind: string
  id: Id
}

/** What a command says about itself; who, when and why are added by the executor. */
export interface CommandEvent {
  verb: string
  subjects: RecordRef[]
  before?: Json
  after?: Json
  facts?: Json
  reason?: string
  evidence?: Id[]
  /** A permission without which nobody sees this event in a history, timeline or audit page. */
  restrictedTo?: string
}

/** Everything a command may use. It reads the clock only from here. */
export interface CommandContext {
  tx: Tx
  actor: Actor
  now: Date
  today: IsoDate
  requestId: string
  keys: SubjectKeys
  /** All slices' kinds of record, for commands about records of any kind. */
  records: RecordDirectory
  /** What other slices' queries answer, asked as this actor. */
  reading: Reading
  /** Set when this run carries out an approved change request. */
  approval: { changeRequestId: Id; requestedBy: Id; approvedBy: Id } | null
  /** Set when this run carries out, on its day, a change that was decided earlier. */
  planned: PlannedRun | null
  record(...events: CommandEvent[]): Promise<void>
  /** A person's rights as they are now, read inside this transaction; null when the person may not act any more. */
  loadActor(id: Id): Promise<Actor | null>
  /** Runs a command, by name, for the person who asked for it: how an approved change is carried out, unchanged. */
  runApproved(
    commandName: string,
    maker: Actor,
    input: Json,
    approval: NonNullable<CommandContext['approval']>,
  ): Promise<Json>
  /** Runs a command, by name, on the day it was planned for, as the actor of this context; its input is unchanged. */
  runPlanned(commandName: string, input: Json, planned: PlannedRun): Promise<Json>
  /** What a command would change if it ran now; null when it has become uncritical. For putting a stale request forward again. */
  describeChange(commandName: string, maker: Actor, input: Json): Promise<CriticalChange | null>
}

/** Who decided a change that takes effect later: the person who entered it and, for critical ones, who approved it. */
export interface PlannedRun {
  plannedNo: string
  plannedBy: Id
  approvedBy: Id | null
}

/** A change that must wait for a second person: what it would change, what it was decided on, and who may approve. */
export interface CriticalChange {
  subject: RecordRef
  related?: RecordRef[]
  /** One Japanese line for the list of requests: 「商号変更 株式会社甲 → 株式会社乙」. */
  summary: string
  /** Records the decision rests on, with their versions; if one moves, the request is stale. */
  readSet: { table: string; id: Id; version: number }[]
  items: { field: string; label: string; old: Json; new: Json; sensitive?: boolean }[]
  evidenceRequired: boolean
  /** The permission a second person must hold. */
  approve: string
  /** The person whose data the stored input holds, when it is not the subject itself. */
  dataSubjectId?: Id
  /** People who may not approve although they hold the permission: whoever registered a deal does not approve it. */
  mayNotApprove?: Id[]
  /** Yen the change is about, for rules that ask a further approver from an amount on; left out where it has none: then such rules always ask. */
  amountYen?: number
}

/**
 * A business verb (architecture.md, idea 1): permit → lock → decide (pure rules) → write → record, in one transaction.
 * `run` gets checked input; `critical` looks at the facts and says whether a second person is needed.
 */
export interface Command<C extends CommandContract = CommandContract> {
  contract: C
  run(context: CommandContext, input: z.output<C['input']>): Promise<z.output<C['output']>>
  critical?(context: CommandContext, input: z.output<C['input']>): Promise<CriticalChange | null>
  /** Database constraint → refusal code: what a rule promises the database promises too. */
  constraints?: Readonly<Record<string, string>>
  /** How requests which wait at the same moment share one transaction (docs/decisions/0014). */
  together?: Together<C>
  /** The same verb for many inputs at once, for imports; one outcome per input. */
  bulk?(context: CommandContext, inputs: z.output<C['input']>[]): Promise<z.output<C['output']>[]>
}

/** One request among those that share a transaction. */
export interface Member<C extends CommandContract> {
  context: CommandContext
  input: z.output<C['input']>
}

/** The same verb for several requests in one transaction. Each is decided by itself; a refused one must have written nothing. */
export interface Together<C extends CommandContract> {
  /** The records this input locks: no two members of a group share one. */
  touches(input: z.output<C['input']>): Id[]
  /** One outcome for each member, in their order; whatever is thrown makes every member run alone. */
  run(members: readonly Member<C>[]): Promise<(z.output<C['output']> | Refusal)[]>
}

// biome-ignore lint/suspicious/noExplicitAny: a list of commands holds contracts of every shape.
export type AnyCommand = Command<any>

export function defineCommand<C extends CommandContract>(
  contract: C,
  rest: Omit<Command<C>, 'contract'>,
): Command<C> {
  return { contract, ...rest }
}
