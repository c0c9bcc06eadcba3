import {
  addSeenDocumentCommand,
  completeKycCommand,
  openKycCommand,
  recordElectronicCheckCommand,
} from '../../business/kyc/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { DemoKyc } from './data/demo-types.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'
import { inParallel } from './seed-parties.ts'

const AT_ONCE = 10
/** What makes the rating of the demo's facts; the command computes it. */
const FACTORS = { low: [], medium: ['not_face_to_face'], high: ['adverse_media'] } as const

/** Checks of identity as they were completed, by two people, on their own days; one is still being worked on. */
export async function seedKyc(seeding: Seeding): Promise<void> {
  await inParallel(seeding.demo.kyc, AT_ONCE, check => seedCheck(seeding, check))
}

async function seedCheck(seeding: Seeding, check: DemoKyc): Promise<void> {
  const partyId = seeding.parties.get(check.party)
  if (!partyId) throw new Error(`the demo has no party ${check.party}`)
  const then = seeding.on(check.completedOn ?? seeding.demo.today)
  const { methodCode, purposeCode, purpose, riskRating, completedOn } = check
  const opened: { id: Id } = await then.run(
    check.completedBy,
    openKycCommand,
    {
      partyId,
      trigger: check.trigger,
      methodCode,
      purposeCode,
      purpose,
      ratingFactors: FACTORS[riskRating],
      assetIncomeChecked: riskRating === 'high',
    },
    `kyc-${check.party}`,
  )
  const copy = await filePdf(seeding, check.completedBy, {
    key: `kyc-${check.party}`,
    partyId,
    docKind: check.documents.some(document => document.kind === 'registry') ? 'registry' : 'id',
    title: '本人確認書類の写し',
    lines: ['体験版のための見本です。', `確認日 ${check.documents[0]?.seenOn ?? ''}`],
  })
  for (const [at, { kind, issuedOn, seenOn }] of check.documents.entries())
    await then.run(
      check.completedBy,
      addSeenDocumentCommand,
      {
        caseId: opened.id,
        kind,
        issuedOn,
        seenOn,
        documentId: copy,
        ...(kind === 'drivers_licence' ? { issuer: '東京都公安委員会', side: 'both' } : {}),
      },
      `kyc-${check.party}-${at}`,
    )
  const seenOn = check.documents[0]?.seenOn ?? seeding.demo.today
  if (methodCode === 'remote_ic_selfie')
    await then.run(
      check.completedBy,
      recordElectronicCheckCommand,
      {
        caseId: opened.id,
        checkedOn: seenOn,
        provider: '体験版eKYC',
        icReadResult: 'matched',
        faceMatchScore: 942_000,
        liveness: 'passed',
        evidence: [copy],
      },
      `kyc-electronic-${check.party}`,
    )
  if (riskRating === 'high')
    await then.run(
      check.completedBy,
      addSeenDocumentCommand,
      { caseId: opened.id, kind: 'income_proof', seenOn, documentId: copy },
      `kyc-income-${check.party}`,
    )
  if (!completedOn || !check.approvedBy) return
  await then.runByTwo(
    check.completedBy,
    check.approvedBy,
    completeKycCommand,
    {
      caseId: opened.id,
      completedOn,
      change: { reasonCode: 'review', reasonText: '確認書類の原本と申告内容を照合', evidence: [copy] },
    },
    `kyc-complete-${check.party}`,
  )
}
