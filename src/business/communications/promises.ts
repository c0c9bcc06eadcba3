import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { Scope } from './tables.ts'
import './tables.ts'

export interface JudgedPromise {
  id: Id
  partyId: Id
  receivableId: Id
  caseId: Id | null
  dueOn: string
  amountYen: Yen
  outcome: 'kept' | 'broken'
  /** Who may know of it: given in a contact for compliance alone, only compliance. */
  scope: Scope
}

/**
 * Judges open promises about claims by what came in from the day they were given to the day they name: kept as soon as it is enough,
 * broken once the day has passed. At most `most` in a call, those whose day comes first; the caller records the events.
 */
export async function judgePromises({ tx, today }: CommandContext, most: number): Promise<JudgedPromise[]> {
  const { rows } = await sql<JudgedPromise>`
    with open as (
      select p.id, p.party_id, p.receivable_id, p.case_id, p.due_on, p.amount_yen,
        coalesce((select sum(m.amount_yen) from receivable_movement m where m.receivable_id = p.receivable_id
          and m.kind = 'collection' and m.moved_on between p.promised_on and p.due_on), 0) >= p.amount_yen as kept
      from payment_promise p where p.outcome is null and p.receivable_id is not null),
    judged as (
      select * from open where kept or due_on < ${today}::date order by due_on, id limit ${most})
    update payment_promise p set outcome = case when judged.kept then 'kept' else 'broken' end, judged_on = ${today},
      row_version = p.row_version + 1
    from judged where judged.id = p.id and p.outcome is null
    returning p.id, p.party_id as "partyId", p.receivable_id as "receivableId", p.case_id as "caseId", p.due_on as "dueOn",
      p.amount_yen as "amountYen", p.outcome,
      coalesce((select k.disclosure_scope from communication k where k.root_id = p.communication_id and k.superseded_at is null),
        'all') as scope`.execute(tx)
  return rows
}

/** The day until which a collection case must wait for money promised on its claim; null when nothing is awaited. */
export async function awaitedUntil({ tx, today }: CommandContext, receivableId: Id): Promise<string | null> {
  const open = await tx
    .selectFrom('payment_promise')
    .select('due_on')
    .where('receivable_id', '=', receivableId)
    .where('outcome', 'is', null)
    .where('due_on', '>=', today)
    .executeTakeFirst()
  return open?.due_on ?? null
}
