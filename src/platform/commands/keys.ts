import { sql } from 'kysely'
import type { Tx } from '../database/database.ts'
import type { Id } from '../ids/uuid.ts'
import { canonicalText, contentHash, type Json } from '../trail/canonical.ts'
import type { CommandAnswer } from './executor.ts'
import { Refusal } from './refusal.ts'
import './tables.ts'

/** One run of a command, as its sender names it. */
export interface RunKey {
  actorId: Id
  command: string
  key: string
  inputHash: Buffer
}

export function runKey(actorId: Id, command: string, key: string, input: Json): RunKey {
  return { actorId, command, key, inputHash: contentHash(canonicalText(input)) }
}

/**
 * Inserts the keys, first of all in their transaction, so that a twin waits here until these runs are decided; in one order for
 * everybody, so that two groups never wait for each other. Answers for each whether it is new.
 */
export async function claimKeys(tx: Tx, keys: readonly RunKey[], at: Date): Promise<boolean[]> {
  const of = <T>(pick: (key: RunKey) => T) => keys.map(pick)
  const { rows } = await sql<{ actor_id: Id; command: string; key: string }>`
    insert into command_run (actor_id, command, key, input_hash, at)
    select actor_id, command, key, input_hash, ${at.toISOString()}::timestamptz
    from unnest(${of(one => one.actorId)}::uuid[], ${of(one => one.command)}::text[], ${of(one => one.key)}::text[],
      ${of(one => one.inputHash)}::bytea[]) as u(actor_id, command, key, input_hash)
    order by actor_id, command, key
    on conflict do nothing returning actor_id, command, key`.execute(tx)
  const claimed = new Set(rows.map(row => JSON.stringify([row.actor_id, row.command, row.key])))
  return keys.map(one => claimed.has(JSON.stringify([one.actorId, one.command, one.key])))
}

/** The answer a key was given before. Refuses `idempotency_key_must_be_fresh` when it came with another input. */
export async function earlierAnswer(
  tx: Tx,
  { actorId, command, key, inputHash }: RunKey,
): Promise<CommandAnswer<unknown>> {
  const earlier = await tx
    .selectFrom('command_run')
    .select(['input_hash', 'status', 'answer'])
    .where('actor_id', '=', actorId)
    .where('command', '=', command)
    .where('key', '=', key)
    .executeTakeFirstOrThrow()
  if (!earlier.input_hash.equals(inputHash))
    throw new Refusal('conflict', [{ code: 'idempotency_key_must_be_fresh' }])
  return { status: earlier.status as 200, body: JSON.parse(earlier.answer ?? 'null'), replayed: true }
}

/** Keeps the answers, so that the same key gives the same answer again. */
export async function storeAnswers(
  tx: Tx,
  answered: readonly { key: RunKey; answer: CommandAnswer<unknown> }[],
): Promise<void> {
  if (answered.length === 0) return
  const of = <T>(pick: (one: (typeof answered)[number]) => T) => answered.map(pick)
  await sql`update command_run r set status = u.status, answer = u.answer
    from unnest(${of(one => one.key.actorId)}::uuid[], ${of(one => one.key.command)}::text[], ${of(one => one.key.key)}::text[],
      ${of(one => one.answer.status)}::smallint[], ${of(one => JSON.stringify(one.answer.body))}::text[])
      as u(actor_id, command, key, status, answer)
    where r.actor_id = u.actor_id and r.command = u.command and r.key = u.key`.execute(tx)
}

/** Gives keys of refused runs back: after a refusal the same key may be used again. */
export async function releaseKeys(tx: Tx, keys: readonly RunKey[]): Promise<void> {
  if (keys.length === 0) return
  const of = <T>(pick: (key: RunKey) => T) => keys.map(pick)
  await sql`delete from command_run r
    using unnest(${of(one => one.actorId)}::uuid[], ${of(one => one.command)}::text[], ${of(one => one.key)}::text[])
      as u(actor_id, command, key)
    where r.actor_id = u.actor_id and r.command = u.command and r.key = u.key`.execute(tx)
}
