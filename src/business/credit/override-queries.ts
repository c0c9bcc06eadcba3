import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { seenNumbersOf } from '../audit/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { measureClaim } from './commit.ts'
import { creditRefusals, type OverridesOfDeal, type OverrideView } from './contract.ts'
import { dealNamed } from './override-deal.ts'
import { beyondLimit, mayBeOverridden } from './rules/override.ts'
import type { OverrideDeal, StoredLimitKind } from './tables.ts'
import './tables.ts'

interface Row {
  id: Id
  seen_no: number
  override_no: string
  deal_kind: OverrideDeal
  deal_id: Id
  deal_no: string
  limit_kind: StoredLimitKind
  beyond_yen: number
  used_yen: number
  until: string
  reason: string
  evidence: Id[]
  requested_by: Id
  approved_by: Id
  granted_at: string
  revoked_at: string | null
  revoked_by: Id | null
  revoked_reason: string | null
  replaced_at: string | null
}

const MOST = 200

function overrideRows(context: QueryContext, where: ReturnType<typeof sql>) {
  return sql<Row>`
    select o.id, o.seen_no, o.override_no, o.deal_kind, o.deal_id, coalesce(r.receivable_no, a.application_no, '') as deal_no, o.limit_kind,
      o.beyond_yen, (select coalesce(sum(u.used_yen), 0)::bigint from limit_override_use u where u.override_id = o.id) as used_yen, o.until,
      o.reason, o.evidence, o.requested_by, o.approved_by, o.granted_at, o.revoked_at, o.revoked_by, o.revoked_reason, o.replaced_at
    from limit_override o left join receivable r on r.id = o.deal_id left join application a on a.id = o.deal_id
    where ${where} order by o.id desc limit ${MOST}`.execute(context.db)
}

async function toViews({ db, today }: QueryContext, rows: readonly Row[]): Promise<OverrideView[]> {
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.requested_by, row.approved_by, ...(row.revoked_by ? [row.revoked_by] : [])]),
  )
  const name = (id: Id) => names.get(id) ?? '（不明）'
  return rows.map(row => ({
    id: row.id,
    overrideNo: row.override_no,
    dealKind: row.deal_kind,
    dealId: row.deal_id,
    dealNo: row.deal_no,
    limitKind: row.limit_kind,
    beyondYen: row.beyond_yen,
    usedYen: row.used_yen,
    until: row.until,
    state: stateOf(row, today),
    reason: row.reason,
    evidence: row.evidence,
    requestedBy: name(row.requested_by),
    approvedBy: name(row.approved_by),
    grantedOn: todayInTokyo(new Date(row.granted_at)),
    revokedBy: row.revoked_by ? name(row.revoked_by) : null,
    revokedReason: row.revoked_reason,
  }))
}

function stateOf(row: Row, today: string): OverrideView['state'] {
  if (row.revoked_at) return 'revoked'
  if (row.replaced_at) return 'replaced'
  if (row.until < today) return 'expired'
  return row.used_yen > 0 ? 'used' : 'standing'
}

export async function overridesOf(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<{ overrides: OverrideView[] }>> {
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const records = sameCompany(partyId)
  const { rows } = await overrideRows(context, sql`(o.client_id in ${records} or o.debtor_id in ${records})`)
  return {
    body: { overrides: await toViews(context, rows) },
    seen: [
      ...rows.map(row => row.seen_no),
      ...(await seenNumbersOf(
        context.db,
        rows.map(row => row.deal_id),
      )),
    ],
  }
}

/** The limits of a deal with the room under each, and whether an exception may be asked for. */
export async function overridesOfOneDeal(
  context: QueryContext,
  input: { dealKind: OverrideDeal; dealId: Id },
): Promise<Seen<OverridesOfDeal>> {
  const { db, today } = context
  const deal = found(await dealNamed(db, { kind: input.dealKind, id: input.dealId }), input.dealKind)
  found(
    await partiesInReach(context).select('party.id').where('party.id', '=', deal.clientId).executeTakeFirst(),
    input.dealKind,
  )
  const { rows } = await overrideRows(context, sql`o.deal_id = ${deal.id}`)
  const closed =
    deal.largest === null
      ? creditRefusals.deal_must_have_claims
      : deal.isOpen
        ? null
        : creditRefusals.deal_must_await_payout
  const claim = deal.largest && {
    receivableId: deal.largest,
    clientId: deal.clientId,
    debtorId: deal.debtorId,
  }
  const views = await toViews(context, rows)
  const standing = new Map(
    views
      .filter(one => one.state === 'standing' || one.state === 'used')
      .map(one => [one.limitKind as string, `この枠には、有効な超過承認 ${one.overrideNo} があります。`]),
  )
  const lines = claim ? (await measureClaim(db, today, claim)).room.lines : []
  return {
    body: {
      askedYen: deal.askedYen,
      lines: lines.map(line => {
        const { allowed, sentence } = mayBeOverridden(line, deal.askedYen)
        const named = deal.kind === 'receivable' || line.limitKind === 'client' || line.limitKind === 'group'
        return {
          limitKind: line.limitKind,
          sentence: line.sentence,
          headroomYen: line.headroomYen,
          neededYen: line.rule === 'limit_in_force' ? beyondLimit(line, deal.askedYen) : 0,
          mayOverride: allowed && named && closed === null && !standing.has(line.limitKind),
          why: named
            ? (closed ?? standing.get(line.limitKind) ?? sentence)
            : creditRefusals.override_must_name_the_claim,
        }
      }),
      closed,
      overrides: views,
    },
    seen: [
      ...rows.map(row => row.seen_no),
      ...(await seenNumbersOf(db, [deal.id, deal.clientId, deal.debtorId])),
    ],
  }
}
