import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found } from '../../platform/commands/refusal.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { limitsAtMerge } from '../credit/index.ts'
import { compareOne, REVIEW_BITS, SAME_BITS } from '../matching/index.ts'
import { storedComparison } from './candidates.ts'
import { clustersOf } from './clusters.ts'
import {
  type CandidatePair,
  type Cluster,
  type compareParties,
  type listClusters,
  type PairJudgement,
  resolutionRefusals,
} from './contract.ts'
import { hindrancesToMerge, pairKey, pairsOf } from './hindrances.ts'
import { inReach } from './in-reach.ts'
import { changedSince, type JudgedFacts, judgedFacts } from './judged-facts.ts'
import { comparedFields, type PartyFacts, partyFacts, sideOf } from './party-facts.ts'
import type { Verdict } from './tables.ts'
import './tables.ts'

const PAIRS_LOOKED_AT = 500

export async function clusters(
  context: QueryContext,
  input: z.output<typeof listClusters.input>,
): Promise<Seen<{ clusters: Cluster[]; more: boolean }>> {
  const { db } = context
  const rows = await db
    .selectFrom('party_candidate as c')
    .innerJoin('party_identity as a', 'a.party_id', 'c.party_id')
    .innerJoin('party_identity as b', 'b.party_id', 'c.other_party_id')
    .selectAll('c')
    .whereRef('a.identity_id', '<>', 'b.identity_id')
    .where(
      sql<boolean>`not exists (select 1 from party_judgement j where j.party_id = c.party_id
        and j.other_party_id = c.other_party_id and j.withdrawn_at is null and j.verdict in ('different', 'held')
        and (j.facts is null or j.facts = c.facts))`,
    )
    .orderBy('c.score', 'desc')
    .orderBy('c.party_id')
    .limit(PAIRS_LOOKED_AT)
    .execute()
  const ids = [...new Set(rows.flatMap(row => [row.party_id, row.other_party_id]))]
  const facts = await partyFacts(db, ids)
  const reachable = new Set((await inReach(context, [...facts.values()])).map(fact => fact.id))
  const judgements = await judgementsAmong(context, facts)
  const pairs: CandidatePair[] = rows
    .filter(row => reachable.has(row.party_id) && reachable.has(row.other_party_id))
    .map(row => ({
      partyId: row.party_id,
      otherPartyId: row.other_party_id,
      score: row.score,
      decision: row.decision,
      guard: row.guard,
      reasons: row.reasons,
      judgement: judgements.get(pairKey(row.party_id, row.other_party_id)) ?? null,
    }))
  const all = clustersOf(
    pairs,
    id => facts.get(id)?.corporateNumber ?? null,
    (a, b) => {
      const known = judgements.get(pairKey(a, b))
      return known?.verdict === 'different' && known.changed.length === 0
    },
  )
  const shown = all.slice(0, input.limit)
  const members = (cluster: { members: Id[] }) => cluster.members.map(id => facts.get(id)!)
  return {
    body: {
      clusters: shown.map(cluster => ({ ...cluster, members: members(cluster).map(sideOf) })),
      more: all.length > shown.length || rows.length === PAIRS_LOOKED_AT,
    },
    seen: [
      ...shown.flatMap(cluster => members(cluster).map(fact => fact.seenNo)),
      ...(await evidenceSeen(
        context,
        shown.flatMap(cluster => cluster.pairs.flatMap(pair => pair.judgement ?? [])),
      )),
    ],
  }
}

/** An answer with judgements names the documents they rest on. */
export function evidenceSeen(
  { db }: QueryContext,
  judgements: readonly { evidence: readonly Id[] }[],
): Promise<number[]> {
  return seenNumbersOf(
    db,
    judgements.flatMap(judgement => judgement.evidence),
  )
}

type JudgementRow = {
  id: Id
  verdict: Verdict
  reason: string
  judged_by: Id
  judged_at: string
  evidence: Id[]
  facts: Record<string, string> | null
}

/** A judgement in force as it is shown, with what has changed since. */
export function shownJudgement(
  row: JudgementRow,
  now: JudgedFacts,
  staff: ReadonlyMap<Id, string>,
): PairJudgement {
  return {
    id: row.id,
    verdict: row.verdict,
    reason: row.reason,
    judgedBy: staff.get(row.judged_by) ?? '（不明）',
    judgedAt: row.judged_at,
    evidence: row.evidence,
    changed: changedSince(row.facts, now),
  }
}

async function judgementsAmong({ db }: QueryContext, facts: ReadonlyMap<Id, PartyFacts>) {
  if (facts.size === 0) return new Map<string, PairJudgement>()
  const rows = await db
    .selectFrom('party_judgement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where('party_id', 'in', [...facts.keys()])
    .where('other_party_id', 'in', [...facts.keys()])
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.judged_by),
  )
  return new Map(
    rows.map(row => [
      pairKey(row.party_id, row.other_party_id),
      shownJudgement(row, judgedFacts(facts.get(row.party_id)!, facts.get(row.other_party_id)!), names),
    ]),
  )
}

export async function compare(
  context: QueryContext,
  { partyIds }: z.output<typeof compareParties.input>,
): Promise<Seen<z.input<typeof compareParties.output>>> {
  const { db } = context
  const ids = [...new Set(partyIds)]
  const byId = await partyFacts(db, ids)
  const facts = await inReach(
    context,
    ids.map(id => found(byId.get(id), 'party')),
  )
  found(facts.length === ids.length ? true : null, 'party')
  const judgements = await judgementsAmong(context, byId)
  const hindrances = await hindrancesToMerge(db, facts)
  const limits = mayDo(context.actor, 'credit.read') ? await limitsAtMerge(db, ids) : null
  return {
    body: {
      fields: comparedFields.map(({ field, label }) => ({ field, label })),
      records: facts.map(fact => ({ ...sideOf(fact), registeredAt: fact.registeredAt, values: fact.values })),
      pairs: pairsOf(facts).map(([a, b]) => {
        const compared = compareOne(a.row, [b.row])[0]!
        const { score, guard, reasons } = storedComparison(compared)
        return {
          partyId: a.id,
          otherPartyId: b.id,
          score,
          guard,
          reasons,
          decision: compared.decision,
          judgement: judgements.get(pairKey(a.id, b.id)) ?? null,
        }
      }),
      bands: { sameBits: SAME_BITS, reviewBits: REVIEW_BITS },
      limits:
        limits?.map(kind => ({
          ...kind,
          limits: kind.limits.map(({ rowVersion: _, seenNo: __, ...limit }) => limit),
        })) ?? null,
      hindrances: hindrances.map(({ code, message }) => ({
        code,
        message: message ?? resolutionRefusals[code as keyof typeof resolutionRefusals],
      })),
    },
    seen: [
      ...facts.map(fact => fact.seenNo),
      ...(await evidenceSeen(context, [...judgements.values()])),
      ...(limits ?? []).flatMap(kind => kind.limits.map(limit => limit.seenNo)),
      ...(await seenNumbersOf(
        db,
        (limits ?? []).flatMap(kind => kind.other?.id ?? []),
      )),
    ],
  }
}
