import { sql } from 'kysely'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { watchRefusals } from './labels.ts'

interface Stopped {
  at: number
  name: string
  reason: string
  since: string
}

/**
 * What the watch status has against dealing with these parties now, each group in the order given: nothing may be bought from or paid
 * to a stopped company, whichever of its records the stop was written on (DD group 5, "stop blocks payout"). One statement, read inside
 * the command that buys or pays.
 */
export async function watchHindrancesOf(
  tx: Db | Tx,
  groups: readonly (readonly Id[])[],
): Promise<Reason[][]> {
  const asked = groups.flatMap((ids, at) => [...new Set(ids)].map(id => ({ at, id })))
  if (asked.length === 0) return groups.map(() => [])
  const { rows } = await sql<Stopped>`
    select a.at, coalesce(p.shown_name, p.legal_name) as name, w.reason, w.since
    from unnest(${asked.map(one => one.at)}::int[], ${asked.map(one => one.id)}::uuid[]) as a(at, id)
    join party_identity own on own.party_id = a.id
    join party_identity mate on mate.identity_id = own.identity_id
    join watch_status w on w.party_id = mate.party_id and w.superseded_at is null and w.watch_state = 'stop'
    join party p on p.id = a.id
    order by a.at, a.id, w.id`.execute(tx)
  return groups.map((_group, at) =>
    rows
      .filter(row => row.at === at)
      .map(row => ({
        code: 'watch_status_must_not_be_stop',
        message: `${watchRefusals.watch_status_must_not_be_stop}（${row.name}　${row.since} から　${row.reason}）`,
        facts: { subject: row.name, since: row.since, reason: row.reason },
      })),
  )
}

export async function watchHindrances(tx: Db | Tx, partyIds: readonly Id[]): Promise<Reason[]> {
  const [reasons] = await watchHindrancesOf(tx, [partyIds])
  return reasons ?? []
}
