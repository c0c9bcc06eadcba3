import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { sameCompany } from '../parties/index.ts'
import type { StoredLimitKind } from './tables.ts'
import './tables.ts'

/** A permanent limit in force on one of the records that are to become one company. */
export interface LimitAtMerge {
  limitId: Id
  seenNo: number
  limitNo: string
  rowVersion: number
  partyId: Id
  limitYen: Yen | null
  limitPpm: number | null
  inForceFrom: IsoDate
  inForceTo: IsoDate | null
  suspended: boolean
  /** What stands at risk under it today. */
  exposureYen: Yen
}

/** The limits of one kind the merged company would have; more than one needs a choice. */
export interface LimitsOfKind {
  /** Names the kind, and in a pair the other side, in `limitChoices`. */
  key: string
  limitKind: StoredLimitKind
  /** The other company of a pair. */
  other: { id: Id; name: string } | null
  limits: LimitAtMerge[]
  /** What will stand at risk under the one that stays. */
  exposureYen: Yen
}

interface Row {
  id: Id
  seen_no: number
  limit_no: string
  row_version: number
  limit_kind: StoredLimitKind
  subject_id: Id
  second_subject_id: Id | null
  company_id: Id
  second_company_id: Id | null
  limit_yen: Yen | null
  limit_ppm: number | null
  in_force_from: IsoDate
  in_force_to: IsoDate | null
  suspended_at: string | null
  other_id: Id | null
  other_name: string | null
  exposure_yen: Yen
}

/** The permanent limits in force of the companies these records belong to, by kind; with `lock` locked until the end. */
export async function limitsAtMerge(
  db: Db | Tx,
  partyIds: readonly Id[],
  lock = false,
): Promise<LimitsOfKind[]> {
  const merging = sql`(select identity_id from party_identity where party_id = any(${[...partyIds]}::uuid[]))`
  const { rows } = await sql<Row>`
    select l.id, l.seen_no, l.limit_no, l.row_version, l.limit_kind, l.subject_id, l.second_subject_id, l.company_id, l.second_company_id,
      l.limit_yen, l.limit_ppm, l.in_force_from, l.in_force_to, l.suspended_at, o.id as other_id,
      coalesce(o.shown_name, o.legal_name) as other_name,
      (exposure_under(l.limit_kind, l.subject_id, l.second_subject_id)).exposure_yen
    from credit_limit l
    left join party o on l.second_company_id is not null
      and o.id = case when l.company_id in ${merging} then l.second_company_id else l.company_id end
    where l.term = 'permanent' and l.revoked_at is null and l.superseded_at is null and not l.set_aside
      and (l.company_id in ${merging} or l.second_company_id in ${merging})
    order by l.limit_kind, l.id ${lock ? sql`for update of l` : sql``}`.execute(db)
  const companies = new Set(
    (
      await sql<{ identity_id: Id }>`select distinct identity_id from party_identity
        where party_id = any(${[...partyIds]}::uuid[])`.execute(db)
    ).rows.map(row => row.identity_id),
  )
  const kinds = new Map<string, Row[]>()
  const side = (id: Id) => (companies.has(id) ? 'merged' : id)
  for (const row of rows) {
    const key = [
      row.limit_kind,
      ...(row.second_company_id ? [side(row.company_id), side(row.second_company_id)] : []),
    ].join(':')
    kinds.set(key, [...(kinds.get(key) ?? []), row])
  }
  return Promise.all(
    [...kinds].map(async ([key, limits]) => ({
      key,
      limitKind: limits[0]!.limit_kind,
      other: limits[0]!.other_id ? { id: limits[0]!.other_id, name: limits[0]!.other_name ?? '' } : null,
      limits: limits.map(toLimit),
      exposureYen: await exposureTogether(db, limits[0]!, partyIds, [...companies]),
    })),
  )
}

function toLimit(row: Row): LimitAtMerge {
  return {
    limitId: row.id,
    seenNo: row.seen_no,
    limitNo: row.limit_no,
    rowVersion: row.row_version,
    partyId: row.subject_id,
    limitYen: row.limit_yen,
    limitPpm: row.limit_ppm,
    inForceFrom: row.in_force_from,
    inForceTo: row.in_force_to,
    suspended: row.suspended_at !== null,
    exposureYen: row.exposure_yen,
  }
}

/** The exposure of the records as one company: every pair once. */
async function exposureTogether(
  db: Db | Tx,
  limit: Row,
  partyIds: readonly Id[],
  companies: readonly Id[],
): Promise<Yen> {
  const reach = limit.limit_kind.includes('group') ? sql`connected_parties` : sql`company_records`
  const merged = sql`array(select r from unnest(${[...partyIds]}::uuid[]) p cross join lateral ${reach}(p) r)`
  const side = (company: Id, subject: Id) =>
    companies.includes(company) ? merged : sql`array${sameCompany(subject)}`
  const asDebtor = limit.limit_kind.startsWith('debtor') || limit.limit_kind === 'concentration'
  const first = side(limit.company_id, limit.subject_id)
  const where = limit.second_company_id
    ? sql`client_id = any(${first}) and debtor_id = any(${side(limit.second_company_id, limit.second_subject_id!)})`
    : asDebtor
      ? sql`debtor_id = any(${first})`
      : sql`client_id = any(${first})`
  const { rows } = await sql<{ yen: Yen }>`select coalesce(sum(committed_yen + paid_yen), 0)::bigint as yen
    from credit_pair_total where ${where}`.execute(db)
  return rows[0]?.yen ?? 0
}

/** Key of a kind → the limit that stays, or `lower` for the lowest of them. */
export type LimitChoices = Readonly<Record<string, string>>

/** The limit that stays for each kind, and what is missing or wrong in the choices. */
export function chosenLimits(
  kinds: readonly LimitsOfKind[],
  choices: LimitChoices,
): { chosen: { kind: LimitsOfKind; limit: LimitAtMerge }[]; reasons: Reason[] } {
  const chosen: { kind: LimitsOfKind; limit: LimitAtMerge }[] = []
  const reasons: Reason[] = []
  for (const kind of kinds) {
    const choice = choices[kind.key]
    const limit =
      kind.limits.length === 1 && choice === undefined
        ? kind.limits[0]
        : choice === 'lower'
          ? lowest(kind.limits)
          : kind.limits.find(one => one.limitId === choice)
    if (limit) chosen.push({ kind, limit })
    else
      reasons.push({
        code: choice === undefined ? 'limits_must_be_chosen' : 'chosen_limit_must_be_one_of_them',
        field: `limitChoices.${kind.key}`,
      })
  }
  const known = new Set(kinds.map(kind => kind.key))
  for (const key of Object.keys(choices))
    if (!known.has(key))
      reasons.push({ code: 'chosen_limit_must_be_one_of_them', field: `limitChoices.${key}` })
  return { chosen, reasons }
}

function lowest(limits: readonly LimitAtMerge[]): LimitAtMerge | undefined {
  const amount = (limit: LimitAtMerge) => limit.limitYen ?? limit.limitPpm ?? 0
  return [...limits].sort((a, b) => amount(a) - amount(b) || (a.limitId < b.limitId ? -1 : 1))[0]
}

/**
 * Before the identities change: locks the limits, keeps which one stays for each kind, and sets all aside, so that no two are in force
 * for one company at any moment. Refusals: limits_must_be_chosen, chosen_limit_must_be_one_of_them.
 */
export async function chooseLimits(
  { tx }: CommandContext,
  mergeId: Id,
  partyIds: readonly Id[],
  choices: LimitChoices,
): Promise<LimitsOfKind[]> {
  const kinds = await limitsAtMerge(tx, partyIds, true)
  const { chosen, reasons } = chosenLimits(kinds, choices)
  refuseAll(reasons)
  if (kinds.length === 0) return kinds
  await tx
    .insertInto('limit_choice')
    .values(chosen.map(({ limit }) => ({ id: newId(), merge_id: mergeId, limit_id: limit.limitId })))
    .execute()
  await tx
    .updateTable('credit_limit')
    .set({ set_aside: true })
    .where(
      'id',
      'in',
      kinds.flatMap(kind => kind.limits.map(limit => limit.limitId)),
    )
    .execute()
  return kinds
}

/** A merge is undone: what it chose counts no more. */
export async function forgetLimitChoices(tx: Tx, mergeId: Id): Promise<void> {
  await tx.deleteFrom('limit_choice').where('merge_id', '=', mergeId).execute()
}

/** After the identities of these parties have changed: one permanent limit of each kind counts for each company. */
export async function settleLimits(tx: Tx, partyIds: readonly Id[]): Promise<void> {
  await sql`select settle_limits(${[...partyIds]}::uuid[])`.execute(tx)
}

/** A permanent limit on one of some records: whether it counts for its company, and what stands at risk under it. */
export interface LimitState {
  limitId: Id
  seenNo: number
  limitNo: string
  limitKind: StoredLimitKind
  /** Which of the records it was set on. */
  ownRecordId: Id
  otherName: string | null
  limitYen: Yen | null
  limitPpm: number | null
  setAside: boolean
  exposureYen: Yen
}

/** The permanent limits set on these records, as the identities stand in this transaction; oldest first. */
export async function limitStates(tx: Tx, partyIds: readonly Id[]): Promise<LimitState[]> {
  const ids = sql`${[...partyIds]}::uuid[]`
  const { rows } = await sql<LimitState>`
    select l.id as "limitId", l.seen_no as "seenNo", l.limit_no as "limitNo", l.limit_kind as "limitKind",
      case when l.subject_id = any(${ids}) then l.subject_id else l.second_subject_id end as "ownRecordId",
      coalesce(o.shown_name, o.legal_name) as "otherName", l.limit_yen as "limitYen", l.limit_ppm as "limitPpm",
      l.set_aside as "setAside", (exposure_under(l.limit_kind, l.subject_id, l.second_subject_id)).exposure_yen as "exposureYen"
    from credit_limit l
    left join party o on l.second_subject_id is not null
      and o.id = case when l.subject_id = any(${ids}) then l.second_subject_id else l.subject_id end
    where l.term = 'permanent' and l.revoked_at is null and l.superseded_at is null
      and (l.subject_id = any(${ids}) or l.second_subject_id = any(${ids}))
    order by l.id`.execute(tx)
  return rows
}
