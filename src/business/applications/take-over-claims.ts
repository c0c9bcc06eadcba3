import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { companiesOf } from '../parties/index.ts'
import { CLAIMS_MAY_CHANGE } from './commands/claims.ts'
import { subjectsOf } from './records.ts'

export type TakenOverLink = { applicationId: Id; receivableId: Id }

export const claimLinkRefusals = {
  claim_must_be_the_clients: '申込と債権の利用者が違います。申込番号か債権番号を確かめてください。',
  claim_must_be_free: 'この債権は、別の申込にすでに紐付いています。',
  bought_claim_needs_a_closed_application:
    '買取済みの債権は、状態が「完了」の申込にだけ紐付けられます。申込の状態か番号を確かめてください。',
  claim_link_must_be_untouched: '取込後に紐付けが変わったため、そのまま残しました。',
} as const

/**
 * Links a claim to the application it came from in the old system; either may have been taken over first. A bought claim belongs to an
 * application that has come to its end, one not yet bought to one whose claims may still change.
 */
export async function linkTakenOver(
  context: CommandContext,
  { applicationId, receivableId }: TakenOverLink,
): Promise<void> {
  const { tx, now, approval } = context
  if (!approval) throw new Error('a link is taken over by two people only')
  const application = found(
    await tx
      .selectFrom('application')
      .select(['id', 'application_no', 'client_id', 'state'])
      .where('id', '=', applicationId)
      .forUpdate()
      .executeTakeFirst(),
    'application',
  )
  const claim = found(
    await tx
      .selectFrom('receivable')
      .select(['id', 'receivable_no', 'client_id', 'purchase_id'])
      .where('id', '=', receivableId)
      .forUpdate()
      .executeTakeFirst(),
    'receivable',
  )
  const companies = await companiesOf(tx, [application.client_id, claim.client_id])
  const at = { kind: 'invalid' as const, field: 'application' }
  refuseUnless(
    companies.get(application.client_id) === companies.get(claim.client_id),
    'claim_must_be_the_clients',
    at,
  )
  refuseUnless(
    claim.purchase_id === null
      ? CLAIMS_MAY_CHANGE.includes(application.state)
      : application.state === 'closed',
    'bought_claim_needs_a_closed_application',
    at,
  )
  const linked = await tx
    .selectFrom('application_claim')
    .select('application_id')
    .where('receivable_id', '=', receivableId)
    .executeTakeFirst()
  refuseUnless(linked === undefined, 'claim_must_be_free', at)
  await tx
    .insertInto('application_claim')
    .values({
      receivable_id: receivableId,
      application_id: applicationId,
      linked_by: approval.requestedBy,
      linked_at: now.toISOString(),
    })
    .execute()
  await context.record({
    verb: 'application_claim_linked',
    subjects: [...subjectsOf(application), { kind: 'receivable', id: receivableId }],
    facts: { summary: `${application.application_no}　${claim.receivable_no}` },
  })
}

/** Takes a link of an import out again; refuses when the claim has been moved to another application since. */
export async function unlinkTakenOver(
  context: CommandContext,
  { applicationId, receivableId }: TakenOverLink,
): Promise<void> {
  const { tx } = context
  const application = found(
    await tx
      .selectFrom('application')
      .select(['id', 'application_no', 'client_id'])
      .where('id', '=', applicationId)
      .forUpdate()
      .executeTakeFirst(),
    'application',
  )
  const gone = await tx
    .deleteFrom('application_claim')
    .where('application_id', '=', applicationId)
    .where('receivable_id', '=', receivableId)
    .returning('receivable_id')
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'claim_link_must_be_untouched')
  await context.record({
    verb: 'application_claim_unlinked',
    subjects: [...subjectsOf(application), { kind: 'receivable', id: receivableId }],
    facts: { summary: application.application_no },
  })
}
