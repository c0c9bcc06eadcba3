import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { sameCompany } from './identity.ts'
import { searchKeys } from './rules.ts'
import type { PartyStatus } from './tables.ts'

/** The party, locked until the end of the transaction; refuses when it is gone, out of the actor's reach, or has moved. */
export async function lockParty({ tx, actor }: CommandContext, id: Id, rowVersion?: number) {
  const row = found(
    await tx.selectFrom('party').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
    'party',
  )
  if (actor.reach === 'assigned') {
    const assigned = await tx
      .selectFrom('party_assignment')
      .select('party_id')
      .where('party_id', 'in', sameCompany(id))
      .where('staff_id', '=', actor.id)
      .executeTakeFirst()
    refuseUnless(assigned !== undefined, 'record_must_exist', { kind: 'missing' })
  }
  if (rowVersion !== undefined) refuseUnless(row.row_version === rowVersion, 'record_must_be_unchanged')
  return row
}

/** Makes the search keys of a party anew, from what stands in the tables now. */
export async function refreshSearchKeys(tx: Tx, partyId: Id): Promise<void> {
  const party = await tx.selectFrom('party').selectAll().where('id', '=', partyId).executeTakeFirstOrThrow()
  const former = await tx
    .selectFrom('party_name')
    .select(['name', 'kana'])
    .where('party_id', '=', partyId)
    .where('valid_to', 'is not', null)
    .execute()
  const keys = searchKeys({
    legalName: party.legal_name,
    legalNameKana: party.legal_name_kana,
    legalNameEn: party.legal_name_en,
    tradeName: party.trade_name,
    corporateNumber: party.corporate_number,
    invoiceRegNo: party.invoice_reg_no,
    phone: party.phone,
    formerNames: former,
  })
  await tx.deleteFrom('party_search_key').where('party_id', '=', partyId).execute()
  if (keys.length) {
    await tx
      .insertInto('party_search_key')
      .values(keys.map(key => ({ ...key, party_id: partyId })))
      .execute()
  }
}

export const nextVersion = sql<number>`row_version + 1`

/**
 * Raises how far the relation with a party has come (prospect → applied → active); never lowers it. The stage follows from deals,
 * so the row's version stays: a pending change of the party is not stale because of it.
 */
export async function raiseStage(
  { tx }: Pick<CommandContext, 'tx'>,
  partyId: Id,
  stage: 'applied' | 'active',
): Promise<void> {
  await tx
    .updateTable('party')
    .set({ stage })
    .where('id', '=', partyId)
    .where('stage', 'in', stage === 'active' ? ['prospect', 'applied'] : ['prospect'])
    .execute()
}

/** Stops a party or lets it go on again, with the reason in its history; nothing is written when it has that status already. */
export async function setPartyStatus(
  context: CommandContext,
  partyId: Id,
  status: PartyStatus,
  reason: string,
): Promise<void> {
  const party = await lockParty(context, partyId)
  if (party.status === status) return
  await context.tx
    .updateTable('party')
    .set({ status, row_version: nextVersion })
    .where('id', '=', party.id)
    .execute()
  await context.record({
    verb: 'party_status_changed',
    subjects: [{ kind: 'party', id: party.id }],
    before: { status: party.status },
    after: { status },
    reason,
  })
}
