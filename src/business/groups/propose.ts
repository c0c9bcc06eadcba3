import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { tieRules } from './rules.ts'
import { sharedKinds } from './tables.ts'

interface Pair {
  first_id: Id
  second_id: Id
  kind: string
  facts_hash: string
  shared_by: number
}

/** The most companies sharing anything that still says something; further ones are not counted. */
const COUNT_UP_TO = Math.max(...sharedKinds.map(kind => tieRules[kind].mostCompanies)) + 1

/** How many may share each kind of fact, as a table `c`. */
const most = sql`jsonb_to_recordset(${JSON.stringify(
  sharedKinds.map(kind => ({ kind, most: tieRules[kind].mostCompanies })),
)}::jsonb) as c(kind text, most integer)`

/**
 * Proposes ties between companies and whoever shares something telling with them, once the keys of these companies are up to date. Pairs
 * of one group, and pairs where one holds the other's majority, need no proposal. A rejected pair is opened again only when what it shares
 * has changed; open pairs that share nothing telling any longer go. Returns how many were opened; an event names their companies.
 */
export async function proposeTies(context: CommandContext, companies: readonly Id[]): Promise<number> {
  const { tx, now } = context
  const pairs = await pairsOf(tx, companies)
  const at = now.toISOString()
  const rows = pairs.map(pair => ({ ...pair, id: newId() }))
  const { rows: opened } = await sql<{ first_id: Id; second_id: Id }>`
    insert into tie_proposal as p (id, first_id, second_id, kind, facts_hash, shared_by, state, proposed_at)
    select r.id, r.first_id, r.second_id, r.kind, r.facts_hash, r.shared_by, 'open', ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, first_id uuid, second_id uuid, kind text, facts_hash text, shared_by integer)
    order by r.first_id, r.second_id, r.kind
    on conflict (first_id, second_id, kind) do update set facts_hash = excluded.facts_hash, shared_by = excluded.shared_by,
      state = 'open', proposed_at = excluded.proposed_at, row_version = p.row_version + 1,
      decided_by = null, decided_at = null, decision_reason = null
    where p.state = 'gone' or (p.state = 'rejected' and p.facts_hash <> excluded.facts_hash)
      or (p.state = 'accepted' and exists (select from party_group_link t where t.id = p.tie_id and t.ended_at is not null)
        and p.facts_hash <> excluded.facts_hash)
    returning first_id, second_id`.execute(tx)
  const gone = await withdrawn(tx, companies, pairs)
  const named = [...new Set([...opened, ...gone].flatMap(pair => [pair.first_id, pair.second_id]))].sort()
  if (named.length > 0)
    await context.record({
      verb: 'ties_proposed',
      subjects: named.map(id => ({ kind: 'party', id })),
      facts: {
        summary: `候補 ${opened.length}件、取下げ ${gone.length}件`,
        opened: opened.length,
        gone: gone.length,
      },
    })
  return opened.length
}

async function pairsOf(tx: CommandContext['tx'], companies: readonly Id[]): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    with mine as (
      select k.kind, k.key, k.company_id, c.most,
        (select count(*)::int from (select from tie_key o where o.kind = k.kind and o.key = k.key limit ${COUNT_UP_TO}) counted) as shared_by
      from tie_key k join ${most} on c.kind = k.kind
      where k.company_id = any(${[...companies]}::uuid[])),
    found as (
      select distinct on (first_id, second_id, kind) * from (
        select least(m.company_id, o.company_id) as first_id, greatest(m.company_id, o.company_id) as second_id, m.kind,
          encode(sha256(convert_to(m.kind || '|' || m.key, 'UTF8')), 'hex') as facts_hash, m.shared_by
        from mine m join tie_key o on o.kind = m.kind and o.key = m.key and o.company_id <> m.company_id
        where m.shared_by between 2 and m.most
        union all
        select least(c.company_id, c.parent_id), greatest(c.company_id, c.parent_id), 'control',
          encode(sha256(convert_to('control|' || c.parent_id, 'UTF8')), 'hex'), 2
        from computed_ownership c where c.company_id = any(${[...companies]}::uuid[]) and c.parent_id is not null) pair
      order by first_id, second_id, kind, facts_hash)
    select * from found f where f.second_id not in (select m from connected_parties(f.first_id) m)`.execute(
    tx,
  )
  return rows
}

/**
 * Open proposals of the companies that nothing telling stands behind any more, or that have come to belong together otherwise; and those
 * of others over a fact which too many share by now.
 */
async function withdrawn(
  tx: CommandContext['tx'],
  companies: readonly Id[],
  pairs: readonly Pair[],
): Promise<{ first_id: Id; second_id: Id }[]> {
  const standing = pairs.map(pair => `${pair.first_id}|${pair.second_id}|${pair.kind}`)
  const { rows: common } = await sql<{ facts_hash: string }>`
    select distinct encode(sha256(convert_to(k.kind || '|' || k.key, 'UTF8')), 'hex') as facts_hash
    from tie_key k join ${most} on c.kind = k.kind
    where k.company_id = any(${[...companies]}::uuid[])
      and (select count(*) from (select from tie_key o where o.kind = k.kind and o.key = k.key limit ${COUNT_UP_TO}) counted) > c.most`.execute(
    tx,
  )
  const { rows } = await sql<{ first_id: Id; second_id: Id }>`
    update tie_proposal set state = 'gone', row_version = row_version + 1
    where state = 'open' and (facts_hash = any(${common.map(row => row.facts_hash)}::text[])
      or ((first_id = any(${[...companies]}::uuid[]) or second_id = any(${[...companies]}::uuid[]))
        and not (first_id || '|' || second_id || '|' || kind = any(${standing}::text[]))))
    returning first_id, second_id`.execute(tx)
  return rows
}
