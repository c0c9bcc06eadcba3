import { mayDo } from '../../platform/commands/actor.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { QueryContext } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { contactRuleLabels } from './labels.ts'
import { RESTRICTED } from './record.ts'
import type { ContactRule } from './rules/contact-rules.ts'
import type { Channel, Direction } from './tables.ts'
import './tables.ts'

export interface ContactAbout {
  id: Id
  channel: Channel
  direction: Direction
  contactedAt: string
  reached: boolean
  note: string | null
  contactedBy: string
  brokenRules: string[]
}

/** Contacts that are about any of these records, newest first, at most 100; the caller has checked that the actor may see the records. */
export async function contactsAbout(
  keys: SubjectKeys,
  { db, actor }: QueryContext,
  recordIds: readonly Id[],
): Promise<{ rows: ContactAbout[]; seen: number[] }> {
  if (recordIds.length === 0) return { rows: [], seen: [] }
  let asked = db
    .selectFrom('communication as k')
    .selectAll('k')
    .where('k.superseded_at', 'is', null)
    .where('k.root_id', 'in', eb =>
      eb
        .selectFrom('communication_link')
        .select('communication_id')
        .where('record_id', 'in', [...recordIds]),
    )
    .orderBy('k.occurred_at', 'desc')
    .orderBy('k.id', 'desc')
    .limit(100)
  if (!mayDo(actor, RESTRICTED)) asked = asked.where('k.disclosure_scope', '=', 'all')
  const rows = await asked.execute()
  const names = await staffNames(
    db,
    rows.flatMap(row => row.handled_by ?? []),
  )
  return {
    rows: await Promise.all(
      rows.map(async row => ({
        id: row.root_id,
        channel: row.channel,
        direction: row.direction,
        contactedAt: row.occurred_at,
        reached: row.reached ?? true,
        note: await keys.open(db, row.summary_sealed),
        contactedBy: row.handled_by
          ? (names.get(row.handled_by) ?? '（不明）')
          : (row.handler_name ?? '（不明）'),
        brokenRules: row.policy_rules.map(code => contactRuleLabels[code as ContactRule] ?? code),
      })),
    ),
    seen: rows.map(row => row.seen_no),
  }
}
