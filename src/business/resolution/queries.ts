import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { limitsAtMerge } from '../credit/index.ts'
import { compareOne } from '../matching/index.ts'
import { partiesInReach } from '../parties/index.ts'
import { candidatesOf, storedComparison } from './candidates.ts'
import { clustersOf } from './clusters.ts'
import { chosenValues } from './commands.ts'
import {
  type CandidatePair,
  type Cluster,
  type compareParties,
  type identityOfParty,
  type listClusters,
  type matchParties,
  resolutionRefusals,
  type SimilarParty,
  type similarParties,
} from './contract.ts'
import { hindrancesToMerge, pairKey, pairsOf, verdictsAmong } from './hindrances.ts'
import { comparedFields, type PartyFacts, partyFacts, sideOf } from './party-facts.ts'

const PAIRS_LOOKED_AT = 500
const SIMILAR_SHOWN = 5

export async function similar(
  context: QueryContext,
  input: z.output<typeof similarParties.input>,
): Promise<Seen<{ rows: SimilarParty[] }>> {
  const row = {
    name: input.legalName,
    name_kana: input.legalNameKana,
    corporate_number: input.corporateNumber,
    invoice_registration_number: input.invoiceRegNo,
    postal_code: input.postalCode,
    address: input.address,
    phone: input.phone,
  }
  const candidates = await candidatesOf(context.db, row, { prefix: true, except: null })
  const shown = (await inReach(context, candidates)).slice(0, SIMILAR_SHOWN)
  return {
    body: { rows: shown.map(similarOf) },
    seen: shown.map(candidate => candidate.seenNo),
    loggedQuery: { text: input.legalName },
  }
}

/** The same comparison for other programs: no screen, all fields, as many candidates as asked for. */
export async function match(
  context: QueryContext,
  input: z.output<typeof matchParties.input>,
): Promise<Seen<z.input<typeof matchParties.output>>> {
  refuseUnless(
    [input.name, input.nameKana, input.nameEn, input.corporateNumber, input.invoiceRegNo, input.phone].some(
      fact => fact !== '',
    ),
    'facts_must_name_a_company',
    { kind: 'invalid', field: 'name' },
  )
  const row = {
    name: input.name,
    name_kana: input.nameKana,
    name_en: input.nameEn,
    corporate_number: input.corporateNumber,
    invoice_registration_number: input.invoiceRegNo,
    postal_code: input.postalCode,
    address: input.address,
    phone: input.phone,
    representative: input.representative,
    established_on: input.establishedOn,
  }
  const found = await candidatesOf(context.db, row, { prefix: input.unfinished, except: null })
  const shown = (await inReach(context, found)).slice(0, input.limit)
  return {
    body: {
      candidates: shown.map(candidate => ({
        ...similarOf(candidate),
        companyId: candidate.identityId,
        weights: candidate.weights,
      })),
    },
    seen: [
      ...shown.map(candidate => candidate.seenNo),
      ...(await seenNumbersOf(
        context.db,
        shown.map(candidate => candidate.identityId),
      )),
    ],
    loggedQuery: { text: input.name || input.corporateNumber || input.phone },
  }
}

function similarOf(candidate: Awaited<ReturnType<typeof candidatesOf>>[number]): SimilarParty {
  const { score, decision, guard, reasons } = candidate
  return { ...sideOf(candidate), score, decision, guard, reasons }
}

async function inReach<T extends { id: Id }>(context: QueryContext, rows: readonly T[]): Promise<T[]> {
  if (rows.length === 0) return []
  const reach = await partiesInReach(context)
    .select('party.id')
    .where(
      'party.id',
      'in',
      rows.map(row => row.id),
    )
    .execute()
  const ids = new Set(reach.map(row => row.id))
  return rows.filter(row => ids.has(row.id))
}

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
        and j.other_party_id = c.other_party_id and j.withdrawn_at is null and j.verdict = 'different')`,
    )
    .orderBy('c.score', 'desc')
    .orderBy('c.party_id')
    .limit(PAIRS_LOOKED_AT)
    .execute()
  const ids = [...new Set(rows.flatMap(row => [row.party_id, row.other_party_id]))]
  const facts = await partyFacts(db, ids)
  const reachable = new Set((await inReach(context, [...facts.values()])).map(fact => fact.id))
  const verdicts = ids.length ? await verdictsAmong(db, ids) : new Map()
  const judgements = await judgementsAmong(context, ids)
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
    (a, b) => verdicts.get(pairKey(a, b)) === 'different',
  )
  const shown = all.slice(0, input.limit)
  const members = (cluster: { members: Id[] }) => cluster.members.map(id => facts.get(id)!)
  return {
    body: {
      clusters: shown.map(cluster => ({ ...cluster, members: members(cluster).map(sideOf) })),
      more: all.length > shown.length || rows.length === PAIRS_LOOKED_AT,
    },
    seen: shown.flatMap(cluster => members(cluster).map(fact => fact.seenNo)),
  }
}

async function judgementsAmong({ db }: QueryContext, ids: readonly Id[]) {
  if (ids.length === 0) return new Map<string, CandidatePair['judgement']>()
  const rows = await db
    .selectFrom('party_judgement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where('party_id', 'in', [...ids])
    .where('other_party_id', 'in', [...ids])
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.judged_by),
  )
  return new Map<string, CandidatePair['judgement']>(
    rows.map(row => [
      pairKey(row.party_id, row.other_party_id),
      {
        id: row.id,
        verdict: row.verdict,
        reason: row.reason,
        judgedBy: names.get(row.judged_by) ?? '（不明）',
      },
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
  const judgements = await judgementsAmong(context, ids)
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
      ...(limits ?? []).flatMap(kind => kind.limits.map(limit => limit.seenNo)),
      ...(await seenNumbersOf(
        db,
        (limits ?? []).flatMap(kind => kind.other?.id ?? []),
      )),
    ],
  }
}

type IdentityAnswer = z.input<typeof identityOfParty.output>

export async function identityOf(context: QueryContext, partyId: Id): Promise<Seen<IdentityAnswer>> {
  const { db } = context
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const own = await db
    .selectFrom('party_identity')
    .select('identity_id')
    .where('party_id', '=', partyId)
    .executeTakeFirstOrThrow()
  const memberIds = await db
    .selectFrom('party_identity')
    .select('party_id')
    .where('identity_id', '=', own.identity_id)
    .orderBy('party_id')
    .execute()
  const facts = await partyFacts(
    db,
    memberIds.map(row => row.party_id),
  )
  const members = await inReach(
    context,
    memberIds.flatMap(row => facts.get(row.party_id) ?? []),
  )
  const { merges, seen: mergesSeen, choices } = await mergesOf(context, members)
  const judgements = await judgementsOf(context, partyId)
  const candidates = await inReach(
    context,
    (await candidatesOf(db, facts.get(partyId)!.row, { prefix: false, except: partyId })).filter(
      candidate => !facts.has(candidate.id),
    ),
  )
  const judged = new Set(judgements.rows.map(row => row.other.id))
  const open = candidates.filter(candidate => !judged.has(candidate.id)).slice(0, SIMILAR_SHOWN)
  return {
    body: {
      identityId: own.identity_id,
      members: members.map(sideOf),
      chosen: chosenValues(members, choices).map(({ label, value, from }) => ({
        label,
        value: value === null ? null : String(value),
        from: from.partyNo,
      })),
      merges,
      judgements: judgements.rows,
      candidates: open.map(similarOf),
    },
    seen: [
      ...members.map(fact => fact.seenNo),
      ...mergesSeen,
      ...judgements.seen,
      ...open.map(candidate => candidate.seenNo),
    ],
  }
}

/** Merges in which one of the records stands, newest first, and the choices of those in force; the newest choice wins. */
async function mergesOf({ db }: QueryContext, members: readonly PartyFacts[]) {
  const rows = await db
    .selectFrom('party_merge')
    .selectAll()
    .where(eb =>
      eb(
        'id',
        'in',
        eb
          .selectFrom('party_merge_member')
          .select('merge_id')
          .where(
            'party_id',
            'in',
            members.map(member => member.id),
          ),
      ),
    )
    .orderBy('merged_at', 'desc')
    .execute()
  const ids = rows.flatMap(row => Object.keys(row.values_at_merge))
  const facts = await partyFacts(db, ids)
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, row.approved_by]),
  )
  const choices: Record<string, Id> = {}
  for (const row of [...rows].reverse()) if (row.undone_at === null) Object.assign(choices, row.choices)
  return {
    choices,
    seen: rows.map(row => row.seen_no),
    merges: rows.map(row => {
      const merged = Object.keys(row.values_at_merge).flatMap(id => facts.get(id) ?? [])
      return {
        id: row.id,
        mergeNo: row.merge_no,
        mergedAt: row.merged_at,
        reason: row.reason,
        requestedBy: names.get(row.requested_by) ?? '（不明）',
        approvedBy: names.get(row.approved_by) ?? '（不明）',
        undoneAt: row.undone_at,
        members: merged.map(({ id, partyNo, legalName }) => ({ id, partyNo, legalName })),
        conflicts: row.undone_at === null ? editedSince(merged, row.values_at_merge) : [],
      }
    }),
  }
}

/** Items of the records which are no longer what they were on the day of the merge. */
function editedSince(
  merged: readonly PartyFacts[],
  atMerge: Readonly<Record<Id, Readonly<Record<string, string | number | null>>>>,
) {
  const word = (value: string | number | null | undefined) =>
    value === null || value === undefined ? null : String(value)
  return merged.flatMap(fact =>
    comparedFields.flatMap(({ field, label }) => {
      const [then, now] = [word(atMerge[fact.id]?.[field]), word(fact.values[field])]
      return then === now ? [] : [{ partyId: fact.id, partyNo: fact.partyNo, label, atMerge: then, now }]
    }),
  )
}

async function judgementsOf(context: QueryContext, partyId: Id) {
  const { db } = context
  const rows = await db
    .selectFrom('party_judgement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where(eb => eb.or([eb('party_id', '=', partyId), eb('other_party_id', '=', partyId)]))
    .orderBy('judged_at', 'desc')
    .execute()
  const otherOf = (row: (typeof rows)[number]) =>
    row.party_id === partyId ? row.other_party_id : row.party_id
  const facts = await partyFacts(db, rows.map(otherOf))
  const reachable = new Map((await inReach(context, [...facts.values()])).map(fact => [fact.id, fact]))
  const names = await staffNames(
    db,
    rows.map(row => row.judged_by),
  )
  const shown = rows.flatMap(row => {
    const other = reachable.get(otherOf(row))
    if (!other) return []
    return [
      {
        id: row.id,
        verdict: row.verdict,
        reason: row.reason,
        judgedBy: names.get(row.judged_by) ?? '（不明）',
        judgedAt: row.judged_at,
        other: sideOf(other),
      },
    ]
  })
  return { rows: shown, seen: shown.map(row => facts.get(row.other.id)!.seenNo) }
}
