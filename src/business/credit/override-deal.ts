import { sql } from 'kysely'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { OverrideDeal } from './tables.ts'

/** A deal an exception may name, as credit sees it. */
export interface Deal {
  kind: OverrideDeal
  id: Id
  no: string
  rowVersion: number
  clientId: Id
  debtorId: Id
  /** The claim itself; of an application the largest of its claims not paid yet, null when there is none. */
  largest: Id | null
  /** The advance of that claim once it is approved, its face before: what it may ask for at most. */
  askedYen: Yen
  /** Before its payout is confirmed. */
  isOpen: boolean
  /** Who registered or approved the claims: one deal, other people decide the exception. */
  people: Id[]
}

interface Row {
  no: string
  row_version: number
  client_id: Id
  open: boolean
}

const OPEN_CLAIM = sql`(r.state in ('offered', 'verifying', 'verified', 'approved') or (r.state = 'purchased'
  and exists (select from credit_exposure e where e.receivable_id = r.id and e.state = 'committed')))`

/** The claim or application with what an exception is decided on; undefined when there is none. With `lock` its claims stay as they are. */
export async function dealNamed(
  tx: Db | Tx,
  { kind, id }: { kind: OverrideDeal; id: Id },
  { lock = false }: { lock?: boolean } = {},
): Promise<Deal | undefined> {
  const { rows: claims } = await sql<{
    id: Id
    no: string
    row_version: number
    client_id: Id
    debtor_id: Id
    asked_yen: number
    open: boolean
    people: (Id | null)[]
  }>`select r.id, r.receivable_no as no, r.row_version, r.client_id, r.debtor_id, coalesce(r.advance_yen, r.face_yen) as asked_yen,
      ${OPEN_CLAIM} as open, array[r.registered_by, r.approved_by, r.exception_approved_by] as people
    from receivable r where ${
      kind === 'receivable'
        ? sql`r.id = ${id}`
        : sql`r.id in (select receivable_id from application_claim where application_id = ${id})`
    } order by r.id ${lock ? sql`for update` : sql``}`.execute(tx)
  const people = [...new Set(claims.flatMap(claim => claim.people.filter(one => one !== null)))].sort()
  const [claim] = claims
    .filter(one => one.open || kind === 'receivable')
    .sort((a, b) => b.asked_yen - a.asked_yen || (a.id < b.id ? -1 : 1))
  if (kind === 'receivable')
    return claim
      ? {
          kind,
          id,
          no: claim.no,
          rowVersion: claim.row_version,
          clientId: claim.client_id,
          debtorId: claim.debtor_id,
          largest: claim.id,
          askedYen: claim.asked_yen,
          isOpen: claim.open,
          people,
        }
      : undefined
  const { rows } = await sql<Row>`
    select application_no as no, row_version, client_id, ended_at is null as open from application where id = ${id}`.execute(
    tx,
  )
  const row = rows[0]
  return (
    row && {
      kind,
      id,
      no: row.no,
      rowVersion: row.row_version,
      clientId: row.client_id,
      debtorId: claim?.debtor_id ?? row.client_id,
      largest: claim?.id ?? null,
      askedYen: claim?.asked_yen ?? 0,
      isOpen: row.open,
      people,
    }
  )
}

/** Who granted exceptions of these claims: like who approved the deal, they neither buy nor pay it. */
export async function overrideApprovers(tx: Db | Tx, receivableIds: readonly Id[]): Promise<Map<Id, Id[]>> {
  if (receivableIds.length === 0) return new Map()
  const { rows } = await sql<{ receivable_id: Id; people: Id[] }>`
    select c.id as receivable_id, array_agg(distinct o.approved_by) as people
    from unnest(${[...receivableIds]}::uuid[]) c(id) join limit_override o on o.deal_id = c.id
      or o.deal_id = (select a.application_id from application_claim a where a.receivable_id = c.id)
    group by c.id`.execute(tx)
  return new Map(rows.map(row => [row.receivable_id, row.people]))
}
