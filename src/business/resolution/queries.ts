import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, shownFields } from '../parties/index.ts'
import { evidenceSeen, shownJudgement } from './candidate-queries.ts'
import { candidatesOf } from './candidates.ts'
import { chosenValues } from './commands.ts'
import type { identityOfParty, matchParties, SimilarParty, similarParties } from './contract.ts'
import { editedSince } from './edited-since.ts'
import { inReach } from './in-reach.ts'
import { judgedFacts } from './judged-facts.ts'
import { type PartyFacts, partyFacts, saidValue, sideOf } from './party-facts.ts'
import './tables.ts'

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
  const judgements = await judgementsOf(context, facts.get(partyId)!)
  const candidates = await inReach(
    context,
    (await candidatesOf(db, facts.get(partyId)!.row, { prefix: false, except: partyId })).filter(
      candidate => !facts.has(candidate.id),
    ),
  )
  const judged = new Set(judgements.rows.filter(row => row.changed.length === 0).map(row => row.other.id))
  const open = candidates.filter(candidate => !judged.has(candidate.id)).slice(0, SIMILAR_SHOWN)
  return {
    body: {
      identityId: own.identity_id,
      members: members.map(sideOf),
      chosen: chosenValues(members, choices).map(({ field, label, value, from }) => ({
        label,
        value: value === null ? null : saidValue(field, value),
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
      ...(await evidenceSeen(context, judgements.rows)),
      ...open.map(candidate => candidate.seenNo),
    ],
  }
}

/** Merges in which one of the records stands, newest first, and the choices of those in force; the newest choice wins. */
async function mergesOf({ db, actor }: QueryContext, members: readonly PartyFacts[]) {
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
    rows.flatMap(row =>
      [row.requested_by, row.approved_by, row.undone_requested_by, row.undone_approved_by].filter(
        id => id !== null,
      ),
    ),
  )
  const name = (id: Id | null) => (id && names.get(id)) ?? '（不明）'
  const labels = new Map(shownFields.map(field => [field.field, field.label]))
  const limits = mayDo(actor, 'credit.read')
    ? await limitChoicesOf(
        db,
        rows.map(row => row.id),
      )
    : null
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
        unmergedBy: row.undone_at
          ? {
              requestedBy: name(row.undone_requested_by),
              approvedBy: name(row.undone_approved_by),
              reason: row.undone_reason ?? '',
            }
          : null,
        fieldChoices: Object.entries(row.choices).map(([field, from]) => ({
          label: labels.get(field) ?? field,
          from: facts.get(from)?.partyNo ?? '',
        })),
        limitChoices: limits && (limits.get(row.id) ?? []),
        members: merged.map(({ id, partyNo, legalName }) => ({ id, partyNo, legalName })),
        conflicts: row.undone_at === null ? editedSince(merged, row.values_at_merge) : [],
      }
    }),
  }
}

/** The limits each merge in force chose to stay, by number. */
async function limitChoicesOf(db: Db, mergeIds: readonly Id[]): Promise<Map<Id, string[]>> {
  if (mergeIds.length === 0) return new Map()
  const { rows } = await sql<{ merge_id: Id; numbers: string[] }>`
    select c.merge_id, array_agg(l.limit_no order by l.limit_no) as numbers from limit_choice c join credit_limit l on l.id = c.limit_id
    where c.merge_id = any(${[...mergeIds]}::uuid[]) group by 1`.execute(db)
  return new Map(rows.map(row => [row.merge_id, row.numbers]))
}

async function judgementsOf(context: QueryContext, own: PartyFacts) {
  const { db } = context
  const rows = await db
    .selectFrom('party_judgement')
    .selectAll()
    .where('withdrawn_at', 'is', null)
    .where(eb => eb.or([eb('party_id', '=', own.id), eb('other_party_id', '=', own.id)]))
    .orderBy('judged_at', 'desc')
    .execute()
  const otherOf = (row: (typeof rows)[number]) =>
    row.party_id === own.id ? row.other_party_id : row.party_id
  const facts = await partyFacts(db, rows.map(otherOf))
  const reachable = new Set((await inReach(context, [...facts.values()])).map(fact => fact.id))
  const names = await staffNames(
    db,
    rows.map(row => row.judged_by),
  )
  const shown = rows.flatMap(row => {
    const other = facts.get(otherOf(row))
    if (!other || !reachable.has(other.id)) return []
    return [{ ...shownJudgement(row, judgedFacts(own, other), names), other: sideOf(other) }]
  })
  return { rows: shown, seen: shown.map(row => facts.get(row.other.id)!.seenNo) }
}
