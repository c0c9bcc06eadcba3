import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { payerKey } from '../bankformats/index.ts'
import type { Payment } from '../payments/index.ts'

/** Learns who sends under this name from a match a person confirmed (FF §7); null when the bank gave no name. */
export async function learnPayer(
  { tx, now }: CommandContext,
  payment: Payment,
  partyId: Id,
): Promise<Id | null> {
  const line = await tx
    .selectFrom('bank_line')
    .select(['payer_kana', 'payer_bank', 'payer_branch'])
    .where('id', '=', payment.line_id)
    .executeTakeFirstOrThrow()
  if (line.payer_kana === '') return null
  const { id } = await tx
    .insertInto('payer_alias')
    .values({
      id: newId(),
      party_id: partyId,
      sender_kana: line.payer_kana,
      sender_key: payerKey(line.payer_kana),
      bank: line.payer_bank,
      branch: line.payer_branch,
      confirmed_count: 1,
      last_confirmed_at: now.toISOString(),
      disabled_by: null,
      disabled_at: null,
      disabled_reason: null,
    })
    .onConflict(conflict =>
      conflict.columns(['party_id', 'sender_key', 'bank', 'branch']).doUpdateSet({
        confirmed_count: sql`payer_alias.confirmed_count + 1`,
        last_confirmed_at: now.toISOString(),
        row_version: sql`payer_alias.row_version + 1`,
      }),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** A match was undone: what it taught counts no more. */
export async function unlearnPayer({ tx }: CommandContext, aliasId: Id): Promise<void> {
  await tx
    .updateTable('payer_alias')
    .set({ confirmed_count: sql`confirmed_count - 1`, row_version: sql`row_version + 1` })
    .where('id', '=', aliasId)
    .execute()
}
