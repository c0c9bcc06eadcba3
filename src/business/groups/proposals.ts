import { sql } from 'kysely'
import type { z } from 'zod'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { listProposals, Proposal } from './contract.ts'
import { tieRules } from './rules.ts'
import type { ProposalKind, ProposalState } from './tables.ts'

interface Row {
  id: Id
  row_version: number
  seen_no: number
  kind: ProposalKind
  state: ProposalState
  shared_by: number
  proposed_at: string
  decided_by: Id | null
  decided_at: string | null
  decision_reason: string | null
  first_id: Id
  first_no: string
  first_name: string
  first_seen: number
  second_id: Id
  second_no: string
  second_name: string
  second_seen: number
  shared: string | null
}

/** What both share, in words: taken from the records as they are now; the number of an account stays closed. */
const shared = sql`case p.kind
  when 'address' then a.address_original
  when 'phone' then coalesce(a.phone_display, a.phone)
  when 'email_domain' then a.email_domain
  when 'account' then (select '口座 ●●●●' || x.account_no_last from bank_account x join bank_account y on y.account_hash = x.account_hash
    join party_identity i on i.party_id = x.party_id join party_identity j on j.party_id = y.party_id
    where i.identity_id = a.id and j.identity_id = b.id and x.valid_to is null and y.valid_to is null limit 1)
  when 'representative' then (select h.family_name || ' ' || h.given_name from party_person r join party_identity i on i.party_id = r.party_id
    join person h on h.id = r.person_id join person g on g.id = h.id or (g.name_key = h.name_key and g.birth_date_hash = h.birth_date_hash)
    join party_person q on q.person_id = g.id join party_identity j on j.party_id = q.party_id
    where i.identity_id = a.id and j.identity_id = b.id and r.person_role = 'representative' and q.person_role = 'representative'
      and r.valid_to is null and q.valid_to is null limit 1)
  when 'owner' then (select h.family_name || ' ' || h.given_name from computed_owner o join computed_owner q on q.holder_id = o.holder_id
    join person h on h.id = o.holder_id where o.company_id = a.id and q.company_id = b.id limit 1)
  end`

/** Proposed ties, the newest first; both companies must be within reach. */
export async function proposals(
  context: QueryContext,
  input: z.output<typeof listProposals.input>,
): Promise<Seen<{ rows: Proposal[]; next: string | null }>> {
  const { db } = context
  const before = input.after ? String(readMark(input.after, 1)[0]) : null
  const reach = partiesInReach(context).select('party.id')
  const inReach =
    context.actor.reach === 'all' ? sql`true` : sql`(p.first_id in ${reach} and p.second_id in ${reach})`
  const company = input.partyId
    ? sql`(select identity_id from party_identity where party_id = ${input.partyId})`
    : null
  const { rows } = await sql<Row>`
    select p.*, a.party_no as first_no, coalesce(a.shown_name, a.legal_name) as first_name, a.seen_no as first_seen,
      b.party_no as second_no, coalesce(b.shown_name, b.legal_name) as second_name, b.seen_no as second_seen, ${shared} as shared
    from (select * from tie_proposal p where p.state = ${input.state}
        and ${input.kind.length ? sql`p.kind = any(${[...input.kind]}::text[])` : sql`true`}
        and ${company ? sql`(p.first_id = ${company} or p.second_id = ${company})` : sql`true`}
        and (${before}::uuid is null or p.id < ${before}::uuid) and ${inReach}
      order by p.id desc limit ${input.limit + 1}) p
    join party a on a.id = p.first_id join party b on b.id = p.second_id order by p.id desc`.execute(db)
  const page = rows.slice(0, input.limit)
  const names = await staffNames(
    db,
    page.flatMap(row => row.decided_by ?? []),
  )
  const last = page.at(-1)
  return {
    body: {
      rows: page.map(row => ({
        id: row.id,
        rowVersion: row.row_version,
        kind: row.kind,
        state: row.state,
        sentence: tieRules[row.kind].sentence,
        source: tieRules[row.kind].source,
        shared: row.shared,
        sharedBy: row.shared_by,
        first: { id: row.first_id, partyNo: row.first_no, name: row.first_name },
        second: { id: row.second_id, partyNo: row.second_no, name: row.second_name },
        proposedAt: row.proposed_at,
        decidedBy: row.decided_by ? (names.get(row.decided_by) ?? 'システム') : null,
        decidedAt: row.decided_at,
        decisionReason: row.decision_reason,
      })),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: [...new Set(page.flatMap(row => [row.seen_no, row.first_seen, row.second_seen]))],
  }
}
