import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { everyInTurn } from '../../platform/every.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { systemActor } from '../access/index.ts'
import { registeredStates } from '../registers/index.ts'
import { openReviewOf } from './open-review.ts'
import { compareWithRegister, reactionTo } from './rules.ts'
import type { Difference, RegisterState } from './tables.ts'
import { compareOwners } from './watch-owners.ts'

const EVERY_MS = 30_000
const AT_ONCE = 500
const LOCK = 7_203_071

interface ToCompare {
  id: Id
  row_version: number
  legal_name: string
  address_original: string | null
  corporate_number: string
}

/** Compares customers with the published corporate numbers after each load, and each customer again when its record changed. */
export async function startChangewatch(services: Services): Promise<() => Promise<void>> {
  return everyInTurn(
    EVERY_MS,
    async () => {
      while ((await compareSome(services)) === AT_ONCE);
      while (await compareOwners(services));
    },
    error => services.log('comparing with the register failed', { error }),
  )
}

/** One step: up to 500 customers that were not yet compared with the register's present state; answers how many. */
export async function compareSome({ db, executor, permissions }: Services): Promise<number> {
  return db.transaction().execute(async tx => {
    const { rows: locks } = await sql<{
      got: boolean
    }>`select pg_try_advisory_xact_lock(${LOCK}) as got`.execute(tx)
    if (!locks[0]?.got) return 0
    const loaded = await tx.selectFrom('register_load').select('id').limit(1).executeTakeFirst()
    if (!loaded) return 0
    const { rows } = await sql<ToCompare>`
      select p.id, p.row_version, p.legal_name, p.address_original, p.corporate_number
      from party p left join party_register_check c on c.party_id = p.id
        left join corporate_register r on r.corporate_number = p.corporate_number
      where p.corporate_number is not null
        and (c.party_id is null or c.party_version <> p.row_version or c.register_updated_on is distinct from r.updated_on)
      limit ${AT_ONCE}`.execute(tx)
    if (rows.length === 0) {
      await markCompared(tx, executor.context(tx, systemActor('schedule', permissions), 'changewatch'))
      return 0
    }
    const context = executor.context(tx, systemActor('schedule', permissions), 'changewatch')
    const published = await registeredStates(
      tx,
      rows.map(row => row.corporate_number),
    )
    for (const row of rows) {
      const theirs = published.get(row.corporate_number) ?? null
      const { state, differences } = compareWithRegister(
        { legalName: row.legal_name, address: row.address_original },
        theirs,
      )
      if (state === 'differs' || state === 'closed' || state === 'void' || theirs?.process === '71')
        await review(context, row, state, differences, theirs?.process ?? null)
      await tx
        .insertInto('party_register_check')
        .values({
          party_id: row.id,
          party_version: row.row_version,
          register_updated_on: theirs?.updatedOn ?? null,
          state,
          checked_at: context.now.toISOString(),
        })
        .onConflict(conflict =>
          conflict.column('party_id').doUpdateSet({
            party_version: row.row_version,
            register_updated_on: theirs?.updatedOn ?? null,
            state,
            checked_at: context.now.toISOString(),
          }),
        )
        .execute()
    }
    return rows.length
  })
}

async function markCompared(tx: CommandContext['tx'], context: CommandContext): Promise<void> {
  const waiting = await tx
    .updateTable('register_load')
    .set({ compared_at: context.now.toISOString() })
    .where('compared_at', 'is', null)
    .returning(['id', 'file_name'])
    .execute()
  for (const load of waiting)
    await context.record({
      verb: 'register_compared',
      subjects: [{ kind: 'register_load', id: load.id }],
      facts: { summary: load.file_name },
    })
}

function review(
  context: CommandContext,
  row: ToCompare,
  state: RegisterState,
  differences: Difference[],
  process: string | null,
) {
  const facts = createHash('sha256')
    .update(JSON.stringify([state, process, differences]))
    .digest('hex')
    .slice(0, 32)
  const what = differences.map(one => one.theirs ?? '').join('、')
  return openReviewOf(context, {
    partyId: row.id,
    source: 'registry',
    sentence: `${row.legal_name} の登録内容が公表情報と異なります：${what}`.slice(0, 500),
    differences,
    factsKey: `registry:${facts}`,
    reaction: reactionTo('registry', state, process),
    evidence: [],
  })
}
