import { sql } from 'kysely'
import { mayDo } from '../../platform/commands/actor.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import { RESTRICTED_PERMISSION } from '../communications/index.ts'
import { partiesInReach } from '../parties/index.ts'
import './tables.ts'

/** Letters within reach; those whose communication was put under compliance alone exist for nobody else (decision 0021). */
export function lettersInReach(context: QueryContext) {
  const all = context.db
    .selectFrom('letter as l')
    .innerJoin('letter_template_version as v', 'v.id', 'l.template_version_id')
    .innerJoin('letter_template as t', 't.id', 'v.template_id')
    .innerJoin('party as p', 'p.id', 'l.party_id')
    .innerJoin('communication as sent', 'sent.id', 'l.communication_id')
    .selectAll('l')
    .select(['t.id as template_id', 't.code', 't.name', 't.seen_no as template_seen_no', 'v.version'])
    .select(['p.seen_no as party_seen_no', 'p.legal_name'])
    .select(['sent.channel', 'sent.seen_no as communication_seen_no'])
    .select(sql<string>`coalesce(p.shown_name, p.legal_name)`.as('party_name'))
    .where('l.party_id', 'in', partiesInReach(context).select('party.id'))
  if (mayDo(context.actor, RESTRICTED_PERMISSION)) return all
  return all.where(
    sql<boolean>`not exists (select from communication k where k.root_id = l.communication_id and k.superseded_at is null
      and k.disclosure_scope = 'compliance_only')`,
  )
}
