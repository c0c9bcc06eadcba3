import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty, raiseStage } from '../parties/index.ts'
import { insertVersion, refuseBadTerms } from './commands.ts'
import { contractKindLabels } from './labels.ts'
import { subjectsOf } from './records.ts'
import { keepSigning, signingReasons } from './signing.ts'
import type { Signing } from './signing-of.ts'
import type { ContractKind } from './tables.ts'
import type { ContractTerms } from './terms.ts'

/** A contract that was signed before this system was there. */
export interface ContractToTakeOver {
  partyId: Id
  contractKind: ContractKind
  terms: ContractTerms
  signedOn: IsoDate
  effectiveOn: IsoDate
  endsOn: IsoDate | null
  signMethod: 'paper' | 'e_sign'
  /** What the file says of the signing; null where it says nothing. */
  signing: Signing | null
}

export type TakenOverContract = {
  contractId: Id
  partyId: Id
  stageBefore: string
  hasSigning?: boolean
}

/**
 * Enters a contract as executed, for imports: the batch was decided by two people, who stand as its maker and its checker. Terms are
 * held to the rules of every contract.
 */
export async function takeOverContract(
  context: CommandContext,
  input: ContractToTakeOver,
): Promise<TakenOverContract> {
  const { tx, now, today, approval } = context
  if (!approval) throw new Error('a contract is taken over by two people only')
  const party = await lockParty(context, input.partyId)
  await refuseBadTerms(context, input.terms)
  refuseAll(
    [
      ...(input.signedOn > today ? [{ code: 'date_must_not_be_in_the_future', field: 'signedOn' }] : []),
      ...(input.endsOn !== null && input.endsOn < input.effectiveOn
        ? [{ code: 'dates_must_be_in_order', field: 'endsOn' }]
        : []),
      ...(input.signing ? signingReasons(input.signing, input.signMethod) : []),
    ],
    'invalid',
  )
  const id = newId()
  const { contract_no } = await tx
    .insertInto('contract')
    .values({
      id,
      party_id: party.id,
      contract_kind: input.contractKind,
      master_id: null,
      state: 'executed',
      signed_on: input.signedOn,
      effective_on: input.effectiveOn,
      ends_on: input.endsOn,
      sign_method: input.signMethod,
      drafted_by: approval.requestedBy,
      drafted_at: now.toISOString(),
      executed_by: approval.requestedBy,
      execution_approved_by: approval.approvedBy,
      terminated_on: null,
      termination_reason: null,
    })
    .returning('contract_no')
    .executeTakeFirstOrThrow()
  await insertVersion(context, id, 1, input.terms, null, null)
  if (input.signing) await keepSigning(context, id, input.signing)
  await raiseStage(context, party.id, 'active', { moved: true })
  await context.record({
    verb: 'contract_taken_over',
    subjects: subjectsOf({ id, party_id: party.id }),
    after: {
      contractNo: contract_no,
      kind: input.contractKind,
      signedOn: input.signedOn,
      effectiveOn: input.effectiveOn,
      endsOn: input.endsOn,
      terms: input.terms,
    },
    facts: { summary: `${contractKindLabels[input.contractKind]} ${contract_no}` },
  })
  return { contractId: id, partyId: party.id, stageBefore: party.stage, hasSigning: input.signing !== null }
}

/** Takes a contract out again which nothing was bought under; refuses when it was changed since. */
export async function takeBackContract(context: CommandContext, taken: TakenOverContract): Promise<void> {
  const { tx } = context
  const signing = await tx
    .selectFrom('contract_signing')
    .select('row_version')
    .where('contract_id', '=', taken.contractId)
    .executeTakeFirst()
  refuseUnless((signing?.row_version ?? 0) === (taken.hasSigning ? 1 : 0), 'record_must_be_unchanged', {
    message: '取込後に変更されたため、契約を残しました。',
  })
  await tx.deleteFrom('contract_signing').where('contract_id', '=', taken.contractId).execute()
  await tx.deleteFrom('contract_version').where('contract_id', '=', taken.contractId).execute()
  const gone = await tx
    .deleteFrom('contract')
    .where('id', '=', taken.contractId)
    .where('row_version', '=', 1)
    .returning('contract_no')
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'record_must_be_unchanged', {
    message: '取込後に変更されたため、契約を残しました。',
  })
  const left = await tx
    .selectFrom('contract')
    .select('id')
    .where('party_id', '=', taken.partyId)
    .where('state', '=', 'executed')
    .limit(1)
    .executeTakeFirst()
  if (!left)
    await tx
      .updateTable('party')
      .set({ stage: taken.stageBefore as 'prospect' })
      .where('id', '=', taken.partyId)
      .execute()
  await context.record({
    verb: 'contract_take_over_reverted',
    subjects: subjectsOf({ id: taken.contractId, party_id: taken.partyId }),
    before: { contractNo: gone.contract_no },
  })
}

/** The contract a claim was bought under: the one named, else the client's only one that was executed. */
export async function onlyContractOf(
  { tx }: Pick<CommandContext, 'tx'>,
  partyId: Id,
): Promise<{ id: Id } | 'none' | 'several'> {
  const rows = await tx
    .selectFrom('contract')
    .select('id')
    .where('party_id', '=', partyId)
    .where('state', 'in', ['executed', 'active'])
    .where('contract_kind', 'in', ['master', 'individual', 'assignment'])
    .limit(2)
    .execute()
  return rows.length === 0 ? 'none' : rows.length > 1 ? 'several' : rows[0]!
}
