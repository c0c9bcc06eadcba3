import { permit } from '../../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, refuseUnless } from '../../../platform/commands/refusal.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import { companiesOf } from '../../parties/index.ts'
import { offerReceivableCommand } from '../../receivables/index.ts'
import { linkClaim, offerClaim, unlinkClaim } from '../contract.ts'
import { type Application, lockApplication, setApplication, subjectsOf } from '../records.ts'
import type { StoredState } from '../rules/states.ts'
import { refuseBeyondCeiling } from '../under-plan.ts'

/** Claims come and go until a price is named: the quote is for these and no others. */
export const CLAIMS_MAY_CHANGE: readonly StoredState[] = [
  'draft',
  'submitted',
  'docs_pending',
  'screening',
  'in_review',
]

export const link = defineCommand(linkClaim, {
  constraints: { application_claim_pkey: 'claim_must_be_free' },
  async run(context, { receivableId, ...which }) {
    const row = await lockToChangeClaims(context, which)
    const claim = found(
      await context.tx
        .selectFrom('receivable')
        .select(['id', 'receivable_no', 'client_id', 'state'])
        .where('id', '=', receivableId)
        .forUpdate()
        .executeTakeFirst(),
      'receivable',
    )
    const companies = await companiesOf(context.tx, [row.client_id, claim.client_id])
    refuseUnless(
      companies.get(row.client_id) === companies.get(claim.client_id),
      'claim_must_be_the_clients',
      { field: 'receivableId' },
    )
    refuseUnless(
      ['offered', 'verifying', 'verified', 'approved'].includes(claim.state),
      'claim_must_be_open',
      { field: 'receivableId' },
    )
    return { id: row.id, rowVersion: await put(context, row, claim.id, claim.receivable_no) }
  },
})

export const offer = defineCommand(offerClaim, {
  constraints: { receivable_live_number: 'claim_must_not_be_offered_already' },
  async run(context, { applicationId, rowVersion, ...claim }) {
    permit(context.actor, 'receivables.register')
    const row = await lockToChangeClaims(context, { applicationId, rowVersion })
    const offered = await offerReceivableCommand.run(context, { ...claim, clientId: row.client_id })
    return {
      id: row.id,
      rowVersion: await put(context, row, offered.id, offered.receivableNo),
      receivableId: offered.id,
      receivableNo: offered.receivableNo,
      duplicateResult: offered.duplicateResult,
    }
  },
})

export const unlink = defineCommand(unlinkClaim, {
  async run(context, { receivableId, reason, ...which }) {
    const row = await lockToChangeClaims(context, which)
    // What it puts at risk leaves the plan with it: nobody may be approving it meanwhile.
    await context.tx
      .selectFrom('receivable')
      .select('id')
      .where('id', '=', receivableId)
      .forUpdate()
      .execute()
    const gone = await context.tx
      .deleteFrom('application_claim')
      .where('application_id', '=', row.id)
      .where('receivable_id', '=', receivableId)
      .returning('receivable_id')
      .executeTakeFirst()
    refuseUnless(gone !== undefined, 'claim_must_be_linked', { field: 'receivableId' })
    const rowVersion = await setApplication(context, row, {})
    await context.record({
      verb: 'application_claim_unlinked',
      subjects: [...subjectsOf(row), { kind: 'receivable', id: receivableId }],
      facts: { summary: row.application_no },
      reason,
    })
    return { id: row.id, rowVersion }
  },
})

async function lockToChangeClaims(
  context: CommandContext,
  which: { applicationId: Id; rowVersion: number },
): Promise<Application> {
  const row = await lockApplication(context, which)
  refuseUnless(CLAIMS_MAY_CHANGE.includes(row.state), 'claims_must_not_change_now')
  return row
}

async function put(
  context: CommandContext,
  row: Application,
  receivableId: Id,
  receivableNo: string,
): Promise<number> {
  const { tx, actor, now } = context
  await tx
    .insertInto('application_claim')
    .values({
      receivable_id: receivableId,
      application_id: row.id,
      linked_by: actor.id,
      linked_at: now.toISOString(),
    })
    .execute()
  await refuseBeyondCeiling(context, [receivableId])
  const rowVersion = await setApplication(context, row, {})
  await context.record({
    verb: 'application_claim_linked',
    subjects: [...subjectsOf(row), { kind: 'receivable', id: receivableId }],
    facts: { summary: `${row.application_no}　${receivableNo}` },
  })
  return rowVersion
}
