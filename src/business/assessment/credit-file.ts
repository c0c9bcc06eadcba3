import { type Selectable, sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { Tables } from '../../platform/database/database.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { companyRecords } from '../audit/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { CreditFile } from './contract.ts'
import { namesIn, reviewRows, reviewView, seenParties } from './queries.ts'
import { companyOf, rulesInForce } from './records.ts'
import { guaranteedYen, looksLikeLending, securedYen, standsOn } from './rules/security.ts'
import { strictestOf } from './rules/watch.ts'

/** More rows of one kind than anybody reads; the newest. */
const MOST = 200

type Row<K extends keyof Tables> = Selectable<Tables[K]>

/** Everything credit is judged by, of all records of the company; what ended or was taken back stays readable. */
export async function creditFile(context: QueryContext, partyId: Id): Promise<Seen<CreditFile>> {
  const { db, today } = context
  const own = found(
    await partiesInReach(context).select('party.seen_no').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const [company, records, rules] = await Promise.all([
    companyOf(db, partyId),
    companyRecords(db, partyId),
    rulesInForce(db),
  ])
  const of = company.partyIds
  const [watches, reviews, scores, reports, collateral, guarantees] = await Promise.all([
    db
      .selectFrom('watch_status')
      .selectAll()
      .where('party_id', 'in', of)
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
    reviewRows(db, sql`where r.party_id = any(${of}::uuid[]) order by r.id desc limit ${MOST}`),
    db
      .selectFrom('credit_score')
      .selectAll()
      .where('party_id', 'in', of)
      .orderBy('score_date', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
    db
      .selectFrom('external_report')
      .selectAll()
      .where('party_id', 'in', of)
      .orderBy('report_date', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
    db
      .selectFrom('collateral')
      .selectAll()
      .where('party_id', 'in', of)
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
    db
      .selectFrom('guarantee')
      .selectAll()
      .where('party_id', 'in', of)
      .orderBy('id', 'desc')
      .limit(MOST)
      .execute(),
  ])
  const [names, guarantors] = await Promise.all([
    namesIn(db, [...watches, ...reviews, ...scores, ...reports, ...collateral, ...guarantees]),
    guarantorNames(context, guarantees),
  ])
  const who = (id: Id) => names.get(id) ?? '（不明）'
  const recorded = (row: {
    evidence: string[]
    recorded_by: string
    recorded_at: string
    party_id: string
  }) => ({
    evidence: row.evidence,
    recordedBy: who(row.recorded_by),
    recordedAt: row.recorded_at,
    recordNo: records.numberOf(row.party_id),
  })
  const standing = watches.filter(row => row.superseded_at === null)
  const state = strictestOf(standing.map(row => row.watch_state))
  const binding = state === 'normal' ? undefined : standing.find(row => row.watch_state === state)
  const replaced = new Set(
    scores.flatMap(row => (row.overrides && row.retracted_at === null ? [row.overrides] : [])),
  )
  const newest = reports.find(row => row.retracted_at === null)
  const oldest = addDays(today, -rules.reportAgeDays)
  const secured = collateral.map(row => ({
    row,
    yen: securedYen(row.value_yen, row.ltv_ppm),
    standing: standsOn(termOf(row), today),
  }))
  return {
    body: {
      roles: company.roles,
      watch: {
        state,
        reason: binding?.reason ?? null,
        since: binding?.since ?? null,
        reviewOn: binding?.review_on ?? null,
        setBy: binding ? who(binding.recorded_by) : null,
      },
      watchHistory: watches.map(row => ({
        id: row.id,
        state: row.watch_state,
        previous: row.previous,
        reason: row.reason,
        since: row.since,
        setBy: who(row.recorded_by),
        approvedBy: row.approved_by && who(row.approved_by),
        recordNo: records.numberOf(row.party_id),
      })),
      reviews: reviews.map(row => reviewView(row, { today, names, rules })),
      scores: scores.map(row => ({
        id: row.id,
        origin: row.origin,
        provider: row.provider,
        providerName: row.provider_name,
        score: row.score,
        scoreScale: row.score_scale,
        scoreDate: row.score_date,
        components: row.components,
        modelVersion: row.model_version,
        inputsHash: row.inputs_hash,
        reasonCodes: row.reason_codes,
        overrides: row.overrides,
        overrideReason: row.override_reason,
        approvedBy: row.approved_by && who(row.approved_by),
        counts: row.retracted_at === null && !replaced.has(row.id),
        retracted: retractionOf(row, who),
        ...recorded(row),
      })),
      reports: reports.map(row => ({
        id: row.id,
        provider: row.provider,
        providerName: row.provider_name,
        reportDate: row.report_date,
        rating: row.rating,
        bankruptcyForecast: row.bankruptcy_forecast,
        summary: row.summary,
        tooOld: row.id === newest?.id && row.report_date < oldest,
        retracted: retractionOf(row, who),
        ...recorded(row),
      })),
      collateral: secured.map(({ row, yen, standing }) => ({
        id: row.id,
        collateralNo: row.collateral_no,
        collateralKind: row.collateral_kind,
        description: row.description,
        valueYen: row.value_yen,
        valuedOn: row.valued_on,
        ltvPpm: row.ltv_ppm,
        securedYen: yen,
        registeredNo: row.registered_no,
        replaces: row.replaces,
        ...termOf(row),
        endReason: row.end_reason,
        standing,
        ...recorded(row),
      })),
      guarantees: guarantees.map(row =>
        guaranteeView(row, { today, who, guarantors, roles: company.roles, recorded }),
      ),
      securedYen: secured.reduce((sum, { standing, yen }) => (standing ? sum + yen : sum), 0),
      rules,
    },
    seen: [
      own.seen_no,
      ...[...watches, ...reviews, ...scores, ...reports, ...collateral, ...guarantees].map(
        row => row.seen_no,
      ),
      ...guarantors.seen,
      ...(await seenParties(
        context,
        reviews.map(row => row.party_id),
      )),
    ],
  }
}

function termOf(row: { valid_from: string; expires_on: string | null; valid_to: string | null }) {
  return { validFrom: row.valid_from, expiresOn: row.expires_on, validTo: row.valid_to }
}

function retractionOf(
  row: { retracted_at: string | null; retracted_by: string | null; retracted_reason: string | null },
  who: (id: Id) => string,
) {
  return row.retracted_at === null
    ? null
    : {
        reason: row.retracted_reason ?? '',
        by: who(row.retracted_by ?? ''),
        on: todayInTokyo(new Date(row.retracted_at)),
      }
}

interface Guarantors {
  names: ReadonlyMap<Id, string>
  seen: number[]
}

function guaranteeView(
  row: Row<'guarantee'>,
  at: {
    today: IsoDate
    who: (id: Id) => string
    guarantors: Guarantors
    roles: readonly string[]
    recorded: (
      row: Row<'guarantee'>,
    ) => Pick<CreditFile['guarantees'][number], 'evidence' | 'recordedBy' | 'recordedAt' | 'recordNo'>
  },
): CreditFile['guarantees'][number] {
  const guarantorId = row.guarantor_party_id ?? row.guarantor_person_id ?? ''
  return {
    id: row.id,
    guaranteeNo: row.guarantee_no,
    guarantor: {
      kind: row.guarantor_party_id ? 'party' : 'person',
      id: guarantorId,
      name: at.guarantors.names.get(guarantorId) ?? '（担当外）',
    },
    guaranteeKind: row.guarantee_kind,
    amountYen: row.amount_yen,
    guaranteeCapYen: row.guarantee_cap_yen,
    guaranteedYen: guaranteedYen({
      kind: row.guarantee_kind,
      amountYen: row.amount_yen,
      capYen: row.guarantee_cap_yen,
    }),
    personal: row.personal,
    looksLikeLending: looksLikeLending(row.personal, at.roles),
    notarisedOn: row.notarised_on,
    judgement: row.judgement
      ? {
          result: row.judgement,
          reason: row.judgement_reason ?? '',
          by: at.who(row.judged_by ?? ''),
          on: todayInTokyo(new Date(row.judged_at ?? '')),
        }
      : null,
    ...termOf(row),
    endReason: row.end_reason,
    standing: standsOn(termOf(row), at.today),
    ...at.recorded(row),
  }
}

/** Who answers, as far as the asker reaches, and whom the view record names. */
async function guarantorNames(context: QueryContext, rows: readonly Row<'guarantee'>[]): Promise<Guarantors> {
  const ids = rows.flatMap(row => [row.guarantor_party_id, row.guarantor_person_id].filter(id => id !== null))
  if (ids.length === 0) return { names: new Map(), seen: [] }
  const { rows: found } = await sql<{ id: Id; name: string; seen_no: number }>`
    select p.id, coalesce(p.shown_name, p.legal_name) as name, p.seen_no from party p
      where p.id = any(${ids}::uuid[]) and p.id in ${partiesInReach(context).select('party.id')}
    union all
    select h.id, h.family_name || ' ' || h.given_name, h.seen_no from person h where h.id = any(${ids}::uuid[])`.execute(
    context.db,
  )
  return { names: new Map(found.map(row => [row.id, row.name])), seen: found.map(row => row.seen_no) }
}
