import { z } from 'zod'
import {
  changeReason,
  command,
  dealYen,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { kycRefusals } from './labels.ts'
import { documentKindCodes, methodCodes, ratingFactorCodes } from './rules.ts'
import { documentSides, icReadResults, kycTriggers, livenesses, riskRatings } from './tables.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const refusals = kycRefusals

const checkInput = {
  methodCode: z.enum(methodCodes),
  /** One of the company's purposes, or `other`, which must be told in `purpose`. */
  purposeCode: text(40),
  purpose: text(200).nullish(),
  businessContent: text(1000).nullish(),
  ratingFactors: z.array(z.enum(ratingFactorCodes)).max(ratingFactorCodes.length).default([]),
  assetIncomeChecked: z.boolean().default(false),
  /** How much one transaction moves at most; null: not declared, then the largest sum is reckoned with. */
  expectedYen: dealYen.min(0).nullish(),
}

export const openCase = command({
  name: 'kyc.openCase',
  path: '/api/parties/:partyId/kyc/open',
  summary:
    'Starts a check of identity; the rating follows from the factors. A completed check stays in force meanwhile.',
  permission: 'kyc.check',
  input: z.object({ partyId: id, trigger: z.enum(kycTriggers), ...checkInput }),
  output: z.object({ id, caseNo: z.string(), riskRating: z.enum(riskRatings) }),
  refusals,
})

export const changeCase = command({
  name: 'kyc.changeCase',
  path: '/api/kyc-cases/:caseId/change',
  summary: 'Changes method, purpose and rating factors of a check that is being worked on.',
  permission: 'kyc.check',
  input: z.object({ caseId: id, rowVersion: z.number().int(), ...checkInput }),
  output: z.object({ id, riskRating: z.enum(riskRatings) }),
  refusals,
})

export const addSeenDocument = command({
  name: 'kyc.addDocument',
  path: '/api/kyc-cases/:caseId/documents/add',
  summary: 'Records a document that was seen; its number is encrypted. A マイナンバー is refused.',
  permission: 'kyc.check',
  input: z.object({
    caseId: id,
    kind: z.enum(documentKindCodes),
    personId: id.nullish(),
    issuer: text(100).nullish(),
    number: text(40).nullish(),
    issuedOn: isoDate.nullish(),
    expiresOn: isoDate.nullish(),
    seenOn: isoDate,
    /** Which side was kept, of a card with two. */
    side: z.enum(documentSides).nullish(),
    /** Numbers that are never kept were made unreadable on the file. */
    masked: z.boolean().default(false),
    documentId: id.nullish(),
  }),
  output: z.object({ id }),
  refusals,
})

export const recordElectronicCheck = command({
  name: 'kyc.recordElectronicCheck',
  path: '/api/kyc-cases/:caseId/electronic-checks/record',
  summary:
    'Records what an IC chip, an electronic signature, a selfie or a bank said; of each person the newest counts. Which parts are needed follows from the method.',
  permission: 'kyc.check',
  input: z.object({
    caseId: id,
    personId: id.nullish(),
    checkedOn: isoDate,
    provider: text(100).nullish(),
    icReadResult: z.enum(icReadResults).nullish(),
    signatureValid: z.boolean().nullish(),
    revocationCheckedAt: z.iso.datetime({ offset: true }).nullish(),
    /** Parts per million. */
    faceMatchScore: z.number().int().min(0).max(1_000_000).nullish(),
    liveness: z.enum(livenesses).nullish(),
    bankConfirmed: z.boolean().nullish(),
    evidence: z.array(id).max(10).default([]),
  }),
  output: z.object({ id }),
  refusals,
})

export const recordMail = command({
  name: 'kyc.recordMail',
  path: '/api/kyc-cases/:caseId/mail',
  summary: 'Records mail of a check: sent, delivered or returned. Returned mail reopens a completed check.',
  permission: 'kyc.check',
  input: z.object({
    caseId: id,
    mailKind: z.enum(['not_forwarded', 'restricted']),
    sentOn: isoDate,
    tracking: text(40).nullish(),
    result: z.enum(['sent', 'delivered', 'returned']),
  }),
  output: z.object({ id, state: z.string() }),
  refusals,
})

export const completeCase = command({
  name: 'kyc.completeCase',
  path: '/api/kyc-cases/:caseId/complete',
  summary:
    'Completes a check; always decided by a second person. The review date follows from risk and documents.',
  permission: 'kyc.check',
  critical: 'always',
  input: z.object({ caseId: id, completedOn: isoDate, change: changeReason }),
  output: z.object({ id, nextReviewOn: isoDate }),
  refusals,
})

export const failCase = command({
  name: 'kyc.failCase',
  path: '/api/kyc-cases/:caseId/fail',
  summary: 'Ends a check without success; the party stays blocked until another one is completed.',
  permission: 'kyc.check',
  input: z.object({ caseId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ id }),
  refusals,
})

export const grantException = command({
  name: 'kyc.grantException',
  path: '/api/parties/:partyId/kyc/exception',
  summary:
    'Lets purchases go on after the review date until an end date, at most 90 days on; compliance decides.',
  permission: 'kyc.check',
  critical: 'always',
  input: z.object({ partyId: id, until: isoDate, change: changeReason }),
  output: z.object({ id, until: isoDate }),
  refusals,
})

export const reviewState = z.enum([
  'none',
  'in_progress',
  'current',
  'due_soon',
  'overdue',
  'excepted',
  'failed',
])

const seenDocument = z.object({
  id,
  kind: z.enum(documentKindCodes),
  person: z.object({ id, name: z.string() }).nullable(),
  issuer: z.string().nullable(),
  numberLast: z.string().nullable(),
  issuedOn: z.string().nullable(),
  expiresOn: z.string().nullable(),
  seenOn: z.string(),
  seenBy: z.string(),
  side: z.enum(documentSides).nullable(),
  masked: z.boolean(),
  /** The file of the copy; null: none was kept. */
  documentId: id.nullable(),
})
export type SeenDocument = z.infer<typeof seenDocument>

const electronicCheck = z.object({
  id,
  person: z.object({ id, name: z.string() }).nullable(),
  checkedOn: z.string(),
  provider: z.string().nullable(),
  icReadResult: z.enum(icReadResults).nullable(),
  signatureValid: z.boolean().nullable(),
  revocationCheckedAt: z.string().nullable(),
  faceMatchScore: z.number().int().nullable(),
  /** The company's threshold when it was recorded. */
  faceThresholdPpm: z.number().int().nullable(),
  liveness: z.enum(livenesses).nullable(),
  bankConfirmed: z.boolean().nullable(),
  evidence: z.array(id),
  recordedBy: z.string(),
  recordedAt: z.string(),
  /** Whether it is the newest of its person. */
  counts: z.boolean(),
})
export type ElectronicCheck = z.infer<typeof electronicCheck>

const kycCase = z.object({
  id,
  rowVersion: z.number().int(),
  caseNo: z.string(),
  /** The record of a merged company it was made for; null for a company of one record. */
  recordNo: z.string().nullable(),
  trigger: z.enum(kycTriggers),
  methodCode: z.enum(methodCodes),
  letter: z.string(),
  /** Null: from before purposes were a choice. */
  purposeCode: z.string().nullable(),
  /** The choice in the words it had when it was made; null: told in `purpose` alone. */
  purposeLabel: z.string().nullable(),
  purpose: z.string().nullable(),
  businessContent: z.string().nullable(),
  riskRating: z.enum(riskRatings),
  ratingFactors: z.array(z.enum(ratingFactorCodes)),
  assetIncomeChecked: z.boolean(),
  expectedYen: z.number().nullable(),
  /** Under which regime it was begun; null: before it was noted. */
  regime: z.enum(['statutory', 'voluntary']).nullable(),
  mail: z
    .object({
      kind: z.enum(['not_forwarded', 'restricted']),
      sentOn: z.string(),
      tracking: z.string().nullable(),
      result: z.enum(['sent', 'delivered', 'returned']),
    })
    .nullable(),
  state: z.enum(['in_progress', 'completed', 'reopened', 'failed']),
  inForce: z.boolean(),
  openedBy: z.string(),
  openedAt: z.string(),
  completedOn: z.string().nullable(),
  completedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  /** 確認記録: when it was made. */
  recordCreatedAt: z.string().nullable(),
  nextReviewOn: z.string().nullable(),
  exceptionUntil: z.string().nullable(),
  exceptionReason: z.string().nullable(),
  exceptionRequestId: id.nullable(),
  documents: z.array(seenDocument),
  /** Oldest first; of each person the newest counts. */
  electronicChecks: z.array(electronicCheck),
  /** What still stands against completing it today; empty for cases that are done. */
  missing: z.array(z.object({ code: z.string(), sentence: z.string() })),
})
export type KycCase = z.infer<typeof kycCase>

export const kycOfParty = query({
  name: 'kyc.kycOfParty',
  path: '/api/parties/:partyId/kyc',
  summary:
    'The checks of one party, newest first, with documents seen (numbers masked) and what is still missing.',
  permission: 'kyc.read',
  sight: 'open',
  input: z.object({ partyId: id }),
  output: z.object({
    partyKind: z.enum(['corporation', 'sole_proprietor', 'public_body', 'unincorporated']),
    /** What may be given as purpose today, beside `other`. */
    purposesOffered: z.array(z.object({ code: z.string(), label: z.string() })),
    reviewState,
    nextReviewOn: z.string().nullable(),
    /** Years from the end of the contracts; null date: they still stand. */
    retentionYears: z.number().int(),
    retentionUntil: z.string().nullable(),
    cases: z.array(kycCase),
  }),
})

export const unmaskDocument = query({
  name: 'kyc.unmaskDocument',
  method: 'POST',
  path: '/api/kyc-documents/:documentId/unmask',
  summary: 'The number of one document, for a stated reason which is recorded.',
  permission: 'parties.seeSensitive',
  sight: 'unmask',
  input: z.object({ documentId: id, reason: z.string().trim().min(5).max(500) }),
  output: z.object({ number: z.string().nullable() }),
})

const dueRow = z.object({
  partyId: id,
  partyNo: z.string(),
  legalName: z.string(),
  owner: z.string(),
  riskRating: z.enum(riskRatings).nullable(),
  reviewState,
  nextReviewOn: z.string().nullable(),
  exceptionUntil: z.string().nullable(),
  working: z.boolean(),
})
export type DueRow = z.infer<typeof dueRow>

export const listDue = query({
  name: 'kyc.listDue',
  path: '/api/kyc/due',
  summary: 'Clients by the day their check must be renewed, the most overdue first.',
  permission: 'kyc.read',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(['current', 'due_soon', 'overdue'])),
    rating: listOf(z.enum(riskRatings)),
    mine: z.stringbool().default(false),
  }),
  output: pageOf(dueRow),
})

export const dueCalendar = query({
  name: 'kyc.dueCalendar',
  path: '/api/kyc/calendar',
  summary: 'How many checks are due on each day of a month, with the numbers overdue and due within 30 days.',
  permission: 'kyc.read',
  sight: null,
  input: z.object({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) }),
  output: z.object({
    days: z.array(z.object({ day: z.string(), due: z.number().int() })),
    overdue: z.number().int(),
    dueSoon: z.number().int(),
    excepted: z.number().int(),
    unchecked: z.number().int(),
  }),
})
