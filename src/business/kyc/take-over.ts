import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import { documentKindLabels, ratingLabels } from './labels.ts'
import { type DocumentKind, type MethodCode, methods, nextReviewOn } from './rules.ts'
import type { RiskRating } from './tables.ts'
import './tables.ts'

/** A check of identity that was completed before this system was there. */
export interface KycToTakeOver {
  partyId: Id
  completedOn: IsoDate
  /** Null: follows from the risk and the document. */
  nextReviewOn: IsoDate | null
  methodCode: MethodCode | null
  rating: RiskRating
  purpose: string
  documentKind: DocumentKind | null
  documentIssuer: string | null
  documentExpiresOn: IsoDate | null
}

export type TakenOverKyc = { caseId: Id; partyId: Id; nextReviewOn: IsoDate; shortened: boolean }

export const kycTakeOverRefusals = {
  kyc_must_not_stand_already: '本人確認がすでに登録されています。更新は本人確認の画面で行ってください。',
  kyc_must_be_untouched: '取込後に変更されたため、本人確認を残しました。',
  review_must_follow_completion: '次回期限が確認日より前です。',
} as const

/**
 * Enters a completed check of an old system with its dates. It never counts longer than a check of that risk may (JR §3.12): a later
 * review date in the file is shortened. The two people who decided the import stand as those who completed it.
 */
export async function takeOverKyc(context: CommandContext, input: KycToTakeOver): Promise<TakenOverKyc> {
  const { tx, now, today, approval } = context
  if (!approval) throw new Error('a check of identity is taken over by two people only')
  const party = await lockParty(context, input.partyId)
  const ofPerson = party.party_kind === 'sole_proprietor'
  const methodCode = input.methodCode ?? (ofPerson ? 'face_photo_id' : 'corp_shown')
  refuseAll(
    [
      ...(input.completedOn > today
        ? [{ code: 'date_must_not_be_in_the_future', field: 'completedOn' }]
        : []),
      ...((methods[methodCode].of === 'person') === ofPerson
        ? []
        : [{ code: 'method_must_suit_the_party', field: 'methodCode' }]),
      ...(input.nextReviewOn !== null && input.nextReviewOn <= input.completedOn
        ? [{ code: 'review_must_follow_completion', field: 'nextReviewOn' }]
        : []),
    ],
    'invalid',
  )
  const standing = await tx
    .selectFrom('kyc_case')
    .select('id')
    .where('party_id', '=', party.id)
    .where('state', '=', 'completed')
    .where('superseded_at', 'is', null)
    .executeTakeFirst()
  refuseUnless(standing === undefined, 'kyc_must_not_stand_already', { field: 'partyId' })
  const longest = nextReviewOn(input.completedOn, input.rating, [input.documentExpiresOn])
  const due = input.nextReviewOn !== null && input.nextReviewOn < longest ? input.nextReviewOn : longest
  const id = newId()
  await tx
    .insertInto('kyc_case')
    .values({
      id,
      party_id: party.id,
      trigger: 'onboarding',
      method_code: methodCode,
      purpose: input.purpose,
      business_content: null,
      risk_rating: input.rating,
      rating_factors: [],
      asset_income_checked: false,
      regime: null,
      expected_yen: null,
      mail_kind: null,
      mail_sent_on: null,
      mail_tracking: null,
      mail_result: null,
      state: 'completed',
      opened_by: approval.requestedBy,
      opened_at: now.toISOString(),
      completed_on: input.completedOn,
      completed_by: approval.requestedBy,
      approved_by: approval.approvedBy,
      record_created_at: now.toISOString(),
      next_review_on: due,
      superseded_at: null,
      exception_until: null,
      exception_reason: null,
      exception_request_id: null,
    })
    .execute()
  if (input.documentKind)
    await tx
      .insertInto('kyc_document')
      .values({
        id: newId(),
        case_id: id,
        kind: input.documentKind,
        person_id: null,
        issuer: input.documentIssuer,
        number_sealed: null,
        number_last: null,
        issued_on: null,
        expires_on: input.documentExpiresOn,
        seen_on: input.completedOn,
        seen_by: approval.requestedBy,
        document_id: null,
        side: null,
        recorded_at: now.toISOString(),
      })
      .execute()
  await context.record({
    verb: 'kyc_taken_over',
    subjects: [
      { kind: 'kyc_case', id },
      { kind: 'party', id: party.id },
    ],
    after: { completedOn: input.completedOn, nextReviewOn: due, methodCode, riskRating: input.rating },
    facts: {
      summary: `確認日 ${input.completedOn}　期限 ${due}　リスク${ratingLabels[input.rating]}${input.documentKind ? `　${documentKindLabels[input.documentKind]}` : ''}`,
    },
  })
  const shortened = input.nextReviewOn !== null && input.nextReviewOn > longest
  return { caseId: id, partyId: party.id, nextReviewOn: due, shortened }
}

/** Takes a check of an old system out again; refuses when it was changed or replaced since. */
export async function takeBackKyc(context: CommandContext, taken: TakenOverKyc): Promise<void> {
  const { tx } = context
  await tx.deleteFrom('kyc_document').where('case_id', '=', taken.caseId).execute()
  const gone = await tx
    .deleteFrom('kyc_case')
    .where('id', '=', taken.caseId)
    .where('row_version', '=', 1)
    .returning('case_no')
    .executeTakeFirst()
  refuseUnless(gone !== undefined, 'kyc_must_be_untouched')
  await context.record({
    verb: 'kyc_take_over_reverted',
    subjects: [
      { kind: 'kyc_case', id: taken.caseId },
      { kind: 'party', id: taken.partyId },
    ],
    before: { caseNo: gone.case_no },
  })
}
