import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { SubjectKeys } from '../crypto/subject-keys.ts'
import type { Db, Tx } from '../database/database.ts'
import { isLostConnection, isStalePlan, sqlState, violatedConstraint } from '../database/sql-errors.ts'
import { transact } from '../database/transact.ts'
import { todayInTokyo } from '../dates/today.ts'
import { type CommandContract, type PendingAnswer, ruleSentence } from '../http/contract.ts'
import type { Id } from '../ids/uuid.ts'
import type { Reading } from '../reading.ts'
import type { RecordDirectory } from '../records.ts'
import type { Json } from '../trail/canonical.ts'
import { recordEvents, type WordedEvent, wordEvent, writeEvents } from '../trail/record-event.ts'
import { type Actor, mayDo, permit } from './actor.ts'
import type {
  AnyCommand,
  Command,
  CommandContext,
  CommandEvent,
  CriticalChange,
  PlannedRun,
} from './command.ts'
import { claimKeys, earlierAnswer, type RunKey, releaseKeys, runKey, storeAnswers } from './keys.ts'
import { Refusal } from './refusal.ts'
import './tables.ts'
import { type Evidence, evidenceIn, recordsNamedIn } from './named-in-input.ts'
import { type Visitor, WaitingRoom } from './waiting-room.ts'

export interface RunOptions {
  /** Same actor, command, key and input → the first answer, and nothing happens twice. */
  key: string
  requestId: string
  /** Runs everything, then rolls back. */
  dryRun?: boolean
  approval?: CommandContext['approval']
}

export type CommandAnswer<O> =
  | { status: 200; body: O; replayed: boolean }
  | { status: 202; body: PendingAnswer; replayed: boolean }

/** Keeps critical commands until a second person approves; given by the approvals slice, above which the platform knows nothing. */
export interface ChangeRequestDoor {
  open(
    context: CommandContext,
    contract: CommandContract,
    input: Json,
    change: CriticalChange,
  ): Promise<PendingAnswer>
}

export interface ExecutorParts {
  db: Db
  keys: SubjectKeys
  clock: Clock
  changeRequests: ChangeRequestDoor
  commands: ReadonlyMap<string, AnyCommand>
  records: RecordDirectory
  reading: Reading
  loadActor(tx: Tx, id: Id): Promise<Actor | null>
  /** Refuses evidence which is no document this actor may see; given by the documents slice. */
  checkEvidence(context: CommandContext, evidence: Evidence): Promise<void>
  /** Told why a shared transaction failed; its members have run alone since, and nothing was lost but time. */
  report(error: unknown): void
}

interface Run {
  command: AnyCommand
  actor: Actor
  input: Json
  options: RunOptions
}

const RETRIED_STATES = new Set(['40001', '40P01'])
const MAX_TRIES = 5
/** Together about three seconds: a database that was killed has started again by then. */
const PAUSES_AFTER_LOSS_MS = [50, 150, 400, 900, 1500]

class RollBack extends Error {
  readonly answer: CommandAnswer<unknown>
  constructor(answer: CommandAnswer<unknown>) {
    super('dry run')
    this.answer = answer
  }
}

/** Runs commands: the only way business tables change (architecture.md, ideas 1–3). */
export class Executor {
  readonly #parts: ExecutorParts
  readonly #rooms = new Map<string, WaitingRoom<Run & Visitor, CommandAnswer<unknown>>>()

  constructor(parts: ExecutorParts) {
    this.#parts = parts
  }

  /** Runs one command for one actor. Throws Refusal for an expected no; the refused attempt is recorded first. */
  async execute<C extends CommandContract>(
    command: Command<C>,
    actor: Actor,
    rawInput: unknown,
    options: RunOptions,
  ): Promise<CommandAnswer<z.output<C['output']>>> {
    const input = parseInput(command.contract, rawInput)
    try {
      permit(actor, command.contract.permission)
      return (await this.#perform({ command, actor, input, options })) as CommandAnswer<z.output<C['output']>>
    } catch (error) {
      const refusal = asRefusal(command, error)
      if (!refusal) throw error
      if (refusal.kind !== 'invalid') await this.#recordRefused(command, actor, input, refusal, options)
      throw refusal
    }
  }

  /**
   * A context in an already open transaction, for jobs and imports which run many commands as one. Events are written as they are
   * recorded, or collected in `held` for whoever ends the transaction.
   */
  context(
    tx: Tx,
    actor: Actor,
    requestId: string,
    approval: CommandContext['approval'] = null,
    planned: CommandContext['planned'] = null,
    held?: WordedEvent[],
    now: Date = this.#parts.clock.now(),
  ): CommandContext & { events: number } {
    const { keys, commands, records, reading, loadActor } = this.#parts
    const runInside = async (
      command: AnyCommand,
      inner: CommandContext & { events: number },
      input: Json,
    ): Promise<Json> => {
      const output = await command.run(inner, parseInput(command.contract, input)).catch((error: unknown) => {
        // What the database refuses of the stored command is that command's refusal, not a fault of the approval.
        throw asRefusal(command, error) ?? error
      })
      if (inner.events === 0) throw new Error(`command ${command.contract.name} recorded no event`)
      context.events += inner.events
      return command.contract.output.parse(output) as Json
    }
    const context = {
      tx,
      actor,
      now,
      today: todayInTokyo(now),
      requestId,
      keys,
      records,
      reading,
      approval,
      planned,
      events: 0,
      async record(...events: CommandEvent[]) {
        context.events += events.length
        const actors = actorsOf(actor, approval, planned)
        const who = { actorId: actor.id, actors, requestId, ip: actor.ip }
        const worded = events.map(event => wordEvent(now, { ...event, ...who }))
        if (held) held.push(...worded)
        else await writeEvents(tx, worded)
      },
      loadActor: (id: Id) => loadActor(tx, id),
      runApproved: async (
        name: string,
        maker: Actor,
        input: Json,
        given: NonNullable<CommandContext['approval']>,
      ) => {
        const command = commandNamed(commands, name)
        permit(maker, command.contract.permission)
        return runInside(command, this.context(tx, maker, requestId, given, null, held), input)
      },
      runPlanned: async (name: string, input: Json, given: PlannedRun) => {
        const command = commandNamed(commands, name)
        permit(actor, command.contract.permission)
        return runInside(command, this.context(tx, actor, requestId, null, given, held), input)
      },
      describeChange: async (name: string, maker: Actor, input: Json) => {
        const command = commandNamed(commands, name)
        permit(maker, command.contract.permission)
        const inner = this.context(tx, maker, requestId, null, null, held)
        return (await command.critical?.(inner, parseInput(command.contract, input))) ?? null
      },
    }
    return context
  }

  /** Alone, or with the others of the same command that wait at this moment. */
  #perform(run: Run): Promise<CommandAnswer<unknown>> {
    const { command, actor, input, options } = run
    const { together } = command
    const goesAlone = command.critical || options.dryRun || options.approval || evidenceIn(input).length > 0
    if (!together || goesAlone) return this.#withRetries(() => this.#once(run))
    const { name } = command.contract
    const room = this.#rooms.get(name) ?? new WaitingRoom(group => this.#settle(group))
    this.#rooms.set(name, room)
    return room.enter({ ...run, touches: [`${actor.id} ${options.key}`, ...together.touches(input)] })
  }

  async #once({ command, actor, input, options }: Run): Promise<CommandAnswer<unknown>> {
    const { db, clock } = this.#parts
    const key = runKey(actor.id, command.contract.name, options.key, input)
    try {
      return await transact(db, async tx => {
        const [isNew] = await claimKeys(tx, [key], clock.now())
        if (!isNew) return { result: await earlierAnswer(tx, key) }
        const events: WordedEvent[] = []
        const context = this.context(tx, actor, options.requestId, options.approval ?? null, null, events)
        const answer = await this.#decideAndRun(command, context, input)
        if (context.events === 0) throw new Error(`command ${command.contract.name} recorded no event`)
        const last = Promise.all([writeEvents(tx, events), storeAnswers(tx, [{ key, answer }])])
        if (options.dryRun) {
          await last
          throw new RollBack(answer)
        }
        return { result: answer, last }
      })
    } catch (error) {
      if (error instanceof RollBack) return error.answer
      throw error
    }
  }

  /** Settles every run of a group: in one transaction, or alone when it cannot be decided there (docs/decisions/0014). */
  async #settle(group: readonly Run[]): Promise<PromiseSettledResult<CommandAnswer<unknown>>[]> {
    const shared = group.length > 1 ? await this.#shared(group) : group.map(() => null)
    return Promise.allSettled(
      group.map(async (run, at) => {
        const outcome = shared[at] ?? (await this.#withRetries(() => this.#once(run)))
        if (outcome instanceof Refusal) throw outcome
        return outcome
      }),
    )
  }

  /** Outcomes of runs in one transaction, or null where a run must go alone: a used key, or a transaction that failed as a whole. */
  async #shared(group: readonly Run[]): Promise<(CommandAnswer<unknown> | Refusal | null)[]> {
    const { db, clock, report } = this.#parts
    const now = clock.now()
    try {
      return await transact(db, async tx => {
        const keys = group.map(({ command, actor, input, options }) =>
          runKey(actor.id, command.contract.name, options.key, input),
        )
        const isNew = await claimKeys(tx, keys, now)
        const members = group.flatMap((run, at) => {
          const key = keys[at]
          if (!isNew[at] || !key) return []
          const events: WordedEvent[] = []
          const { actor, input, options } = run
          return [
            {
              at,
              run,
              key,
              events,
              input,
              context: this.context(tx, actor, options.requestId, null, null, events, now),
            },
          ]
        })
        const outcomes: (CommandAnswer<unknown> | Refusal | null)[] = group.map(() => null)
        const decided = (await group[0]?.command.together?.run(members)) ?? []
        const answered: { key: RunKey; answer: CommandAnswer<unknown> }[] = []
        for (const [place, { at, run, key, context }] of members.entries()) {
          const outcome = decided[place]
          if (outcome instanceof Refusal) {
            outcomes[at] = outcome
            if (context.events > 0)
              throw new Error(`a refused ${run.command.contract.name} recorded an event`)
            continue
          }
          if (context.events === 0) throw new Error(`command ${run.command.contract.name} recorded no event`)
          const answer = {
            status: 200 as const,
            body: run.command.contract.output.parse(outcome),
            replayed: false,
          }
          answered.push({ key, answer })
          outcomes[at] = answer
        }
        const refused = members.filter(({ at }) => outcomes[at] instanceof Refusal)
        const last = Promise.all([
          releaseKeys(
            tx,
            refused.map(({ key }) => key),
          ),
          writeEvents(
            tx,
            members.flatMap(({ events }) => events),
          ),
          storeAnswers(tx, answered),
        ])
        return { result: outcomes, last }
      })
    } catch (error) {
      if (!mayPass(error) && !isLostConnection(error) && !violatedConstraint(error)) report(error)
      return group.map(() => null)
    }
  }

  async #decideAndRun(
    command: AnyCommand,
    context: CommandContext,
    input: Json,
  ): Promise<CommandAnswer<unknown>> {
    if (!context.approval)
      for (const evidence of evidenceIn(input)) await this.#parts.checkEvidence(context, evidence)
    const change = context.approval ? null : await command.critical?.(context, input)
    if (change) {
      const body = await this.#parts.changeRequests.open(context, command.contract, input, change)
      return { status: 202, body, replayed: false }
    }
    const output = await command.run(context, input)
    return { status: 200, body: command.contract.output.parse(output), replayed: false }
  }

  /** Each run carries its key: when the connection was lost at the commit, the next run finds whether it had happened. */
  async #withRetries<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run()
      } catch (error) {
        if (isLostConnection(error)) {
          const pause = PAUSES_AFTER_LOSS_MS[attempt - 1]
          if (pause === undefined) throw error
          await sleep(pause)
        } else {
          if (attempt >= MAX_TRIES || !mayPass(error)) throw error
          await sleep(randomInt(5, 20 * attempt))
        }
      }
    }
  }

  /** Forbidden attempts and refusals by rule are part of the trail; they stand in a transaction of their own. */
  async #recordRefused(
    command: AnyCommand,
    actor: Actor,
    input: Json,
    refusal: Refusal,
    options: RunOptions,
  ): Promise<void> {
    const { db, clock } = this.#parts
    await recordEvents(db, clock.now(), [
      {
        verb: 'attempt_refused',
        actorId: actor.id,
        actors: actorsOf(actor, null),
        requestId: options.requestId,
        ip: actor.ip,
        subjects: recordsNamedIn(input),
        facts: {
          command: command.contract.name,
          kind: refusal.kind,
          codes: refusal.reasons.map(reason => reason.code),
          rules: refusal.reasons.map(({ code }) => ruleSentence(command.contract, code)),
        },
      },
    ])
  }
}

/** Nothing is wrong with the command: run again, it may go through. */
function mayPass(error: unknown): boolean {
  return RETRIED_STATES.has(sqlState(error) ?? '') || isStalePlan(error)
}

function commandNamed(commands: ReadonlyMap<string, AnyCommand>, name: string): AnyCommand {
  const command = commands.get(name)
  if (!command) throw new Error(`no command is called ${name}`)
  return command
}

function parseInput(contract: CommandContract, rawInput: unknown): Json {
  const parsed = contract.input.safeParse(rawInput)
  if (parsed.success) return parsed.data as Json
  throw new Refusal('invalid', parsed.error.issues.map(issueToReason))
}

/** One zod issue as a reason at its field. */
export function issueToReason(issue: z.core.$ZodIssue): { code: string; field: string; message: string } {
  return { code: 'input_must_have_the_right_shape', field: issue.path.join('.'), message: issue.message }
}

function asRefusal(command: AnyCommand, error: unknown): Refusal | null {
  if (error instanceof Refusal) return error
  const constraint = violatedConstraint(error)
  const code = constraint && command.constraints?.[constraint]
  return code ? new Refusal('conflict', [{ code }]) : null
}

function actorsOf(
  actor: Actor,
  approval: CommandContext['approval'],
  planned: CommandContext['planned'] = null,
): Json {
  return {
    by: actor.id,
    kind: actor.kind,
    roles: [...actor.roles],
    ...(approval
      ? {
          changeRequestId: approval.changeRequestId,
          requestedBy: approval.requestedBy,
          approvedBy: approval.approvedBy,
        }
      : {}),
    ...(planned
      ? {
          plannedNo: planned.plannedNo,
          requestedBy: planned.plannedBy,
          ...(planned.approvedBy ? { approvedBy: planned.approvedBy } : {}),
        }
      : {}),
  }
}

export function mayRun(actor: Actor, contract: CommandContract): boolean {
  return mayDo(actor, contract.permission)
}
