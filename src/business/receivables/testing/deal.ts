import { sql } from 'kysely'
import type { z } from 'zod'
import { EVIDENCE } from '../../../app/testing/database-setup.ts'
import { screenedBy } from '../../../app/testing/screened.ts'
import type { World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { newId } from '../../../platform/ids/uuid.ts'
import { register as registerAccount, verify as verifyAccount } from '../../accounts/commands.ts'
import { approve } from '../../approvals/commands.ts'
import { draft, execute, move } from '../../contracts/commands.ts'
import type { contractTerms } from '../../contracts/terms.ts'
import { grant } from '../../credit/commands.ts'
import { register } from '../../parties/commands/register-party.ts'
import { approve as approveReceivable } from '../commands/approve.ts'
import { offer } from '../commands/offer.ts'
import { verify } from '../commands/verify.ts'
import type { offerReceivable } from '../contract.ts'

/** The people of a finance company who carry a deal together, each with one duty. */
export interface Desk {
  sales: Actor
  operations: Actor
  reviewer: Actor
  approver: Actor
  manager: Actor
  compliance: Actor
  accounting: Actor
}

export async function openDesk(world: World): Promise<Desk> {
  return {
    sales: await world.person('営業', 'sales'),
    operations: await world.person('事務', 'operations'),
    reviewer: await world.person('審査', 'reviewer'),
    approver: await world.person('決裁', 'approver'),
    manager: await world.person('部長', 'manager'),
    compliance: await world.person('法務', 'compliance'),
    accounting: await world.person('経理', 'accounting'),
  }
}

export const reason = {
  reasonCode: 'review' as const,
  reasonText: '資料のとおり確認した',
  evidence: [EVIDENCE],
}

export async function secondPerson(
  world: World,
  person: Actor,
  answer: { status: number; body: unknown },
): Promise<void> {
  const { changeRequestId } = answer.body as { changeRequestId: string }
  await world.done(person, approve, { changeRequestId })
}

type Terms = z.input<typeof contractTerms>

/** FF §4.7, example 3: two-party, 90 % advance, 4.75 % of P. */
export const twoPartyTerms: Terms = {
  legalKind: 'two_party',
  collectionRoute: 'client_remits',
  advancePpm: 900_000,
  feePpm: 47_500,
  remitRule: { kind: 'days_after_due', days: 1, unit: 'business', holidayRoll: 'following' },
}

export async function party(
  world: World,
  desk: Desk,
  name: string,
  role: 'client' | 'debtor',
): Promise<string> {
  const { id } = await world.done(desk.sales, register, {
    partyKind: 'corporation',
    legalName: `株式会社${name}`,
    legalNameKana: name,
    roles: [role],
  })
  return id
}

export async function executedContract(
  world: World,
  desk: Desk,
  partyId: string,
  terms: Terms = twoPartyTerms,
): Promise<string> {
  const { id } = await world.done(desk.sales, draft, { partyId, terms })
  for (const to of ['internal_check', 'ready', 'sent'] as const)
    await world.done(desk.operations, move, { contractId: id, to })
  const wasScreened = await isScreened(world, partyId)
  if (!wasScreened) await screened(world, desk, [partyId])
  const answer = await world.run(desk.operations, execute, {
    contractId: id,
    signedOn: '2026-07-01',
    effectiveOn: '2026-07-01',
    signMethod: 'e_sign',
    change: reason,
  })
  await secondPerson(world, desk.manager, answer)
  if (!wasScreened) await lapsed(world, desk, partyId)
  return id
}

async function isScreened(world: World, partyId: string): Promise<boolean> {
  const { rows } =
    await sql`select from screening_case where subject_id = ${partyId} and superseded_at is null`.execute(
      world.db,
    )
  return rows.length > 0
}

/** Screened for the contract only: whoever sells must be screened again. */
async function lapsed(world: World, desk: Desk, partyId: string): Promise<void> {
  await world.db.transaction().execute(async tx => {
    await sql`update screening_case set superseded_at = now() where subject_id = ${partyId} and superseded_at is null`.execute(
      tx,
    )
    const context = world.executor.context(tx, desk.operations, 'test')
    await context.record({ verb: 'test_screening_lapsed', subjects: [{ kind: 'party', id: partyId }] })
  })
}

export async function limit(
  world: World,
  desk: Desk,
  limitKind: 'client' | 'debtor',
  subjectId: string,
  limitYen: number,
): Promise<void> {
  const answer = await world.run(desk.reviewer, grant, {
    limitKind,
    subjectId,
    term: 'permanent',
    limitYen,
    inForceFrom: '2026-01-01',
    reviewDueOn: '2027-06-30',
    assessedOn: '2026-06-30',
    grounds: '決算書と取引実績による',
    change: reason,
  })
  await secondPerson(world, desk.approver, answer)
}

let accountNo = 1_000_000

export async function verifiedAccount(
  world: World,
  desk: Desk,
  partyId: string,
  kana: string,
): Promise<string> {
  accountNo += 1
  const { id } = await world.done(desk.operations, registerAccount, {
    partyId,
    usage: 'payout',
    bankCode: '0001',
    branchCode: '001',
    accountType: '1',
    accountNo: String(accountNo),
    holderKana: kana,
    holderName: `株式会社${kana}`,
  })
  const answer = await world.run(desk.operations, verifyAccount, {
    accountId: id,
    method: 'document',
    result: 'confirmed',
    verifiedOn: '2026-07-01',
    change: reason,
  })
  await secondPerson(world, desk.manager, answer)
  return id
}

/** A client that may sell and a debtor that may be bought: contract, account, limits; identity and screening in order. */
export async function readyPair(
  world: World,
  desk: Desk,
  name: string,
  { terms = twoPartyTerms, limitYen = 100_000_000 }: { terms?: Terms; limitYen?: number } = {},
) {
  const clientId = await party(world, desk, name, 'client')
  const debtorId = await party(world, desk, `${name}ウリカケサキ`, 'debtor')
  await screened(world, desk, [clientId, debtorId])
  const contractId = await executedContract(world, desk, clientId, terms)
  const accountId = await verifiedAccount(world, desk, clientId, name)
  await identified(world, desk, clientId)
  await limit(world, desk, 'client', clientId, limitYen)
  await limit(world, desk, 'debtor', debtorId, limitYen)
  return { clientId, debtorId, contractId, accountId }
}

/** A completed 本人確認, as two people leave it. */
export async function identified(world: World, desk: Desk, partyId: string, nextReviewOn = '2027-11-24') {
  const id = newId()
  await world.db.transaction().execute(async tx => {
    await sql`insert into kyc_case (id, party_id, trigger, method_code, purpose, risk_rating, rating_factors, state, opened_by,
        opened_at, completed_on, completed_by, approved_by, next_review_on)
      values (${id}, ${partyId}, 'onboarding', 'corp_shown', '債権の売却', 'low', '{}', 'completed', ${desk.operations.id},
        now(), '2026-07-01', ${desk.operations.id}, ${desk.compliance.id}, ${nextReviewOn})`.execute(tx)
    const context = world.executor.context(tx, desk.operations, 'test')
    await context.record({ verb: 'test_kyc_completed', subjects: [{ kind: 'party', id: partyId }] })
  })
  return id
}

/** A search without a hit for each subject. */
export const screened = (world: World, desk: Desk, subjectIds: readonly string[]) =>
  screenedBy(world, desk.operations, subjectIds)

/** An invoice that lies in the store, as far as the database knows. */
export async function document(world: World, desk: Desk, contentHash: string = newId()): Promise<string> {
  const id = newId()
  await world.db.transaction().execute(async tx => {
    const at = world.clock.now().toISOString()
    await tx
      .insertInto('document')
      .values({
        id,
        doc_kind: 'invoice',
        title: '請求書',
        data_subject_id: newId(),
        transaction_date: null,
        amount_yen: null,
        counterparty: null,
        expires_on: null,
        confidentiality: 'normal',
        registered_by: desk.sales.id,
        registered_at: at,
      } as never)
      .execute()
    await tx
      .insertInto('document_version')
      .values({
        id: newId(),
        document_id: id,
        version_no: 1,
        file_name: 'invoice.pdf',
        original_file_name: 'invoice.pdf',
        mime: 'application/pdf',
        size_bytes: 10,
        content_hash: contentHash,
        stored_path: id,
        reason: null,
        added_by: desk.sales.id,
        added_at: at,
      } as never)
      .execute()
    const context = world.executor.context(tx, desk.sales, 'test')
    await context.record({ verb: 'test_document_made', subjects: [{ kind: 'document', id }] })
  })
  return id
}

type Offer = z.input<typeof offerReceivable.input>

/** A claim offered by sales and verified by the reviewer. */
export async function verifiedClaim(
  world: World,
  desk: Desk,
  claim: Partial<Offer> & Pick<Offer, 'clientId' | 'debtorId' | 'invoiceNo' | 'faceYen'>,
): Promise<string> {
  const documentId = await document(world, desk)
  const { id } = await world.done(desk.sales, offer, {
    issuedOn: '2026-07-01',
    dueOn: '2027-01-29',
    documentIds: [documentId],
    ...claim,
  })
  await world.done(desk.reviewer, verify, {
    receivableId: id,
    assignmentRestriction: 'none',
    setOffRisk: 'low',
  })
  return id
}

export async function approvedClaim(...args: Parameters<typeof verifiedClaim>): Promise<string> {
  const [world, desk] = args
  const receivableId = await verifiedClaim(...args)
  await world.done(desk.approver, approveReceivable, { receivableId })
  return receivableId
}
