import type { World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { approve } from '../../approvals/commands.ts'
import { register } from '../commands.ts'

/** A further account of the own company, asked for by accounting and approved by a manager; answers its id. */
export async function furtherOwnAccount(
  world: World,
  { accounting, manager }: { accounting: Actor; manager: Actor },
  account: { usage: 'collection' | 'remit_from'; bankCode: string; branchCode: string; accountNo: string },
): Promise<string> {
  const answer = await world.run(accounting, register, {
    partyId: null,
    accountType: '1',
    holderKana: 'カ）ジシャ',
    holderName: '株式会社自社',
    ...account,
    change: { reasonCode: 'review', reasonText: '取引銀行を追加', evidence: [] },
  })
  if (answer.status !== 202) return (answer.body as { id: string }).id
  const { changeRequestId } = answer.body as unknown as { changeRequestId: string }
  const decided = await world.done(manager, approve, { changeRequestId })
  return (decided.answer as { id: string }).id
}
