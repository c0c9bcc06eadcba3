import type { CommandContext } from '../../platform/commands/command.ts'
import type { Reason } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { hindrancesToPay, type PayableFacts, payableFactsOf } from '../accounts/index.ts'
import { watchHindrancesOf } from '../assessment/index.ts'
import { kycHindrancesOf } from '../kyc/index.ts'
import { newsHindrancesOf, screeningHindrancesOf } from '../screening/index.ts'

export interface DealParties {
  clientId: Id
  debtorIds: Id[]
  /** Yen that the deal moves to the client; left out where no sum is decided yet. */
  movedYen?: Yen
}

type Asking = Pick<CommandContext, 'now' | 'today'> & { tx: Db | Tx }

/**
 * Everything about the parties of a deal that forbids buying or paying today: identity checked and current, nobody unscreened
 * or hit, nobody stopped by the watch status, and a verified account to pay to (FF §3, contracting→ready_to_fund, approved→purchased, checked→approved).
 */
export async function hindrancesToDeal(context: Asking, deal: DealParties): Promise<Reason[]> {
  const [reasons] = await hindrancesToDeals(context, [deal])
  return reasons ?? []
}

/** The same for many deals at once, in the order given: one statement a rule, however many they are. */
export async function hindrancesToDeals(context: Asking, deals: readonly DealParties[]): Promise<Reason[][]> {
  const { tx, now, today } = context
  const clients = deals.map(deal => deal.clientId)
  const [ofKyc, ofScreening, ofNews, ofWatch, accounts] = await Promise.all([
    kycHindrancesOf(
      tx,
      clients,
      today,
      deals.map(deal => deal.movedYen ?? null),
    ),
    screeningHindrancesOf(tx, deals, today),
    newsHindrancesOf(tx, deals, today),
    watchHindrancesOf(
      tx,
      deals.map(deal => [deal.clientId, ...deal.debtorIds]),
    ),
    payableFactsOf(tx, clients),
  ])
  return deals.map(({ clientId }, at) => [
    ...(ofKyc[at] ?? []),
    ...(ofScreening[at] ?? []),
    ...(ofNews[at] ?? []),
    ...(ofWatch[at] ?? []),
    ...reasonsAgainst(accounts.get(clientId), now),
  ])
}

export async function accountHindrances({ tx, now }: Asking, clientId: Id): Promise<Reason[]> {
  return reasonsAgainst((await payableFactsOf(tx, [clientId])).get(clientId), now)
}

function reasonsAgainst(account: PayableFacts | undefined, now: Date): Reason[] {
  return account ? hindrancesToPay(account, now) : [{ code: 'account_must_be_registered' }]
}
