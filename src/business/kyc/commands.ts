import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { settingsInForce } from '../access/index.ts'
import { refuseStrangeEvidence } from '../documents/index.ts'
import { ownersComparedOf } from '../ownership/index.ts'
import { lockParty } from '../parties/index.ts'
import { contentOf, contentStored, saidOf } from './content.ts'
import {
  addSeenDocument,
  changeCase,
  completeCase,
  failCase,
  grantException,
  openCase,
  recordMail,
} from './contract.ts'
import { documentReasons } from './document-rules.ts'
import { assetIncomeOverYen } from './gate.ts'
import {
  documentKindLabels,
  factorLabels,
  mailKindLabels,
  mailResultLabels,
  methodLabels,
  ratingLabels,
  triggerLabels,
} from './labels.ts'
import { purposeReasons, purposeWords } from './purposes.ts'
import { recordCheck } from './record-electronic-check.ts'
import {
  type Case,
  electronicRows,
  isAtWork,
  lockCase,
  newestElectronic,
  nextVersion,
  refuseStranger,
  subjectsOf,
  touch,
} from './records.ts'
import { completionReasons, methods, nextReviewOn, numbersCompared, riskRating } from './rules.ts'
import { LONGEST_EXCEPTION_DAYS } from './take-over-rules.ts'
import './tables.ts'

export const open = defineCommand(openCase, {
  constraints: { kyc_case_at_work: 'case_must_be_the_only_one' },
  async run(context, input) {
    const { tx, actor, now } = context
    const party = await lockParty(context, input.partyId)
    refuseUnless(
      (methods[input.methodCode].of === 'person') === (party.party_kind === 'sole_proprietor'),
      'method_must_suit_the_party',
      { kind: 'invalid', field: 'methodCode' },
    )
    const settings = await settingsInForce(tx)
    refuseAll(purposeReasons(input, settings.kycPurposes), 'invalid')
    const id = newId()
    const rating = riskRating(input.ratingFactors)
    const row = await tx
      .insertInto('kyc_case')
      .values({
        id,
        party_id: party.id,
        trigger: input.trigger,
        ...contentOf(input, settings.kycPurposes),
        regime: settings.amlRegime,
        mail_kind: null,
        mail_sent_on: null,
        mail_tracking: null,
        mail_result: null,
        state: 'in_progress',
        opened_by: actor.id,
        opened_at: now.toISOString(),
        completed_on: null,
        completed_by: null,
        approved_by: null,
        record_created_at: null,
        next_review_on: null,
        superseded_at: null,
        exception_until: null,
        exception_reason: null,
        exception_request_id: null,
      })
      .returning('case_no')
      .executeTakeFirstOrThrow()
    await context.record({
      verb: 'kyc_opened',
      subjects: subjectsOf({ id, party_id: party.id }),
      after: { methodCode: input.methodCode, riskRating: rating, ratingFactors: input.ratingFactors },
      facts: {
        summary: `${triggerLabels[input.trigger]}　${methodLabels[input.methodCode]}　リスク${ratingLabels[rating]}`,
      },
    })
    return { id, caseNo: row.case_no, riskRating: rating }
  },
})

export const change = defineCommand(changeCase, {
  async run(context, input) {
    const row = await lockCase(context, input.caseId)
    refuseUnless(row.row_version === input.rowVersion, 'record_must_be_unchanged')
    refuseUnless(isAtWork(row), 'case_must_be_at_work')
    const { kycPurposes } = await settingsInForce(context.tx)
    refuseAll(purposeReasons(input, kycPurposes, row.purpose_code), 'invalid')
    const content = contentOf(input, kycPurposes, row)
    const isSame = JSON.stringify(contentStored(row)) === JSON.stringify(content)
    refuseUnless(!isSame, 'case_must_differ')
    await context.tx
      .updateTable('kyc_case')
      .set({ ...content, row_version: nextVersion })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'kyc_changed',
      subjects: subjectsOf(row),
      before: saidOf(row),
      after: saidOf(content),
      facts: { summary: methodLabels[content.method_code] },
    })
    return { id: row.id, riskRating: content.risk_rating }
  },
})

/** Records a document that was seen; the number goes under the key of whom it names and never into the trail. */
export const addDocument = defineCommand(addSeenDocument, {
  async run(context, input) {
    const { tx, actor, now, today, keys } = context
    const row = await lockCase(context, input.caseId)
    refuseUnless(isAtWork(row), 'case_must_be_at_work')
    refuseAll(documentReasons(input, today), 'invalid')
    if (input.personId) await refuseStranger(context, { partyId: row.party_id, personId: input.personId })
    if (input.documentId)
      await refuseStrangeEvidence(context, { field: 'documentId', documentIds: [input.documentId] })
    const id = newId()
    await tx
      .insertInto('kyc_document')
      .values({
        id,
        case_id: row.id,
        kind: input.kind,
        person_id: input.personId ?? null,
        issuer: input.issuer ?? null,
        number_sealed: input.number
          ? await keys.seal(tx, input.personId ?? row.party_id, input.number)
          : null,
        number_last: input.number ? input.number.slice(-4) : null,
        issued_on: input.issuedOn ?? null,
        expires_on: input.expiresOn ?? null,
        seen_on: input.seenOn,
        seen_by: actor.id,
        document_id: input.documentId ?? null,
        side: input.side ?? null,
        masked: input.masked,
        recorded_at: now.toISOString(),
      })
      .execute()
    await touch(context, row.id)
    await context.record({
      verb: 'kyc_document_seen',
      subjects: [...subjectsOf(row), ...(input.personId ? [{ kind: 'person', id: input.personId }] : [])],
      after: {
        kind: input.kind,
        seenOn: input.seenOn,
        expiresOn: input.expiresOn ?? null,
        ...(input.side ? { side: input.side } : {}),
        ...(input.masked ? { masked: true } : {}),
      },
      facts: { summary: documentKindLabels[input.kind] },
      ...(input.documentId ? { evidence: [input.documentId] } : {}),
    })
    return { id }
  },
})

/** Mail that comes back says that the address was wrong: a completed check is open again and purchases stop (FF §3). */
export const mail = defineCommand(recordMail, {
  constraints: { kyc_case_at_work: 'case_must_be_the_only_one' },
  async run(context, input) {
    const row = await lockCase(context, input.caseId)
    const standing = row.state === 'completed' && row.superseded_at === null
    refuseUnless(isAtWork(row) || standing, 'case_must_be_at_work')
    refuseUnless(input.sentOn <= context.today, 'date_must_not_be_in_the_future', {
      kind: 'invalid',
      field: 'sentOn',
    })
    const reopens = standing && input.result === 'returned'
    const state = reopens ? ('reopened' as const) : row.state
    await context.tx
      .updateTable('kyc_case')
      .set({
        mail_kind: input.mailKind,
        mail_sent_on: input.sentOn,
        mail_tracking: input.tracking ?? null,
        mail_result: input.result,
        state,
        row_version: nextVersion,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: reopens ? 'kyc_reopened' : 'kyc_mail_recorded',
      subjects: subjectsOf(row),
      before: { mailResult: row.mail_result, state: row.state },
      after: { mailResult: input.result, state, sentOn: input.sentOn },
      facts: { summary: `${mailKindLabels[input.mailKind]}：${mailResultLabels[input.result]}` },
    })
    return { id: row.id, state }
  },
})

/** Completion is two people's word, with what was seen; the review date follows from risk and documents. */
export const complete = defineCommand(completeCase, {
  async critical(context, input): Promise<CriticalChange> {
    const row = await lockCase(context, input.caseId)
    const { reasons, due, name, documents } = await completion(context, row, input.completedOn)
    refuseAll(reasons)
    return {
      subject: { kind: 'party', id: row.party_id },
      related: [{ kind: 'kyc_case', id: row.id }],
      summary: `本人確認の完了　${name}`,
      readSet: [{ table: 'kyc_case', id: row.id, version: row.row_version }],
      items: [
        { field: 'method', label: '確認方法', old: null, new: methodLabels[row.method_code] },
        {
          field: 'documents',
          label: '確認書類',
          old: null,
          new: documents.map(document => documentKindLabels[document.kind]).join('、'),
        },
        { field: 'purpose', label: '取引の目的', old: null, new: purposeWords(row) },
        {
          field: 'riskRating',
          label: 'リスク評価',
          old: null,
          new: `${ratingLabels[row.risk_rating]}${row.rating_factors.length ? `（${row.rating_factors.map(factor => factorLabels[factor]).join('、')}）` : ''}`,
        },
        { field: 'completedOn', label: '完了日', old: row.completed_on, new: input.completedOn },
        { field: 'nextReviewOn', label: '次回の見直し期限', old: row.next_review_on, new: due },
      ],
      evidenceRequired: true,
      approve: 'kyc.approve',
    }
  },
  async run(context, input) {
    const { tx, now, approval } = context
    const row = await lockCase(context, input.caseId)
    const { reasons, due } = await completion(context, row, input.completedOn)
    refuseAll(reasons)
    if (!approval) throw new Error('a check of identity is completed by two people only')
    await tx
      .updateTable('kyc_case')
      .set({ superseded_at: now.toISOString(), row_version: nextVersion })
      .where('party_id', '=', row.party_id)
      .where('state', '=', 'completed')
      .where('superseded_at', 'is', null)
      .execute()
    await tx
      .updateTable('kyc_case')
      .set({
        state: 'completed',
        completed_on: input.completedOn,
        completed_by: approval.requestedBy,
        approved_by: approval.approvedBy,
        record_created_at: now.toISOString(),
        next_review_on: due,
        row_version: nextVersion,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'kyc_completed',
      subjects: subjectsOf(row),
      before: { state: row.state, nextReviewOn: row.next_review_on },
      after: {
        state: 'completed',
        completedOn: input.completedOn,
        nextReviewOn: due,
        riskRating: row.risk_rating,
      },
      facts: { summary: `次回の見直し期限 ${due}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: row.id, nextReviewOn: due }
  },
})

export const fail = defineCommand(failCase, {
  async run(context, { caseId, reason }) {
    const row = await lockCase(context, caseId)
    refuseUnless(isAtWork(row), 'case_must_be_at_work')
    await context.tx
      .updateTable('kyc_case')
      .set({ state: 'failed', row_version: nextVersion })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'kyc_failed',
      subjects: subjectsOf(row),
      before: { state: row.state },
      after: { state: 'failed' },
      reason,
    })
    return { id: row.id }
  },
})

/** An exception moves the block, never the due date: the check stays overdue, and compliance answers for it. */
export const except = defineCommand(grantException, {
  async critical(context, input): Promise<CriticalChange> {
    const { row, name } = await standingCase(context, input.partyId, input.until)
    return {
      subject: { kind: 'party', id: input.partyId },
      related: [{ kind: 'kyc_case', id: row.id }],
      summary: `本人確認期限の例外　${name}　${input.until}まで`,
      readSet: [{ table: 'kyc_case', id: row.id, version: row.row_version }],
      items: [
        { field: 'nextReviewOn', label: '見直し期限', old: row.next_review_on, new: row.next_review_on },
        { field: 'exceptionUntil', label: '例外の期限', old: row.exception_until, new: input.until },
      ],
      evidenceRequired: false,
      approve: 'kyc.approveException',
    }
  },
  async run(context, input) {
    const { row } = await standingCase(context, input.partyId, input.until)
    const { approval } = context
    if (!approval) throw new Error('an exception is granted by two people only')
    await context.tx
      .updateTable('kyc_case')
      .set({
        exception_until: input.until,
        exception_reason: input.change.reasonText,
        exception_request_id: approval.changeRequestId,
        row_version: nextVersion,
      })
      .where('id', '=', row.id)
      .execute()
    await context.record({
      verb: 'kyc_exception_granted',
      subjects: subjectsOf(row),
      before: { exceptionUntil: row.exception_until },
      after: { exceptionUntil: input.until },
      facts: { summary: `${input.until}まで` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: row.id, until: input.until }
  },
})

export const commands = [open, change, addDocument, recordCheck, mail, complete, fail, except]

async function completion(context: CommandContext, row: Case, completedOn: IsoDate) {
  const { tx, today } = context
  const party = await lockParty(context, row.party_id)
  const documents = await tx
    .selectFrom('kyc_document as d')
    // A struck file was filed by mistake: the copy is still to come.
    .leftJoin('document as f', join => join.onRef('f.id', '=', 'd.document_id').on('f.struck_at', 'is', null))
    .select(['d.kind', 'd.seen_on', 'd.expires_on', 'f.id as file_id'])
    .where('d.case_id', '=', row.id)
    .orderBy('d.recorded_at')
    .execute()
  const people = await tx
    .selectFrom('party_person')
    .select('person_role')
    .where('party_id', '=', row.party_id)
    .where('valid_to', 'is', null)
    .where('person_role', 'in', ['representative', 'beneficial_owner'])
    .execute()
  const previous = await tx
    .selectFrom('kyc_case')
    .select('method_code')
    .where('party_id', '=', row.party_id)
    .where('state', '=', 'completed')
    .where('superseded_at', 'is', null)
    .executeTakeFirst()
  const facts = {
    trigger: row.trigger,
    previousMethod: previous?.method_code ?? null,
    partyKind: party.party_kind,
    methodCode: row.method_code,
    rating: row.risk_rating,
    assetIncomeChecked: row.asset_income_checked,
    expectedYen: row.expected_yen,
    assetIncomeOverYen: await assetIncomeOverYen(tx),
    mailKind: row.mail_kind,
    mailResult: row.mail_result,
    documents: documents.map(one => ({
      kind: one.kind,
      seenOn: one.seen_on,
      expiresOn: one.expires_on,
      hasFile: one.file_id !== null,
    })),
    electronic: newestElectronic(await electronicRows(tx, [row.id])),
    representatives: people.filter(one => one.person_role === 'representative').length,
    owners: people.filter(one => one.person_role === 'beneficial_owner').length,
    ownersCompared: numbersCompared(await ownersComparedOf(tx, row.party_id)),
  }
  const reasons: Reason[] = isAtWork(row)
    ? completionReasons(facts, completedOn, today)
    : [{ code: 'case_must_be_at_work' }]
  const due = nextReviewOn(
    completedOn,
    row.risk_rating,
    documents.map(one => one.expires_on),
  )
  return { reasons, due, documents, name: party.legal_name }
}

async function standingCase(context: CommandContext, partyId: Id, until: IsoDate) {
  const party = await lockParty(context, partyId)
  refuseUnless(
    until > context.today && until <= addDays(context.today, LONGEST_EXCEPTION_DAYS),
    'exception_must_end_in_time',
    { kind: 'invalid', field: 'until' },
  )
  const row = await context.tx
    .selectFrom('kyc_case')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('state', '=', 'completed')
    .where('superseded_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  refuseUnless(row !== undefined, 'exception_needs_a_completed_case')
  return { row, name: party.legal_name }
}
