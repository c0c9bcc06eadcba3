import { type RawBuilder, sql } from 'kysely'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { conditionKeys, customFieldsOf } from '../customization/index.ts'

/**
 * Conditions of a list on custom fields as SQL about the record that stands for a company: any record of the company may hold the value.
 * Several conditions on one field are alternatives; conditions on different fields must all hold. An unknown field or an unreadable
 * condition is refused, never read as "all".
 */
export async function customConditions(db: Db, given: readonly string[]): Promise<RawBuilder<boolean>[]> {
  if (given.length === 0) return []
  const fields = await customFieldsOf(db, 'party', { inUse: true })
  const byField = new Map<string, { id: string; ranges: { from: string; below: string }[] }>()
  for (const text of given) {
    const [key = ''] = text.split(':', 1)
    const field = fields.find(one => one.key === key)
    const range = field && conditionKeys(field, text.slice(key.length + 1))
    refuseUnless(
      field !== undefined && range !== null && range !== undefined,
      'input_must_have_the_right_shape',
      {
        kind: 'invalid',
        field: 'custom',
      },
    )
    const entry = byField.get(key) ?? { id: field.id, ranges: [] }
    byField.set(key, { ...entry, ranges: [...entry.ranges, range] })
  }
  return [...byField.values()].map(({ id, ranges }) => {
    const any = ranges.map(({ from, below }) => sql`(k.key >= ${from} and k.key < ${below})`)
    return sql<boolean>`party.id in (select coalesce(r.folded_into, r.id) from custom_key k join party r on r.id = k.record_id
      where k.of_id = ${id} and (${sql.join(any, sql` or `)}))`
  })
}

/** A record of the company has one of these statuses or tags. */
export function hasMark(markIds: readonly Id[]): RawBuilder<boolean> {
  return sql<boolean>`party.id in (select coalesce(r.folded_into, r.id) from record_mark m join party r on r.id = m.record_id
    where m.mark_id = any(${[...markIds]}::uuid[]))`
}
