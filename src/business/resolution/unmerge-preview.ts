import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { forgetLimitChoices, type LimitState, limitStates } from '../credit/index.ts'
import type { previewUnmerge } from './contract.ts'
import { editedSince } from './edited-since.ts'
import { inReach } from './in-reach.ts'
import { partyFacts, sideOf } from './party-facts.ts'
import { lockIdentities, recordsOfIdentities, writeIdentities } from './write-identities.ts'
import './tables.ts'

type Preview = z.input<typeof previewUnmerge.output>

/** Carries what was seen out of a transaction that must not stand. */
class OnlyLooked extends Error {}

/**
 * What an unmerge would do, found by doing it in a transaction that is rolled back: the preview and the act cannot differ.
 */
export async function preview(
  context: QueryContext,
  { mergeId }: z.output<typeof previewUnmerge.input>,
): Promise<Seen<Preview>> {
  const { db } = context
  const merge = found(
    await db.selectFrom('party_merge').selectAll().where('id', '=', mergeId).executeTakeFirst(),
    'party_merge',
  )
  const ids = Object.keys(merge.values_at_merge)
  const merged = await inReach(context, [...(await partyFacts(db, ids)).values()])
  found(merged.length === ids.length ? true : null, 'party_merge')
  refuseUnless(merge.undone_at === null, 'merge_must_be_in_force')
  const mayLimits = mayDo(context.actor, 'credit.read')
  const outcome = await rolledBack(context, async tx => {
    await lockIdentities(tx)
    const records = await recordsOfIdentities(tx, merged)
    const now = mayLimits ? await limitStates(tx, records) : null
    await forgetLimitChoices(tx, mergeId)
    await writeIdentities(tx, records, mergeId)
    const after = mayLimits ? await limitStates(tx, records) : null
    return { facts: await partyFacts(tx, records), now, after }
  })
  const facts = [...outcome.facts.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const companies = [...new Set(facts.map(fact => fact.identityId))].sort()
  return {
    body: {
      companies: companies.map(companyId => ({
        companyId,
        members: facts.filter(fact => fact.identityId === companyId).map(sideOf),
      })),
      limits: outcome.after && limitsAfter(outcome.now ?? [], outcome.after, outcome.facts),
      conflicts: editedSince(merged, merge.values_at_merge),
    },
    seen: [
      merge.seen_no,
      ...facts.map(fact => fact.seenNo),
      ...(outcome.after ?? []).map(limit => limit.seenNo),
    ],
  }
}

function limitsAfter(
  now: readonly LimitState[],
  after: readonly LimitState[],
  facts: ReadonlyMap<Id, { partyNo: string; identityId: Id }>,
): NonNullable<Preview['limits']> {
  const before = new Map(now.map(limit => [limit.limitId, limit]))
  return after.map(limit => {
    const then = before.get(limit.limitId)
    return {
      companyId: facts.get(limit.ownRecordId)?.identityId ?? limit.ownRecordId,
      limitNo: limit.limitNo,
      limitKind: limit.limitKind,
      recordNo: facts.get(limit.ownRecordId)?.partyNo ?? '',
      otherName: limit.otherName,
      limitYen: limit.limitYen,
      limitPpm: limit.limitPpm,
      inForceNow: then !== undefined && !then.setAside,
      inForceAfter: !limit.setAside,
      exposureNowYen: then === undefined || then.setAside ? null : then.exposureYen,
      exposureAfterYen: limit.setAside ? null : limit.exposureYen,
    }
  })
}

async function rolledBack<T>({ db }: QueryContext, act: (tx: Tx) => Promise<T>): Promise<T> {
  const outcome: { value?: T } = {}
  const done = new OnlyLooked('rolled back on purpose')
  try {
    await db.transaction().execute(async tx => {
      await sql`set local lock_timeout = '5s'`.execute(tx)
      outcome.value = await act(tx)
      throw done
    })
  } catch (error) {
    if (error !== done) throw error
  }
  return outcome.value as T
}
