import type { Reason } from '../../../platform/commands/refusal.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { PlanParameters } from '../parameters.ts'
import type { TransactionKind } from '../tables.ts'

export interface PlanFacts {
  transactionKind: TransactionKind
  effectiveFrom: IsoDate | null
  effectiveTo: IsoDate | null
  today: IsoDate
  /** Until when our 貸金業登録 is in force; null: we have none. */
  lenderValidTo: IsoDate | null
}

interface ParameterRule {
  code: string
  field: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  holds(parameters: PlanParameters, facts: PlanFacts): boolean
}

const sells = (parameters: PlanParameters, type: 'corp' | 'sole') => parameters.clientTypes.includes(type)

const isOnce = (names: readonly string[]) => new Set(names).size === names.length

/** What a version must say to make sense by itself; every one of them is asked when it is written and when it is activated. */
export const parameterRules: readonly ParameterRule[] = [
  {
    code: 'amounts_must_be_in_order',
    field: 'parameters.maxYen',
    sentence: 'The least amount is not above the greatest (FF §5, min/max amount).',
    holds: ({ minYen, maxYen }) => minYen === null || maxYen === null || minYen <= maxYen,
  },
  {
    code: 'fee_range_must_be_in_order',
    field: 'parameters.feeMaxPpm',
    sentence: 'The lowest fee is not above the highest (FF §5, fee_min/max_ppm).',
    holds: ({ feeMinPpm, feeMaxPpm }) => feeMaxPpm === null || feeMinPpm <= feeMaxPpm,
  },
  {
    code: 'fee_must_leave_a_price',
    field: 'parameters.feeMinPpm',
    sentence: 'The lowest fee is below the advance, else nothing is paid out (FF §4.2, N > 0).',
    holds: ({ feeMinPpm, feeBase, advancePpm }) =>
      feeMinPpm < (feeBase === 'purchased' ? advancePpm : 1_000_000),
  },
  {
    code: 'route_must_fit_the_legal_kinds',
    field: 'parameters.collectionRoutes',
    sentence: 'A debtor that was never told cannot pay us directly (FF §1, legal kind).',
    holds: ({ collectionRoutes, legalKinds }) =>
      !collectionRoutes.includes('debtor_direct') || legalKinds.includes('three_party'),
  },
  {
    code: 'documents_must_be_named',
    field: 'parameters.documents',
    sentence: 'Every kind of client that is served has its document set (FF §5, required_docs).',
    holds: parameters =>
      (!sells(parameters, 'corp') || parameters.documents.corp.length > 0) &&
      (!sells(parameters, 'sole') || parameters.documents.sole.length > 0),
  },
  {
    code: 'notice_must_fit_the_legal_kinds',
    field: 'parameters.notice',
    sentence:
      'In two_party the notice is held at most; in three_party the debtor is told or consents (FF §1, legal kind; §2, F1 and F2).',
    holds: ({ notice, legalKinds }) =>
      legalKinds.length > 1 ||
      (legalKinds[0] === 'two_party'
        ? ['none', 'held'].includes(notice)
        : ['sent', 'consent'].includes(notice)),
  },
  {
    code: 'payout_condition_must_be_reachable',
    field: 'parameters.payoutAfter',
    sentence:
      'What the payout waits for is asked by the plan, and may be had of every client it serves: a registration only of corporations (FF §5, payout_after, registration).',
    holds(parameters) {
      const { payoutAfter, notice, registration } = parameters
      if (payoutAfter === 'notice') return notice === 'sent' || notice === 'consent'
      if (payoutAfter === 'consent') return notice === 'consent'
      if (payoutAfter === 'registration') return registration === 'required' && !sells(parameters, 'sole')
      return true
    },
  },
  {
    code: 'registration_is_for_corporations',
    field: 'parameters.registration',
    sentence: 'A registration is never asked of a plan that serves no corporation (FF §5, registration).',
    holds: parameters => parameters.registration === 'none' || sells(parameters, 'corp'),
  },
  {
    code: 'penalty_must_be_an_amount_or_a_share',
    field: 'parameters.penalties',
    sentence: 'The bound of a penalty is a sum or a share of the price, not both (DD group 7, penalty).',
    holds: ({ penalties }) =>
      (penalties ?? []).every(({ mostYen, mostPpm }) => (mostYen === null) !== (mostPpm === null)),
  },
  {
    code: 'charges_must_be_named_once',
    field: 'parameters.charges',
    sentence: 'A fee or a penalty is bounded once (FF §5, charges and penalty).',
    holds: ({ charges, penalties }) =>
      isOnce((charges ?? []).map(one => one.kind)) && isOnce((penalties ?? []).map(one => one.trigger)),
  },
  {
    code: 'own_book_must_be_searched',
    field: 'parameters.duplicateScopes',
    sentence: 'The own book is always searched for duplicates (FF §7, duplicate check).',
    holds: ({ duplicateScopes }) => duplicateScopes.includes('own_book'),
  },
  {
    code: 'same_day_has_no_number',
    field: 'parameters.fundingClock',
    sentence: 'Same day is one day (FF §5, clocks).',
    holds: ({ quoteClock, decisionClock, fundingClock }) =>
      [quoteClock, decisionClock, fundingClock].every(
        clock => clock?.unit !== 'same_day' || clock.value === 1,
      ),
  },
  {
    code: 'clock_must_start_before_its_end',
    field: 'parameters.decisionClock',
    sentence: 'A quote and a decision come before the contracts are signed (FF §2, F1; §5, starts_at).',
    holds: ({ quoteClock, decisionClock }) =>
      [quoteClock, decisionClock].every(clock => clock?.startsAt !== 'signed'),
  },
  {
    code: 'hours_must_be_in_order',
    field: 'parameters.hours',
    sentence: 'A plan closes after it opens (FF §5, hours).',
    holds: ({ hours }) => hours === null || hours.opensAt < hours.closesAt,
  },
  {
    code: 'shared_ceiling_must_be_named',
    field: 'parameters.ceilingScope',
    sentence: 'A ceiling shared by an operator’s plans is a sum (FF §5, operated_by, plan ceiling).',
    holds: ({ ceilingScope, ceilingYen }) => ceilingScope === 'plan' || ceilingYen !== null,
  },
  {
    code: 'dates_must_be_in_order',
    field: 'effectiveTo',
    sentence: 'A version ends after it begins and has not ended yet (FF §5, effective_from/to).',
    holds: (_parameters, { effectiveFrom, effectiveTo, today }) =>
      effectiveTo === null ||
      effectiveTo >= (effectiveFrom !== null && effectiveFrom > today ? effectiveFrom : today),
  },
  {
    code: 'lender_must_be_registered',
    field: 'transactionKind',
    sentence: 'A loan needs our money-lender registration in force (DD group 7; JR §6.6).',
    holds: (_parameters, { transactionKind, lenderValidTo, today }) =>
      transactionKind !== 'loan' || (lenderValidTo !== null && lenderValidTo >= today),
  },
]

/** Every rule the version breaks, each at its field; empty when it may stand. Pure. */
export function hindrancesToParameters(parameters: PlanParameters, facts: PlanFacts): Reason[] {
  return parameterRules
    .filter(rule => !rule.holds(parameters, facts))
    .map(({ code, field }) => ({ code, field }))
}
