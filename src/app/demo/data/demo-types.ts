import type { PaymentTerm } from '../../../../bench/generate/book-terms.ts'
import type { Branch, CompanyBankAccount } from '../../../../bench/generate/company.ts'
import type { CompanyPerson } from '../../../../bench/generate/people.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Ppm, Yen } from '../../../platform/money/yen.ts'

export type DemoRole =
  | 'sales'
  | 'reviewer'
  | 'approver'
  | 'operations'
  | 'collector'
  | 'compliance'
  | 'accounting'
  | 'manager'
  | 'auditor'
  | 'administrator'
  | 'contractor'

/** The part of an e-mail address before @demo.example; names a staff member everywhere in the demo. */
export type StaffKey = DemoRole | 'administrator2'

export type DemoStaff = {
  key: StaffKey
  name: string
  kana: string
  email: string
  roles: DemoRole[]
  team: string
  /** Contractors leave by themselves; they see their assigned customers only. */
  endsOn: IsoDate | null
  assignedParties: string[]
}

export type DemoPartyRole = 'client' | 'debtor' | 'guarantor' | 'group_member' | 'broker' | 'funder'

/** One company of the demo; `basics` has the shape which the registration of a party takes. */
export type DemoParty = {
  /** client-01, debtor-real-001, debtor-001, member-01 …: other facts refer to it. */
  key: string
  roles: DemoPartyRole[]
  partyKind: 'corporation' | 'sole_proprietor' | 'public_body'
  stage: 'prospect' | 'applied' | 'active'
  legalName: string
  basics: {
    legalNameKana: string | null
    legalNameEn: string | null
    tradeName: string | null
    corporateNumber: string | null
    invoiceRegNo: string | null
    industryCode: string | null
    businessSummary: string | null
    establishedOn: IsoDate | null
    capitalYen: Yen | null
    employees: number | null
    annualSalesYen: Yen | null
    fiscalYearEnd: string | null
    postalCode: string | null
    address: string | null
    phone: string | null
    website: string | null
    emailDomain: string | null
  }
  legalForm: string
  legalFormPosition: 'prefix' | 'suffix' | 'none'
  formerNames: { name: string; kana: string | null; from: IsoDate | null; to: IsoDate | null }[]
  branches: Branch[]
  people: CompanyPerson[]
  account:
    | (CompanyBankAccount & {
        verification: 'document' | 'small_deposit_test' | null
        verifiedOn: IsoDate | null
      })
    | null
  owner: StaffKey
  /** A corporation of the public EDINET list. */
  isReal: boolean
  /** What the demo shows by this company, in Japanese; null for the crowd. */
  story: string | null
}

export type DemoKyc = {
  party: string
  trigger: 'onboarding' | 'periodic'
  methodCode: string
  documents: { kind: string; issuedOn: IsoDate; seenOn: IsoDate }[]
  purposeCode: string
  purpose: string | null
  riskRating: 'low' | 'medium' | 'high'
  completedOn: IsoDate | null
  nextReviewOn: IsoDate | null
  completedBy: StaffKey
  approvedBy: StaffKey | null
  /** As of today; due_soon = within 30 days. */
  state: 'current' | 'due_soon' | 'overdue' | 'in_progress'
}

export type DemoLimit = {
  key: string
  limitKind: 'client' | 'debtor' | 'group' | 'pair' | 'concentration'
  /** Parties concerned: one, or client and debtor of a pair, or the head of a group. */
  subjects: string[]
  term: 'permanent' | 'temporary'
  limitYen: Yen | null
  limitPpm: Ppm | null
  assessedOn: IsoDate
  inForceFrom: IsoDate
  inForceTo: IsoDate
  grounds: string
  requestedBy: StaffKey
  approvedBy: StaffKey
  state: 'in_force' | 'suspended' | 'superseded' | 'lapsed'
  suspendedOn: IsoDate | null
  suspendedReason: string | null
}

export type DemoContract = {
  contractNo: string
  party: string
  contractKind: 'master'
  legalKind: 'two_party' | 'three_party'
  collectionRoute: 'client_remits' | 'dedicated_account' | 'debtor_direct'
  feePpm: Ppm
  feeMinimumYen: Yen
  advancePpm: Ppm
  remitBankDays: number
  lateRatePpm: Ppm
  executedOn: IsoDate
  endsOn: IsoDate
}

/** A commanded step of a claim; what follows from money and days (due, collected, overdue …) is derived. */
export type DemoStep = { on: IsoDate; to: string; by: StaffKey; reason: string | null }

export type DemoReceivable = {
  key: string
  client: string
  debtor: string
  contractNo: string
  receivableKind: 'invoice' | 'purchase_order' | 'medical' | 'care'
  invoiceNo: string
  issuedOn: IsoDate
  dueOn: IsoDate
  dueOnRolled: IsoDate
  payableOn: IsoDate
  paymentTerm: PaymentTerm
  netOfTaxYen: Yen
  taxRatePpm: Ppm
  taxYen: Yen
  faceYen: Yen
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  steps: DemoStep[]
  /** Three-party deals: the day the notice of assignment arrived. */
  noticeDeliveredOn: IsoDate | null
  reserveReleasedOn: IsoDate | null
  /** State as of today, derived by the generator for checking the seed. */
  state: string
  /** Settled by deposits which are already applied. */
  collectedYen: Yen
  /** The claim offered a second time: the key of the first. */
  sameClaimAs: string | null
}

export type DemoPurchase = {
  key: string
  client: string
  contractNo: string
  purchasedOn: IsoDate
  paidOn: IsoDate | null
  receivables: string[]
  purchasedYen: Yen
  advanceYen: Yen
  reserveYen: Yen
  feeYen: Yen
  netYen: Yen
  requestedBy: StaffKey
  approvedBy: StaffKey
}

export type DemoDeposit = {
  key: string
  depositedOn: IsoDate
  amountYen: Yen
  senderKana: string
  bankCode: string
  bankKana: string
  branchCode: string
  branchKana: string
  edi: string
  kind: 'exact' | 'minus_fee' | 'lump' | 'part' | 'other_name' | 'unidentified'
  parts: { receivable: string; amountYen: Yen }[]
  /** Null: it stands in the statement that the visitor imports. */
  appliedOn: IsoDate | null
}

/** A holding between companies of the demo. */
export type DemoHolding = { holder: string; held: string; sharePpm: Ppm }

/** Something that waits for a second person or a colleague on the first day. */
export type DemoWaiting = {
  kind: 'account_change' | 'screening_verdict' | 'merge_candidate' | 'double_assignment' | 'limit_raise'
  parties: string[]
  requestedBy: StaffKey
  text: string
}
