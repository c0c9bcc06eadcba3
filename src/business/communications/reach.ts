import { sql } from 'kysely'
import { mayDo } from '../../platform/commands/actor.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import { partiesInReach } from '../parties/index.ts'
import { RESTRICTED } from './record.ts'
import './tables.ts'

/** Communications within reach in their newest version; what is for compliance alone is there for nobody else. */
export function inReach(context: QueryContext) {
  const all = context.db
    .selectFrom('communication as k')
    .innerJoin('party as p', 'p.id', 'k.party_id')
    .leftJoin('person as who', 'who.id', 'k.person_id')
    .selectAll('k')
    .select(['p.party_no', 'p.seen_no as party_seen_no', 'who.family_name', 'who.given_name'])
    .select('who.seen_no as person_seen_no')
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
  const open = mayDo(context.actor, RESTRICTED) ? all : all.where('k.disclosure_scope', '=', 'all')
  return context.actor.reach === 'all'
    ? open
    : open.where('k.party_id', 'in', partiesInReach(context).select('party.id'))
}
