import type { CommandContext } from '../../platform/commands/command.ts'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { hindrancesToPay, payoutAccount } from '../accounts/index.ts'
import { kycHindrances } from '../kyc/index.ts'
import { screeningHindrances } from '../screening/index.ts'

export interface DealParties {
  clientId: Id
  debtorIds: Id[]
}

/**
 * Everything about the parties of a deal that forbids buying or paying today: identity checked and current, nobody unscreened
 * or hit, and a verified account to pay to (FF §3, contracting→ready_to_fund, approved→purchased, checked→approved).
 */
export async function hindrancesToDeal(context: CommandContext, deal: DealParties): Promise<Reason[]> {
  const { tx, today } = context
  const reasons = await Promise.all([
    kycHindrances(tx, deal.clientId, today),
    screeningHindrances(tx, deal, today),
    accountHindrances(context, deal.clientId),
  ])
  return reasons.flat()
}

export async function accountHindrances({ tx, now }: CommandContext, clientId: Id): Promise<Reason[]> {
  const account = await payoutAccount(tx, clientId)
  if (!account) return [{ code: 'account_must_be_registered' }]
  const facts = {
    usage: account.usage,
    verificationResult: account.verification_result,
    coolingUntil: account.cooling_until,
    blocked: account.blocked_at !== null,
    validTo: account.valid_to,
  }
  return hindrancesToPay(facts, now)
}
