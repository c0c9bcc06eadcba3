import { addDays, daysBetween } from '../../platform/dates/calendar-date.ts'
import type { IsoDate, IsoInstant } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Yen } from '../../platform/money/yen.ts'
import type { ApplicationDue } from '../applications/index.ts'
import type { CreditFileDue, GuaranteeToJudge } from '../assessment/index.ts'
import type { ContractNotice } from '../contracts/index.ts'
import type { PaperExpiring, PaperQuarantined } from '../documents/index.ts'
import type { LimitationNear } from '../receivables/index.ts'
import type { NewsDue } from '../screening/index.ts'
import { applicationRules } from './application-rules.ts'
import { contactRules } from './contact-rules.ts'
import { creditFileRules } from './credit-file-rules.ts'
import { deadlineRules } from './deadline-rules.ts'
import type { AlertKind } from './labels.ts'
import { newsRules } from './news-rules.ts'
import type { AlertSeverity } from './tables.ts'

/** What the rules look at: one list per kind of fact, read in one transaction. Yen, local dates, instants. */
export interface AlertFacts {
  now: Date
  today: IsoDate
  limits: {
    id: Id
    limitNo: string
    partyId: Id
    partyName: string
    limitYen: Yen
    exposureYen: Yen
    ownerId: Id
  }[]
  /** Bought claims whose day has passed and which are still open beyond the tolerance. */
  overdue: {
    id: Id
    receivableNo: string
    clientId: Id
    clientName: string
    payableOn: IsoDate
    openYen: Yen
  }[]
  waitingRequests: {
    id: Id
    changeNo: string
    summary: string
    subjectPartyId: Id | null
    requestedAt: IsoInstant
  }[]
  /** Accounts in force which stand under more than one company. */
  sharedAccounts: { key: string; lastDigits: string; parties: { id: Id; name: string }[] }[]
  unidentified: { id: Id; paymentNo: string; receivedOn: IsoDate; amountYen: Yen }[]
  kyc: { partyId: Id; partyName: string; dueOn: IsoDate; ownerId: Id }[]
  changes: { id: Id; partyId: Id; sentence: string; dueOn: IsoDate; ownerRole: string; suspended: boolean }[]
  hits: { id: Id; partyId: Id; partyName: string; openSince: IsoInstant; count: number }[]
  /** Released reserves, refunds and clients' shares nobody has asked to pay. */
  repayments: {
    id: Id
    dueNo: string
    what: string
    partyId: Id
    partyName: string
    leftYen: Yen
    decidedAt: IsoInstant
  }[]
  /** Reports, security, reviews and watch states that run out within the days the company's rules announce. */
  creditFile: CreditFileDue[]
  /** Living persons' guarantees for clients which compliance has not looked at. */
  guarantees: GuaranteeToJudge[]
  /** Contacts made against a rule, which compliance judges; those for compliance alone are not among them. */
  blockedContacts: {
    id: Id
    communicationNo: string
    partyId: Id
    partyName: string
    sentences: string[]
    recordedAt: IsoInstant
  }[]
  /** Open inquiries whose next deadline by the business clock is near or past. */
  inquiries: {
    id: Id
    inquiryNo: string
    partyId: Id | null
    category: string
    what: 'first_answer' | 'resolution'
    dueAt: IsoInstant
    ownerId: Id | null
  }[]
  /** Open incidents with the next day on which something must be done. */
  incidents: { id: Id; incidentNo: string; partyId: Id | null; what: string; dueOn: IsoDate; ownerId: Id }[]
  /** Open applications: clocks that run out, documents owed for long, quotes that run out. */
  applications: ApplicationDue[]
  /** Open bought claims that lapse by limitation within the notice, or have lapsed. */
  limitations: LimitationNear[]
  /** Contracts in force whose last day of giving notice is near or past. */
  contractNotices: ContractNotice[]
  /** Papers that expire within the notice or have expired, with no later one of their kind. */
  papers: PaperExpiring[]
  quarantined: PaperQuarantined[]
  /** Parties dealt with whose searches of news are missing, late or near their day. */
  news: NewsDue[]
  /** What the newest proof of the books found to differ. */
  books: { proofId: Id; count: number; first: string; provedAt: IsoInstant } | null
  oldestUnsealedAt: IsoInstant | null
}

/** One thing a rule found. The same dedupe key means the same facts. */
export interface FoundAlert {
  kind: AlertKind
  severity: AlertSeverity
  ruleCode: string
  ruleVersion: number
  subject: { kind: string; id: Id }
  partyId: Id | null
  sentence: string
  dedupeKey: string
  ownerId: Id | null
  ownerRole: string
  dueOn: IsoDate
}

export interface AlertRule {
  code: string
  version: number
  /** Where the rule comes from. */
  source: string
  find(facts: AlertFacts): Omit<FoundAlert, 'ruleCode' | 'ruleVersion'>[]
}

/** Days before a due check of a customer at which somebody is told (JR §9: reviews are announced a month ahead). */
export const KYC_NOTICE_DAYS = 30
/** Hours a change request may wait before its approvers' manager is told. */
export const APPROVAL_HOURS = 24
/** Days a decided repayment may wait before whoever pays is told; after as many again it is critical. */
export const REPAYMENT_DAYS = 3
export const LIMIT_WARNING_PERCENT = 80
/** Unsealed for longer is a failure (architecture, Trail). */
export const UNSEALED_SECONDS = 60
/** No record stands behind an alert about the trail itself. */
export const TRAIL_ID: Id = '00000000-0000-7000-8000-0000000000a0'

const HOUR_MS = 3_600_000
const yenText = (yen: Yen) => `${yen.toLocaleString('ja-JP')}円`

const limitUse: AlertRule = {
  code: 'limit_use_must_stay_below_warning',
  version: 1,
  source: 'FF §4.8; DD group 5, breach',
  find: ({ limits, today }) =>
    limits.flatMap(limit => {
      const exceeded = limit.exposureYen > limit.limitYen
      if (!exceeded && limit.exposureYen * 100 < limit.limitYen * LIMIT_WARNING_PERCENT) return []
      if (limit.exposureYen === 0) return []
      const state = exceeded ? 'を超過しています' : `の${LIMIT_WARNING_PERCENT}%以上を使用しています`
      return [
        {
          kind: 'limit_use' as const,
          severity: exceeded ? ('critical' as const) : ('warning' as const),
          subject: { kind: 'credit_limit', id: limit.id },
          partyId: limit.partyId,
          sentence: `${limit.partyName} の与信枠 ${limit.limitNo}（${yenText(limit.limitYen)}）${state}`,
          dedupeKey: `limit_use:${limit.id}`,
          ownerId: null,
          ownerRole: 'reviewer',
          dueOn: exceeded ? today : addDays(today, 7),
        },
      ]
    }),
}

const overdueClaim: AlertRule = {
  code: 'claim_must_be_paid_by_its_day',
  version: 1,
  source: 'FF §3 receivable, overdue; DD group 8, payable_on',
  find: ({ overdue, today }) =>
    overdue.map(claim => ({
      kind: 'overdue' as const,
      severity: daysBetween(claim.payableOn, today) > 30 ? ('critical' as const) : ('warning' as const),
      subject: { kind: 'receivable', id: claim.id },
      partyId: claim.clientId,
      sentence: `${claim.clientName} の債権 ${claim.receivableNo} は回収期日 ${claim.payableOn} を過ぎて ${yenText(claim.openYen)} が未回収です`,
      dedupeKey: `overdue:${claim.id}`,
      ownerId: null,
      ownerRole: 'collector',
      dueOn: addDays(claim.payableOn, 1),
    })),
}

const waitingApproval: AlertRule = {
  code: 'request_must_be_decided_within_a_day',
  version: 1,
  source: 'DD group 12, change_request; house rule: 24 hours',
  find: ({ waitingRequests, now }) =>
    waitingRequests
      .filter(request => now.getTime() - Date.parse(request.requestedAt) > APPROVAL_HOURS * HOUR_MS)
      .map(request => ({
        kind: 'approval_waiting' as const,
        severity: 'warning' as const,
        subject: { kind: 'change_request', id: request.id },
        partyId: request.subjectPartyId,
        sentence:
          `申請 ${request.changeNo}「${request.summary}」が ${APPROVAL_HOURS} 時間以上決裁されていません`.slice(
            0,
            500,
          ),
        dedupeKey: `approval_waiting:${request.id}`,
        ownerId: null,
        ownerRole: 'manager',
        dueOn: addDays(todayInTokyo(new Date(request.requestedAt)), 1),
      })),
}

const sharedAccount: AlertRule = {
  code: 'account_must_belong_to_one_party',
  version: 1,
  source: 'DD group 6, owner_party; DD checks, 4',
  find: ({ sharedAccounts, today }) =>
    sharedAccounts.flatMap(({ key, lastDigits, parties }) =>
      parties.map(party => {
        const others = parties.filter(other => other.id !== party.id).map(other => other.name)
        return {
          kind: 'shared_account' as const,
          severity: 'warning' as const,
          subject: { kind: 'party', id: party.id },
          partyId: party.id,
          sentence:
            `${party.name} の口座（末尾 ${lastDigits}）は ${others.join('、')} でも使われています`.slice(
              0,
              500,
            ),
          dedupeKey: `shared_account:${key}:${party.id}`,
          ownerId: null,
          ownerRole: 'compliance',
          dueOn: addDays(today, 3),
        }
      }),
    ),
}

const unidentifiedDeposit: AlertRule = {
  code: 'deposit_must_be_identified',
  version: 1,
  source: 'FF §3 payment, unidentified',
  find: ({ unidentified, today }) =>
    unidentified.map(deposit => ({
      kind: 'deposit_unidentified' as const,
      severity: daysBetween(deposit.receivedOn, today) > 7 ? ('critical' as const) : ('warning' as const),
      subject: { kind: 'payment_in', id: deposit.id },
      partyId: null,
      sentence: `${deposit.receivedOn} の入金 ${deposit.paymentNo}（${yenText(deposit.amountYen)}）の支払人が分かっていません`,
      dedupeKey: `deposit_unidentified:${deposit.id}`,
      ownerId: null,
      ownerRole: 'accounting',
      dueOn: addDays(deposit.receivedOn, 3),
    })),
}

const kycDue: AlertRule = {
  code: 'customer_must_be_checked_before_due',
  version: 1,
  source: 'DD group 4, kyc due; JR §3',
  find: ({ kyc, today }) =>
    kyc
      .filter(check => daysBetween(today, check.dueOn) <= KYC_NOTICE_DAYS)
      .map(check => {
        const late = check.dueOn < today
        return {
          kind: 'kyc_due' as const,
          severity: late ? ('critical' as const) : ('warning' as const),
          subject: { kind: 'party', id: check.partyId },
          partyId: check.partyId,
          sentence: `${check.partyName} の本人確認は見直し期限 ${check.dueOn} ${late ? 'を過ぎています（買取は停止されます）' : 'までに更新が必要です'}`,
          dedupeKey: `kyc_due:${check.partyId}:${check.dueOn}`,
          ownerId: check.ownerId,
          ownerRole: 'compliance',
          dueOn: check.dueOn,
        }
      }),
}

const screeningOpen: AlertRule = {
  code: 'hit_must_be_judged',
  version: 1,
  source: 'DD group 4, screening; JR §3',
  find: ({ hits }) =>
    hits.map(open => ({
      kind: 'screening_open' as const,
      severity: 'critical' as const,
      subject: { kind: 'party', id: open.partyId },
      partyId: open.partyId,
      sentence: `${open.partyName} に関する反社・制裁の該当候補 ${open.count} 件が判断待ちです`,
      dedupeKey: `screening_open:${open.id}`,
      ownerId: null,
      ownerRole: 'compliance',
      dueOn: addDays(todayInTokyo(new Date(open.openSince)), 1),
    })),
}

const waitingRepayment: AlertRule = {
  code: 'repayment_must_be_asked_for',
  version: 1,
  source:
    'FF §2 F1 step 12, §4.4: what is released or received too much belongs to the client; house rule: 3 days',
  find: ({ repayments, today }) =>
    repayments.flatMap(due => {
      const dueOn = addDays(todayInTokyo(new Date(due.decidedAt)), REPAYMENT_DAYS)
      if (today < dueOn) return []
      return [
        {
          kind: 'repayment_waiting' as const,
          severity: daysBetween(dueOn, today) > REPAYMENT_DAYS ? ('critical' as const) : ('warning' as const),
          subject: { kind: 'payout_due', id: due.id },
          partyId: due.partyId,
          sentence: `${due.partyName} への${due.what} ${due.dueNo}（${yenText(due.leftYen)}）の支払が依頼されていません`,
          dedupeKey: `repayment_waiting:${due.id}`,
          ownerId: null,
          ownerRole: 'operations',
          dueOn,
        },
      ]
    }),
}

const customerChanged: AlertRule = {
  code: 'sign_of_change_must_be_judged',
  version: 1,
  source: 'JR §1.3, Reaction; docs of changewatch',
  find: ({ changes, today }) =>
    changes.map(change => ({
      kind: 'customer_changed' as const,
      severity: change.suspended || change.dueOn < today ? ('critical' as const) : ('warning' as const),
      subject: { kind: 'change_review', id: change.id },
      partyId: change.partyId,
      sentence: `${change.sentence}${change.suspended ? '（与信枠を停止しました）' : ''}`.slice(0, 500),
      dedupeKey: `customer_changed:${change.id}`,
      ownerId: null,
      ownerRole: change.ownerRole,
      dueOn: change.dueOn,
    })),
}

const unsealedTrail: AlertRule = {
  code: 'trail_must_be_sealed_within_a_minute',
  version: 1,
  source: 'docs/architecture.md, Trail',
  find: ({ oldestUnsealedAt, now, today }) =>
    oldestUnsealedAt !== null && now.getTime() - Date.parse(oldestUnsealedAt) > UNSEALED_SECONDS * 1000
      ? [
          {
            kind: 'trail_unsealed' as const,
            severity: 'critical' as const,
            subject: { kind: 'trail', id: TRAIL_ID },
            partyId: null,
            sentence: `監査証跡の封印が ${UNSEALED_SECONDS} 秒以上止まっています。サーバーの状態を確認してください`,
            dedupeKey: 'trail_unsealed',
            ownerId: null,
            ownerRole: 'administrator',
            dueOn: today,
          },
        ]
      : [],
}

const booksDiffer: AlertRule = {
  code: 'books_must_be_equal',
  version: 1,
  source: 'docs/architecture.md, Money; FF §4.8',
  find: ({ books }) =>
    books
      ? [
          {
            kind: 'books_differ' as const,
            severity: 'critical' as const,
            subject: { kind: 'book_proof', id: books.proofId },
            partyId: null,
            sentence: `帳簿の照合で ${books.count} 件の不一致があります：${books.first}`,
            dedupeKey: 'books_differ',
            ownerId: null,
            ownerRole: 'accounting',
            dueOn: todayInTokyo(new Date(books.provedAt)),
          },
        ]
      : [],
}

export const alertRules: readonly AlertRule[] = [
  limitUse,
  overdueClaim,
  waitingApproval,
  sharedAccount,
  unidentifiedDeposit,
  kycDue,
  screeningOpen,
  waitingRepayment,
  customerChanged,
  ...creditFileRules,
  booksDiffer,
  unsealedTrail,
  ...contactRules,
  ...applicationRules,
  ...deadlineRules,
  ...newsRules,
]

/** Everything the rules find in the facts, each with the rule that found it. */
export function findAlerts(facts: AlertFacts): FoundAlert[] {
  return alertRules.flatMap(rule =>
    rule.find(facts).map(found => ({ ...found, ruleCode: rule.code, ruleVersion: rule.version })),
  )
}
