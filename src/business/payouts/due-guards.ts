import type { CommandContext } from '../../platform/commands/command.ts'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { watchHindrances } from '../assessment/index.ts'
import { accountHindrances, hindrancesToDeal } from '../receivables/index.ts'
import { screeningHindrances } from '../screening/index.ts'

/**
 * What forbids paying a party what it is owed: a client's identity and screening are current as for every payment to it (FF §3,
 * checked→approved); any other payee is screened (JR §3.12, "payee who is not the client"); the account is verified and has cooled off.
 */
export async function hindrancesToRepay(context: CommandContext, partyId: Id): Promise<Reason[]> {
  const { tx, today } = context
  const { roles } = await tx
    .selectFrom('party')
    .select('roles')
    .where('id', '=', partyId)
    .executeTakeFirstOrThrow()
  const payee = { clientId: partyId, debtorIds: [] }
  if (roles.includes('client')) return hindrancesToDeal(context, payee)
  return [
    ...(await screeningHindrances(tx, payee, today)),
    ...(await watchHindrances(tx, [partyId])),
    ...(await accountHindrances(context, partyId)),
  ]
}
