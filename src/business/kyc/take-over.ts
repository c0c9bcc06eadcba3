import type { CommandContext } from '../../platform/commands/command.ts'
import { refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import { settingsInForce } from '../access/index.ts'
import { lockParty } from '../parties/index.ts'
import { documentKindLabels, ratingLabels } from './labels.ts'
import { type ElectronicFacts, partsAsked } from './method-rules.ts'
import { purposeKept, purposeWords } from './purposes.ts'
import { type MethodCode, nextReviewOn } from './rules.ts'
import { type PastCheck, pastCheckReasons, pastRating } from './take-over-rules.ts'
import './tables.ts'

/** A completed check of an old system as its file tells it. */
export interface KycToTakeOver extends Omit<PastCheck, 'methodCode' | 'electronic'> {
  partyId: Id
  /** Null: not told; the ordinary method of the kind of party is noted. */
  methodCode: MethodCode | null
  expectedYen: Yen | null
  assetIncomeChecked: boolean
  electronic: (Omit<ElectronicFacts, 'faceThresholdPpm'> & { provider: string | null }) | null
}

export type TakenOverKyc = {
  caseId: Id
  partyId: Id
  nextReviewOn: IsoDate
  shortened: boolean
  /** The method asks for electronic checks, and the file tells of none. */
  electronicMissing: boolean
  /** High risk, and assets or income were not checked: larger purchases stop. */
  assetsUnchecked: boolean
}

export const kycTakeOverRefusals = {
  kyc_must_not_stand_already: '本人確認がすでに登録されています。更新は本人確認の画面で行ってください。',
  kyc_must_be_untouched: '取込後に変更されたため、本人確認を残しました。',
  review_must_follow_completion: '次回期限が確認日より前です。',
  rating_must_follow_from_factors: 'リスク評価が、リスク要因から決まる評価と合いません。',
  exception_must_have_its_end:
    '例外の理由があるのに、例外の期限がありません。期限を入力するか、理由を空にしてください。',
  exception_must_have_its_reason: '例外には、理由を5文字以上で入力してください。',
} as const

/** What stands as purpose of a check whose file tells none. */
const PURPOSE_UNTOLD = '旧システムでの確認を移行'

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
  const settings = await settingsInForce(tx)
  const electronic =
    input.electronic === null
      ? null
      : {
          ...input.electronic,
          faceThresholdPpm: input.electronic.faceMatchScore === null ? null : settings.faceMatchMinPpm,
        }
  refuseAll(
    pastCheckReasons(
      { ...input, methodCode, electronic },
      { ofPerson, purposes: settings.kycPurposes, today, now },
    ),
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
  const { document } = input
  const rating = pastRating(input)
  const longest = nextReviewOn(input.completedOn, rating, [document?.expiresOn ?? null])
  const due = input.nextReviewOn !== null && input.nextReviewOn < longest ? input.nextReviewOn : longest
  const id = newId()
  const purpose =
    input.purposeCode === null
      ? { purpose_code: null, purpose_label: null, purpose: input.purpose ?? PURPOSE_UNTOLD }
      : purposeKept({ purposeCode: input.purposeCode, purpose: input.purpose }, settings.kycPurposes)
  const factors = [...new Set(input.ratingFactors ?? [])].sort()
  await tx
    .insertInto('kyc_case')
    .values({
      id,
      party_id: party.id,
      trigger: 'onboarding',
      method_code: methodCode,
      ...purpose,
      business_content: null,
      risk_rating: rating,
      rating_factors: factors,
      asset_income_checked: input.assetIncomeChecked,
      regime: null,
      expected_yen: input.expectedYen,
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
      exception_until: input.exceptionUntil,
      exception_reason: input.exceptionReason,
      exception_request_id: input.exceptionUntil === null ? null : approval.changeRequestId,
    })
    .execute()
  const by = { id, by: approval.requestedBy, on: input.completedOn, at: now.toISOString() }
  if (document) await insertDocument(context, document, by)
  if (electronic) await insertElectronic(context, electronic, by)
  await context.record({
    verb: 'kyc_taken_over',
    subjects: [
      { kind: 'kyc_case', id },
      { kind: 'party', id: party.id },
    ],
    after: {
      completedOn: input.completedOn,
      nextReviewOn: due,
      methodCode,
      riskRating: rating,
      ...(factors.length > 0 ? { ratingFactors: factors } : {}),
      purpose: purposeWords(purpose),
      ...(input.exceptionUntil ? { exceptionUntil: input.exceptionUntil } : {}),
    },
    facts: {
      summary: `確認日 ${input.completedOn}　期限 ${due}　リスク${ratingLabels[rating]}${document ? `　${documentKindLabels[document.kind]}` : ''}`,
    },
  })
  return {
    caseId: id,
    partyId: party.id,
    nextReviewOn: due,
    shortened: input.nextReviewOn !== null && input.nextReviewOn > longest,
    electronicMissing: electronic === null && partsAsked(methodCode, input.completedOn).length > 0,
    assetsUnchecked: rating === 'high' && !input.assetIncomeChecked,
  }
}

interface Taken {
  id: Id
  by: Id
  on: IsoDate
  at: string
}

async function insertDocument(
  { tx }: CommandContext,
  document: NonNullable<KycToTakeOver['document']>,
  taken: Taken,
): Promise<void> {
  await tx
    .insertInto('kyc_document')
    .values({
      id: newId(),
      case_id: taken.id,
      kind: document.kind,
      person_id: null,
      issuer: document.issuer,
      number_sealed: null,
      number_last: null,
      issued_on: document.issuedOn,
      expires_on: document.expiresOn,
      seen_on: taken.on,
      seen_by: taken.by,
      document_id: null,
      side: document.side,
      masked: document.masked,
      recorded_at: taken.at,
    })
    .execute()
}

async function insertElectronic(
  { tx }: CommandContext,
  check: ElectronicFacts & { provider: string | null },
  taken: Taken,
): Promise<void> {
  await tx
    .insertInto('kyc_electronic_check')
    .values({
      id: newId(),
      case_id: taken.id,
      person_id: null,
      checked_on: check.checkedOn,
      provider: check.provider,
      ic_read_result: check.icReadResult,
      signature_valid: check.signatureValid,
      revocation_checked_at: check.revocationCheckedAt,
      face_match_score: check.faceMatchScore,
      face_threshold_ppm: check.faceThresholdPpm,
      liveness: check.liveness,
      bank_confirmed: check.bankConfirmed,
      evidence: [],
      recorded_by: taken.by,
      recorded_at: taken.at,
    })
    .execute()
}

/** Takes a check of an old system out again; refuses when it was changed or replaced since. */
export async function takeBackKyc(
  context: CommandContext,
  taken: Pick<TakenOverKyc, 'caseId' | 'partyId'>,
): Promise<void> {
  const { tx } = context
  await tx.deleteFrom('kyc_document').where('case_id', '=', taken.caseId).execute()
  await tx.deleteFrom('kyc_electronic_check').where('case_id', '=', taken.caseId).execute()
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
