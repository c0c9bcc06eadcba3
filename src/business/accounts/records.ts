import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

export async function lockAccount({ tx }: Pick<CommandContext, 'tx'>, id: Id) {
  const row = found(
    await tx.selectFrom('bank_account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'bank_account',
  )
  refuseUnless(row.valid_to === null, 'account_must_be_in_force')
  return row
}

export function subjectsOf(account: { id: Id; party_id: Id | null }) {
  return [
    { kind: 'bank_account', id: account.id },
    ...(account.party_id ? [{ kind: 'party', id: account.party_id }] : []),
  ]
}
