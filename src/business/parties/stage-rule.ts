import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Reason, refuseAll } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { customFieldsOf } from '../customization/index.ts'
import { stageLabels } from './labels.ts'
import { completenessOf, type RequiredItem, requirable } from './required-items.ts'
import type { PartyStage } from './tables.ts'
import './tables.ts'

/** What the rule book in force says about stages: item → the stage from which it is required, null for never; items not named stand as the program proposes. */
export interface StageRule {
  items: Readonly<Record<string, PartyStage | null>>
  /** A customer of whom something is missing is not let into the next stage. */
  enforced: boolean
}

const proposed: StageRule = { items: {}, enforced: false }

export async function stageRule(db: Db | Tx): Promise<StageRule> {
  const row = await db.selectFrom('stage_rule').select(['items', 'enforced']).executeTakeFirst()
  return row ?? proposed
}

/** Puts another rule into force; the caller's event says so. */
export async function setStageRule({ tx, now }: CommandContext, rule: StageRule): Promise<void> {
  const values = {
    items: JSON.stringify(rule.items) as never,
    enforced: rule.enforced,
    set_at: now.toISOString(),
  }
  await tx
    .insertInto('stage_rule')
    .values({ only_row: true, ...values })
    .onConflict(conflict => conflict.column('only_row').doUpdateSet(values))
    .execute()
}

/** The items a rule requires of parties, without the company's own fields. */
export function itemsOf({ items }: Pick<StageRule, 'items'>): RequiredItem[] {
  return requirable.flatMap(({ item, from: proposedFrom }) => {
    const from = items[item.key] === undefined ? proposedFrom : items[item.key]
    return from ? [{ ...item, from }] : []
  })
}

/** What is required of parties now: the rule in force, and the own fields that must be given from the beginning. */
export async function requiredInForce(db: Db | Tx): Promise<RequiredItem[]> {
  const own = (await customFieldsOf(db, 'party', { inUse: true })).filter(
    field => field.required && field.type !== 'file',
  )
  return [
    ...itemsOf(await stageRule(db)),
    ...own.map(
      (field): RequiredItem => ({
        key: `custom.${field.key}`,
        label: field.label,
        from: 'prospect',
        kinds: null,
        roles: null,
        column: null,
        personRole: null,
        ownKey: field.key,
      }),
    ),
  ]
}

/** The keys of own fields that hold a value, by record; only asked where own fields are required. */
export async function ownKeysOf(
  db: Db | Tx,
  items: readonly RequiredItem[],
  ids: readonly Id[],
): Promise<Map<Id, string[]>> {
  if (ids.length === 0 || !items.some(item => item.ownKey)) return new Map()
  const { rows } = await sql<{ id: Id; keys: string[] }>`
    select id, array(select jsonb_object_keys(plain) union select jsonb_object_keys(sealed)) as keys
    from record_custom where id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map(row => [row.id, row.keys]))
}

/** Refuses a stage to a party of whom something is missing, where the rule book says so; names everything that is. */
export async function refuseIncomplete(
  { tx }: CommandContext,
  partyId: Id,
  stage: 'applied' | 'active',
): Promise<void> {
  if (!(await stageRule(tx)).enforced) return
  const items = await requiredInForce(tx)
  const party = await tx.selectFrom('party').selectAll().where('id', '=', partyId).executeTakeFirstOrThrow()
  const own_keys = (await ownKeysOf(tx, items, [partyId])).get(partyId) ?? []
  const { missingNow } = completenessOf({ ...party, stage, own_keys } as never, items)
  refuseAll(
    missingNow.map(
      (item): Reason => ({
        code: 'required_items_must_be_there',
        message: `「${item.label}」がないため、${stageLabels[stage]}に進めません（運用規程）。`,
        facts: { item: item.key },
      }),
    ),
    'conflict',
  )
}
