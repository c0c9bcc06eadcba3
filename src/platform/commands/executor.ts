import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { SubjectKeys } from '../crypto/subject-keys.ts'
import type { Db, Tx } from '../database/database.ts'
import { isStalePlan, sqlState, violatedConstraint } from '../database/sql-errors.ts'
import { transact } from '../database/transact.ts'
import { todayInTokyo } from '../dates/today.ts'
import type { CommandContract, PendingAnswer } from '../http/contract.ts'
import type { Id } from '../ids/uuid.ts'
import { canonicalText, contentHash, type Json } from '../trail/canonical.ts'
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
import { Refusal } from './refusal.ts'
import './tables.ts'

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
  loadActor(tx: Tx, id: Id): Promise<Actor | null>
  /** Refuses evidence which is no document this actor may see; given by the documents slice. */
  checkEvidence(context: CommandContext, evidence: readonly Id[]): Promise<void>
}

const RETRIED_STATES = new Set(['40001', '40P01'])
const MAX_TRIES = 5

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
      return (await this.#withRetries(() => this.#once(command, actor, input, options))) as CommandAnswer<
        z.output<C['output']>
      >
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
  ): CommandContext & { events: number } {
    const { keys, clock, commands, loadActor } = this.#parts
    const now = clock.now()
    const runInside = async (
      command: AnyCommand,
      inner: CommandContext & { events: number },
      input: Json,
    ): Promise<Json> => {
      const output = await command.run(inner, parseInput(command.contract, input))
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

  async #once(
    command: AnyCommand,
    actor: Actor,
    input: Json,
    options: RunOptions,
  ): Promise<CommandAnswer<unknown>> {
    const { db } = this.#parts
    try {
      return await transact(db, async tx => {
        const earlier = await this.#claimKey(tx, command, actor, input, options)
        if (earlier) return { result: earlier }
        const events: WordedEvent[] = []
        const context = this.context(tx, actor, options.requestId, options.approval ?? null, null, events)
        const answer = await this.#decideAndRun(command, context, input)
        if (context.events === 0) throw new Error(`command ${command.contract.name} recorded no event`)
        const last = Promise.all([
          writeEvents(tx, events),
          this.#storeAnswer(tx, command, actor, options.key, answer),
        ])
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

  async #decideAndRun(
    command: AnyCommand,
    context: CommandContext,
    input: Json,
  ): Promise<CommandAnswer<unknown>> {
    const evidence = evidenceIn(input)
    if (evidence.length && !context.approval) await this.#parts.checkEvidence(context, evidence)
    const change = context.approval ? null : await command.critical?.(context, input)
    if (change) {
      const body = await this.#parts.changeRequests.open(context, command.contract, input, change)
      return { status: 202, body, replayed: false }
    }
    const output = await command.run(context, input)
    return { status: 200, body: command.contract.output.parse(output), replayed: false }
  }

  /** The key is inserted first, in the same transaction, so that a twin waits here until this run is decided. */
  async #claimKey(
    tx: Tx,
    command: AnyCommand,
    actor: Actor,
    input: Json,
    { key }: RunOptions,
  ): Promise<CommandAnswer<unknown> | null> {
    const { name } = command.contract
    const inputHash = contentHash(canonicalText(input))
    const claimed = await tx
      .insertInto('command_run')
      .values({
        actor_id: actor.id,
        command: name,
        key,
        input_hash: inputHash,
        at: this.#parts.clock.now().toISOString(),
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (claimed) return null
    const earlier = await tx
      .selectFrom('command_run')
      .select(['input_hash', 'status', 'answer'])
      .where('actor_id', '=', actor.id)
      .where('command', '=', name)
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    if (!earlier.input_hash.equals(inputHash))
      throw new Refusal('conflict', [{ code: 'idempotency_key_must_be_fresh' }])
    return { status: earlier.status as 200, body: JSON.parse(earlier.answer ?? 'null'), replayed: true }
  }

  async #storeAnswer(
    tx: Tx,
    command: AnyCommand,
    actor: Actor,
    key: string,
    answer: CommandAnswer<unknown>,
  ): Promise<void> {
    await tx
      .updateTable('command_run')
      .set({ status: answer.status, answer: JSON.stringify(answer.body) })
      .where('actor_id', '=', actor.id)
      .where('command', '=', command.contract.name)
      .where('key', '=', key)
      .execute()
  }

  async #withRetries<T>(run: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run()
      } catch (error) {
        const mayPass = RETRIED_STATES.has(sqlState(error) ?? '') || isStalePlan(error)
        if (attempt >= MAX_TRIES || !mayPass) throw error
        await sleep(randomInt(5, 20 * attempt))
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
        },
      },
    ])
  }
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

/** The documents a change rests on, wherever the contract asks for a reason (`changeReason`) or for evidence alone. */
function evidenceIn(input: Json): Id[] {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return []
  const { change, evidence } = input
  const given =
    change !== null && typeof change === 'object' && !Array.isArray(change) ? change.evidence : evidence
  return Array.isArray(given) ? given.filter(id => typeof id === 'string') : []
}

/** Fields called somethingId name records: the refused attempt shows in the history of each. */
function recordsNamedIn(input: Json): { kind: string; id: Id }[] {
  if (input === null || typeof input !== 'object' || Array.isArray(input)) return []
  return Object.entries(input).flatMap(([field, value]) =>
    field.endsWith('Id') && typeof value === 'string' ? [{ kind: field.slice(0, -2), id: value }] : [],
  )
}

export function mayRun(actor: Actor, contract: CommandContract): boolean {
  return mayDo(actor, contract.permission)
}
