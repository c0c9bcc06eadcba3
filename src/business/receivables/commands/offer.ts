import { sql } from 'kysely'
import type { z } from 'zod'
import { type CommandContext, defineCommand } from '../../../platform/commands/command.ts'
import { found, type Reason, Refusal, refuseAll, refuseUnless } from '../../../platform/commands/refusal.ts'
import { type Id, newId } from '../../../platform/ids/uuid.ts'
import { contractTermsOn } from '../../contracts/index.ts'
import { applyFirst, decideFirst, eventValues } from '../../customization/index.ts'
import { assignedParties, companiesOf, raiseStage, sameCompany } from '../../parties/index.ts'
import { offerReceivable } from '../contract.ts'
import { hashesOf, partiesOf, searchDuplicates } from '../duplicate-search.ts'
import { numberTail } from '../number-tail.ts'
import { datesUnder } from '../pricing-of.ts'
import { subjectsOf } from '../records.ts'
import type { DuplicateCheck } from '../rules/duplicates.ts'
import { numberKey } from '../rules/number-key.ts'
import { NOT_LIVE_STATES } from '../rules/states.ts'

type Offer = z.output<typeof offerReceivable.input>

/** A claim due later than this is a slip of the keyboard; bank holidays are not known for ever either. */
const FARTHEST_DUE_YEARS = 30

/** Registers an offered claim: the same live claim is refused and named, a likeness is kept as a suspicion for two people. */
export const offer = defineCommand(offerReceivable, {
  constraints: { receivable_live_number: 'claim_must_not_be_offered_already' },
  async run(context, input) {
    const { tx, actor, now, today } = context
    const key = numberKey(input.invoiceNo)
    refuseAll(reasonsAgainst(input, key, today), 'invalid')
    await refuseParties(context, input)
    await refuseTheSameClaim(context, input, key)
    const contract = input.contractId ? await contractTermsOn(tx, input.contractId, today) : null
    const known = await companiesOf(tx, [input.clientId, contract?.partyId ?? input.clientId])
    refuseUnless(
      !contract || known.get(contract.partyId) === known.get(input.clientId),
      'contract_must_belong_to_the_client',
      { field: 'contractId' },
    )
    const hashes = await hashesOf(tx, input.documentIds)
    const { debtorNameKey } = await partiesOf(tx, input.clientId, input.debtorId)
    const check = await searchDuplicates(tx, {
      ...input,
      receivableId: null,
      lineNo: input.lineNo ?? null,
      documentHashes: [...hashes.values()],
    })
    const id = newId()
    const record = { kind: 'receivable' as const, id, dataSubjectId: input.clientId }
    const own = await decideFirst(context, record, input.custom)
    const dates = datesUnder(contract?.terms ?? null, input.dueOn)
    const { receivable_no } = await tx
      .insertInto('receivable')
      .values({
        id,
        receivable_no: sql`${`R-${today.slice(0, 4)}-`}::text || to_char(nextval('receivable_no_seq'), 'FM999999000000')`,
        client_id: input.clientId,
        debtor_id: input.debtorId,
        debtor_name_key: debtorNameKey,
        contract_id: input.contractId ?? null,
        receivable_kind: input.receivableKind,
        invoice_no: input.invoiceNo,
        line_no: input.lineNo ?? null,
        number_key: key,
        number_tail: numberTail(key),
        issued_on: input.issuedOn,
        due_on: input.dueOn,
        due_on_rolled: dates.dueOnRolled,
        payable_on: dates.payableOn,
        face_yen: input.faceYen,
        deductions_yen: input.deductionsYen,
        ineligible_yen: input.ineligibleYen,
        asked_yen: input.askedYen ?? null,
        assignment_restriction: input.assignmentRestriction,
        duplicate_result: check.result,
        duplicate_checked_at: now.toISOString(),
        state: 'offered',
        state_on: today,
        purchase_id: null,
        purchased_yen: null,
        advance_yen: null,
        reserve_yen: null,
        fee_yen: null,
        price_yen: null,
        funded_on: null,
        perfected_on: null,
        registered_by: actor.id,
        registered_at: now.toISOString(),
        verified_by: null,
        approved_by: null,
      })
      .returning('receivable_no')
      .executeTakeFirstOrThrow()
    await applyFirst(context, own)
    await insertEvidence(context, id, hashes)
    await insertCheck(context, id, 'offer', check)
    await raiseStage(context, input.clientId, 'applied')
    await context.record({
      verb: 'receivable_offered',
      subjects: subjectsOf({ id, client_id: input.clientId, debtor_id: input.debtorId }),
      after: {
        receivableNo: receivable_no,
        invoiceNo: input.invoiceNo,
        faceYen: input.faceYen,
        issuedOn: input.issuedOn,
        dueOn: input.dueOn,
        ...eventValues(own.items, 'newText'),
      },
      facts: {
        summary: `${receivable_no} ${input.invoiceNo} ${input.faceYen.toLocaleString('ja-JP')}円`,
        duplicateResult: check.result,
        resembles: check.matches.filter(match => match.result !== 'weak').map(match => match.receivableId),
      },
      evidence: input.documentIds,
    })
    return { id, receivableNo: receivable_no, duplicateResult: check.result }
  },
})

function reasonsAgainst(input: Offer, key: string, today: string): Reason[] {
  const reasons: Reason[] = []
  if (key === '') reasons.push({ code: 'invoice_number_must_have_letters_or_digits', field: 'invoiceNo' })
  if (input.clientId === input.debtorId)
    reasons.push({ code: 'debtor_must_differ_from_client', field: 'debtorId' })
  if (input.dueOn < input.issuedOn) reasons.push({ code: 'dates_must_be_in_order', field: 'dueOn' })
  if (Number(input.dueOn.slice(0, 4)) > Number(today.slice(0, 4)) + FARTHEST_DUE_YEARS)
    reasons.push({ code: 'due_date_must_be_near', field: 'dueOn' })
  if (input.receivableKind === 'invoice' && input.issuedOn > today)
    reasons.push({ code: 'date_must_not_be_in_the_future', field: 'issuedOn' })
  const eligible = input.faceYen - input.deductionsYen - input.ineligibleYen
  if (eligible <= 0) reasons.push({ code: 'amounts_must_fit_the_face', field: 'deductionsYen' })
  else if ((input.askedYen ?? 0) > eligible)
    reasons.push({ code: 'amounts_must_fit_the_face', field: 'askedYen' })
  return reasons
}

async function refuseParties({ tx, actor, today }: CommandContext, input: Offer): Promise<void> {
  // A company is what its records are together: its roles, and the strictest status.
  let query = tx
    .selectFrom('party')
    .leftJoin('party as head', 'head.id', 'party.folded_into')
    .select([
      'party.id',
      sql<string[]>`coalesce(head.identity_roles, party.identity_roles, party.roles)`.as('roles'),
      sql<string>`coalesce(head.identity_status, party.identity_status, party.status)`.as('status'),
    ])
    .where('party.id', 'in', [input.clientId, input.debtorId])
  if (actor.reach === 'assigned')
    query = query.where(eb =>
      eb.or([
        eb('party.id', '=', input.debtorId),
        eb('party.id', 'in', assignedParties(tx, actor.id, today)),
      ]),
    )
  const rows = await query.execute()
  const client = found(
    rows.find(row => row.id === input.clientId),
    'party',
  )
  const debtor = found(
    rows.find(row => row.id === input.debtorId),
    'party',
  )
  const reasons: Reason[] = []
  if (!client.roles.includes('client')) reasons.push({ code: 'party_must_have_the_role', field: 'clientId' })
  if (!debtor.roles.includes('debtor')) reasons.push({ code: 'party_must_have_the_role', field: 'debtorId' })
  if (client.status !== 'normal') reasons.push({ code: 'party_must_not_be_stopped', field: 'clientId' })
  if (debtor.status !== 'normal') reasons.push({ code: 'party_must_not_be_stopped', field: 'debtorId' })
  refuseAll(reasons)
}

/** What the partial unique index promises, said with the name of the claim that is already there. */
export async function refuseTheSameClaim(
  { tx }: CommandContext,
  input: { clientId: Id; debtorId: Id; lineNo?: number | null | undefined },
  key: string,
): Promise<void> {
  const companies = await companiesOf(tx, [input.clientId, input.debtorId])
  const [client, debtor] = [companies.get(input.clientId), companies.get(input.debtorId)]
  refuseUnless(client !== debtor, 'debtor_must_differ_from_client', { kind: 'invalid', field: 'debtorId' })
  // The index knows records, not companies: offers of one number under two records of a company wait for each other here.
  const claim = [client, debtor, key, input.lineNo ?? 1].join(' ')
  await sql`select pg_advisory_xact_lock(hashtextextended(${claim}, 0))`.execute(tx)
  const same = await tx
    .selectFrom('receivable')
    .select(['id', 'receivable_no', 'invoice_no'])
    .where('client_id', 'in', sameCompany(input.clientId))
    .where('debtor_id', 'in', sameCompany(input.debtorId))
    .where('number_key', '=', key)
    .where(sql`coalesce(line_no, 1)`, '=', input.lineNo ?? 1)
    .where('state', 'not in', NOT_LIVE_STATES as never)
    .executeTakeFirst()
  if (!same) return
  throw new Refusal('conflict', [
    {
      code: 'claim_must_not_be_offered_already',
      field: 'invoiceNo',
      message: `この債権は${same.receivable_no}（請求書番号 ${same.invoice_no}）として既に登録されています。`,
      facts: { receivableId: same.id, receivableNo: same.receivable_no },
    },
  ])
}

async function insertEvidence(
  { tx, actor, now }: CommandContext,
  receivableId: Id,
  hashes: Map<Id, string>,
): Promise<void> {
  if (hashes.size === 0) return
  await tx
    .insertInto('receivable_evidence')
    .values(
      [...hashes].map(([documentId, hash]) => ({
        receivable_id: receivableId,
        document_id: documentId,
        evidence_kind: 'invoice' as const,
        agrees: true,
        content_hash: hash,
        added_by: actor.id,
        added_at: now.toISOString(),
      })),
    )
    .execute()
}

export async function insertCheck(
  { tx, now }: CommandContext,
  receivableId: Id,
  occasion: 'offer' | 'payout',
  check: DuplicateCheck,
): Promise<Id> {
  const id = newId()
  await tx
    .insertInto('duplicate_check')
    .values({
      id,
      receivable_id: receivableId,
      occasion,
      result: check.result,
      matches: JSON.stringify(check.matches),
      checked_at: now.toISOString(),
      verdict: null,
      judged_by: null,
      confirmed_by: null,
      judged_at: null,
      verdict_reason: null,
    })
    .execute()
  return id
}
