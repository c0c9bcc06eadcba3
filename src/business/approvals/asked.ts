import type { CommandContext } from '../../platform/commands/command.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import './tables.ts'

/** What a second person said yes to: when it was asked, which records it was decided on, and for how much. */
export interface Asked {
  requestedAt: string
  /** Records whose versions were compared just before. */
  readIds: ReadonlySet<Id>
  amountYen: number | null
}

/** For a command that runs approved and must see whether more than was shown to the approver would happen; null when nobody had to approve. */
export async function askedOf(tx: Tx, approval: CommandContext['approval']): Promise<Asked | null> {
  if (!approval) return null
  const row = await tx
    .selectFrom('change_request')
    .select(['requested_at', 'read_set', 'amount_yen'])
    .where('id', '=', approval.changeRequestId)
    .executeTakeFirst()
  return row
    ? {
        requestedAt: row.requested_at,
        readIds: new Set(row.read_set.map(one => one.id)),
        amountYen: row.amount_yen,
      }
    : null
}
