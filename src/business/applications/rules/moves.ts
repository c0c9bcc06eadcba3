import type { Reason } from '../../../platform/commands/refusal.ts'
import type { ApplicationState, StoredState } from './states.ts'

/** A linked claim as the rules of an application look at it. */
export interface ClaimFacts {
  receivableNo: string
  /** The step that stands in the claim's table. */
  state: string
  duplicateResult: string
  contractId: string | null
  bought: boolean
}

/** What the guards of an application look at; what other slices have against the deal comes as their own reasons. */
export interface MoveFacts {
  claims: readonly ClaimFacts[]
  /** Titles of the documents the client still owes. */
  owed: readonly string[]
  /** The person who decides had drafted the application. */
  deciderDrafted: boolean
  quote: { state: string; expired: boolean; contractId: string } | null
  /** Of every subject of the deal, debtors included (JR §3.12). */
  screening: readonly Reason[]
  /** What its plan has against the client and the claims. */
  plan: readonly Reason[]
  /** No limit in force, or a suspended one, of the client or a debtor. */
  limits: readonly Reason[]
  /** Identity, screening, watch status and payee account, as the purchase asks them. */
  deal: readonly Reason[]
  /** The contract of the accepted quote is not executed or not in force. */
  contract: readonly Reason[]
  /** The limits no longer hold the approved claims. */
  headroom: readonly Reason[]
}

interface Guard {
  code: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  hinders(facts: MoveFacts): readonly Reason[]
}

const ENDED_CLAIMS = ['rejected', 'withdrawn', 'lapsed', 'rescinded', 'closed']
/** Claims that still count: not ended. */
export const standing = <T extends { state: string }>(claims: readonly T[]): T[] =>
  claims.filter(claim => !ENDED_CLAIMS.includes(claim.state))

const names = (claims: readonly ClaimFacts[]) => claims.map(claim => claim.receivableNo).join('、')
const only = (code: string, holds: boolean): Reason[] => (holds ? [] : [{ code }])

const claimsLinked: Guard = {
  code: 'claims_must_be_linked',
  sentence: 'Without a claim there is nothing to judge (FF §2, F1).',
  hinders: ({ claims }) => only('claims_must_be_linked', standing(claims).length > 0),
}
const documentsThere: Guard = {
  code: 'documents_must_be_there',
  sentence: 'What the checklist asks is received, or waived by somebody with a reason (FF §2, F1 step 3).',
  hinders: ({ owed }) =>
    owed.length === 0
      ? []
      : [{ code: 'documents_must_be_there', message: `提出書類が揃っていません：${owed.join('、')}。` }],
}
const documentsOwed: Guard = {
  code: 'document_must_be_owed',
  sentence: 'The client is waited for only while it owes something (FF §7, clocks).',
  hinders: ({ owed }) => only('document_must_be_owed', owed.length > 0),
}
const decidedByAnother: Guard = {
  code: 'drafter_must_not_decide',
  sentence: 'Over one deal, who registered does not decide (DD group 12).',
  hinders: ({ deciderDrafted }) => only('drafter_must_not_decide', !deciderDrafted),
}
const claimsVerified: Guard = {
  code: 'claims_must_be_verified',
  sentence: 'A price is named only for claims whose evidence was checked (FF §2, F1 steps 6 and 7).',
  hinders({ claims }) {
    const open = standing(claims).filter(claim => !['verified', 'approved'].includes(claim.state))
    return open.length === 0
      ? []
      : [
          {
            code: 'claims_must_be_verified',
            message: `内容の確認が済んでいない債権があります：${names(open)}。`,
          },
        ]
  },
}
const noOpenDuplicate: Guard = {
  code: 'duplicate_must_be_judged',
  sentence: 'No open suspicion of a double assignment (FF §3, in_review→quoted).',
  hinders({ claims }) {
    const open = standing(claims).filter(claim => ['suspect', 'confirmed'].includes(claim.duplicateResult))
    return open.length === 0
      ? []
      : [
          {
            code: 'duplicate_must_be_judged',
            message: `二重譲渡の疑いの判断が済んでいません：${names(open)}。`,
          },
        ]
  },
}
const screened: Guard = {
  code: 'subject_must_be_screened',
  sentence:
    'Every subject, debtors included, is cleared or conditional and not stale (FF §3, in_review→quoted; JR §3.12).',
  hinders: ({ screening }) => screening,
}
const limitsInForce: Guard = {
  code: 'limit_must_be_in_force',
  sentence: 'Debtor and client limits are in force (FF §3, in_review→quoted).',
  hinders: ({ limits }) => limits,
}
const withinPlan: Guard = {
  code: 'plan_must_cover_the_kind',
  sentence:
    'The client, the kinds of the claims and their remaining days are within the plan (FF §2, F1 step 2; §3, in_review→quoted); the fee is measured with the price.',
  hinders: ({ plan }) => plan,
}
const quoteOpen: Guard = {
  code: 'quote_must_be_open',
  sentence: 'Only an offered quote that has not run out is accepted (DD group 13, quote).',
  hinders: ({ quote }) =>
    quote === null || quote.state !== 'offered'
      ? [{ code: 'quote_must_be_open' }]
      : only('quote_must_not_be_expired', !quote.expired),
}
const contractExecuted: Guard = {
  code: 'contract_must_be_executed',
  sentence: 'The contract the quote rests on is executed and in force (FF §3, contracting→ready_to_fund).',
  hinders: ({ contract }) => contract,
}
const claimsApproved: Guard = {
  code: 'claims_must_be_approved',
  sentence:
    'Every claim is approved under the contract of the quote, so that the limits hold it (FF §3, headroom).',
  hinders({ claims, quote }) {
    const open = standing(claims).filter(
      claim => claim.state !== 'approved' || (quote !== null && claim.contractId !== quote.contractId),
    )
    return open.length === 0
      ? []
      : [
          {
            code: 'claims_must_be_approved',
            message: `見積の契約で承認されていない債権があります：${names(open)}。`,
          },
        ]
  },
}
const dealInOrder: Guard = {
  code: 'kyc_must_be_completed',
  sentence:
    'Identity is checked and current, nobody unscreened or stopped, the payee is the verified account of the client (FF §3).',
  hinders: ({ deal }) => deal,
}
const headroomLeft: Guard = {
  code: 'limit_must_cover_the_purchase',
  sentence: 'Headroom covers the advance, the deal itself left out (FF §3, headroom; §4.8).',
  hinders: ({ headroom }) => headroom,
}
const nothingBought: Guard = {
  code: 'claims_must_not_be_bought',
  sentence: 'Back to contracting only before the purchase (FF §3, ready_to_fund→contracting).',
  hinders: ({ claims }) => only('claims_must_not_be_bought', !standing(claims).some(claim => claim.bought)),
}
const nothingStands: Guard = {
  code: 'claims_must_be_ended_first',
  sentence:
    'Cancelled once its payout is cancelled and its claims are rescinded (FF §3, ready_to_fund→cancelled).',
  hinders: ({ claims }) => only('claims_must_be_ended_first', !standing(claims).some(claim => claim.bought)),
}

/** Which guards stand before which step (FF §3, Guards that matter most); a step that is not named has none. */
export const guards: Readonly<
  Partial<Record<ApplicationState, Partial<Record<StoredState, readonly Guard[]>>>>
> = {
  submitted: { docs_pending: [documentsOwed], screening: [claimsLinked, documentsThere] },
  docs_pending: { screening: [claimsLinked, documentsThere] },
  screening: {
    in_review: [claimsLinked, documentsThere, screened],
    docs_pending: [documentsOwed],
    rejected: [decidedByAnother],
  },
  in_review: {
    quoted: [
      decidedByAnother,
      claimsLinked,
      documentsThere,
      claimsVerified,
      withinPlan,
      noOpenDuplicate,
      screened,
      limitsInForce,
    ],
    docs_pending: [documentsOwed],
    rejected: [decidedByAnother],
  },
  quoted: { accepted: [quoteOpen] },
  contracting: {
    ready_to_fund: [
      contractExecuted,
      claimsLinked,
      claimsApproved,
      noOpenDuplicate,
      dealInOrder,
      headroomLeft,
    ],
    quoted: [decidedByAnother, claimsLinked, withinPlan, noOpenDuplicate, screened, limitsInForce],
    rejected: [decidedByAnother],
  },
  ready_to_fund: { contracting: [nothingBought], cancelled: [nothingStands] },
}

/** Everything that stands between an application and a step, one reason a fact; empty when the step may be taken. Pure. */
export function hindrancesToStep(from: ApplicationState, to: StoredState, facts: MoveFacts): Reason[] {
  return (guards[from]?.[to] ?? []).flatMap(guard => guard.hinders(facts))
}

/** Steps for which the deal must be looked at in other slices; the rest need the application's own rows only. */
export const needsDealFacts = (from: ApplicationState): boolean =>
  from === 'screening' || from === 'in_review' || from === 'contracting'
