import { sql } from 'kysely'
import { mayDo } from '../../platform/commands/actor.ts'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { correctionOf } from '../../platform/commands/correction.ts'
import { found, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { sameCompany } from '../parties/index.ts'
import { renewalLabels } from './labels.ts'
import { contractsInReach } from './queries.ts'
import { lockContract, subjectsOf } from './records.ts'
import { recordSigning, type SigningShown } from './signing-contract.ts'
import { type Signing, signingOf } from './signing-of.ts'
import './tables.ts'

/** What speaks against it under the way the contract was signed. */
export function signingReasons(said: Signing, method: 'paper' | 'e_sign' | null) {
  return [
    ...(method === 'e_sign' && (said.stampDutyYen ?? 0) > 0
      ? [{ code: 'stamp_duty_needs_paper', field: 'stampDutyYen' }]
      : []),
    ...(method === 'paper' && (said.signProvider !== null || said.envelopeNo !== null)
      ? [{ code: 'envelope_needs_e_sign', field: 'signProvider' }]
      : []),
  ]
}

export const signing = defineCommand(recordSigning, {
  async run(context, { contractId, rowVersion, reason, ...given }) {
    const { tx } = context
    const contract = await lockContract(context, contractId)
    refuseUnless(contract.signed_on !== null, 'contract_must_be_signed')
    const standing = await tx
      .selectFrom('contract_signing')
      .selectAll()
      .where('contract_id', '=', contract.id)
      .forUpdate()
      .executeTakeFirst()
    const said: Signing = {
      ...signingOf(undefined),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    }
    refuseAll(signingReasons(said, contract.sign_method), 'invalid')
    const before = signingOf(standing)
    const changed = correctionOf({
      standing,
      rowVersion,
      reason,
      before,
      said,
      mustDiffer: 'signing_must_differ',
      words: (key, of) => (key === 'renewal' && of.renewal ? renewalLabels[of.renewal] : of[key]),
    })
    if (said.signerId !== null && said.signerId !== before.signerId)
      await refuseStranger(context, said.signerId, contract.party_id)
    await keepSigning(context, contract.id, said)
    await context.record({
      verb: 'contract_signing_recorded',
      subjects: [...subjectsOf(contract), ...(said.signerId ? [{ kind: 'person', id: said.signerId }] : [])],
      ...changed,
      facts: { summary: contract.contract_no },
      ...(reason ? { reason } : {}),
    })
    return { id: contract.id, rowVersion: rowVersion + 1 }
  },
})

async function refuseStranger({ tx }: CommandContext, personId: Id, partyId: Id): Promise<void> {
  const known = await tx
    .selectFrom('party_person')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('party_id', 'in', sameCompany(partyId))
    .limit(1)
    .executeTakeFirst()
  refuseUnless(known !== undefined, 'signer_must_belong_to_the_party', { kind: 'invalid', field: 'signerId' })
}

/** Writes it whole; the caller records the event. */
export async function keepSigning(
  { tx, actor, now }: CommandContext,
  contractId: Id,
  said: Signing,
): Promise<void> {
  const values = {
    signer_id: said.signerId,
    sign_provider: said.signProvider,
    envelope_id: said.envelopeNo,
    signature_valid: said.signatureValid,
    stamp_duty_yen: said.stampDutyYen,
    stamp_cancelled: said.stampCancelled,
    renewal: said.renewal,
    notice_days: said.noticeDays,
    antisocial_clause_version: said.antisocialClauseVersion,
    recorded_by: actor.id,
    recorded_at: now.toISOString(),
  }
  await tx
    .insertInto('contract_signing')
    .values({ contract_id: contractId, ...values })
    .onConflict(conflict =>
      conflict
        .column('contract_id')
        .doUpdateSet({ ...values, row_version: sql`contract_signing.row_version + 1` }),
    )
    .execute()
}

export async function openContractSigning(
  context: QueryContext,
  contractId: Id,
): Promise<Seen<SigningShown>> {
  const { db, actor } = context
  const contract = found(
    await contractsInReach(context).where('c.id', '=', contractId).executeTakeFirst(),
    'contract',
  )
  const row = await db
    .selectFrom('contract_signing')
    .selectAll()
    .where('contract_id', '=', contractId)
    .executeTakeFirst()
  const { signerId, ...said } = signingOf(row)
  const signer =
    signerId && mayDo(actor, 'people.read')
      ? await db
          .selectFrom('person')
          .select(['id', 'family_name', 'given_name', 'seen_no'])
          .where('id', '=', signerId)
          .executeTakeFirst()
      : undefined
  const names = row ? await staffNames(db, [row.recorded_by]) : new Map<Id, string>()
  return {
    body: {
      ...said,
      rowVersion: row?.row_version ?? 0,
      signer: signer ? { id: signer.id, name: `${signer.family_name} ${signer.given_name}` } : null,
      noticeBy:
        contract.ends_on !== null && said.noticeDays !== null
          ? addDays(contract.ends_on, -said.noticeDays)
          : null,
      recordedBy: row ? (names.get(row.recorded_by) ?? '（不明）') : null,
    },
    seen: [contract.seen_no, contract.party_seen_no, ...(signer ? [signer.seen_no] : [])],
  }
}
