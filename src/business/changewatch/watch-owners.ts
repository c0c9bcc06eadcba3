import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Services } from '../../platform/slice.ts'
import { leavesAfter } from '../../platform/trail/follow.ts'
import { systemActor } from '../access/index.ts'
import { type OwnerNumber, type OwnersCompared, ownersCompared } from '../ownership/index.ts'
import { openReviewOf } from './open-review.ts'
import { reactionTo } from './rules.ts'
import './tables.ts'

const EVENTS_AT_ONCE = 500
const LOCK = 7_203_086

/**
 * Reads the trail on and compares declared with computed owners of the companies in a running relation that it names, whatever happened to
 * them: owners, roles, the stage. A difference opens a review, the same one once. One step; true while there is more.
 */
export async function compareOwners({ db, executor, permissions }: Services): Promise<boolean> {
  return db.transaction().execute(async tx => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx)
    const leaves = await leavesAfter(tx, 'owners_watch_mark', EVENTS_AT_ONCE)
    const last = leaves.at(-1)
    if (!last) return false
    await tx.updateTable('owners_watch_mark').set({ block: last.block, position: last.position }).execute()
    const { rows } = await sql<{ id: Id }>`
      select distinct i.identity_id as id from audit_event e join audit_event_subject s on s.event_id = e.id
        join party_identity i on i.party_id = s.subject_id join computed_ownership c on c.company_id = i.identity_id
        join party p on p.id = i.identity_id
      where e.id = any(${leaves.map(leaf => leaf.event_id)}::uuid[])
        and coalesce(p.identity_stage, p.stage) <> 'prospect'`.execute(tx)
    const compared = await ownersCompared(
      tx,
      rows.map(row => row.id),
    )
    const differing = compared.filter(one => one.undeclared.length + one.unproven.length > 0)
    const context = executor.context(tx, systemActor('schedule', permissions), 'changewatch')
    for (const one of differing)
      await openReviewOf(context, {
        partyId: one.companyId,
        source: 'owners_differ',
        sentence: sentenceOf(one),
        differences: [{ field: 'owners', ours: numbers(one.declared), theirs: numbers(one.computed) }],
        factsKey: `owners:${factsOf(one)}`,
        reaction: reactionTo('owners_differ', null, null),
        evidence: [],
      })
    return leaves.length === EVENTS_AT_ONCE
  })
}

const numbers = (owners: readonly OwnerNumber[]) => owners.map(owner => owner.no).join('、') || null

/** People stand in a review by number: it is kept for ever, and their names are not. */
function sentenceOf({ undeclared, unproven }: OwnersCompared): string {
  return [
    undeclared.length > 0 && `持分から計算した実質的支配者（${numbers(undeclared)}）が申告されていません。`,
    unproven.length > 0 &&
      `申告された実質的支配者（${numbers(unproven)}）は、記録された持分では該当しません。`,
  ]
    .filter(Boolean)
    .join('')
    .slice(0, 500)
}

function factsOf({ factsKey, declared }: OwnersCompared): string {
  return createHash('sha256')
    .update(JSON.stringify([factsKey, declared.map(one => one.id).sort()]))
    .digest('hex')
    .slice(0, 32)
}
