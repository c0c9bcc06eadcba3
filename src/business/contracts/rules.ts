import type { Reason } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { ContractState } from './rules/states.ts'
import type { ContractTerms } from './terms.ts'

interface TermsRule {
  code: string
  field: string
  /** The rule as an English sentence, with its source. */
  sentence: string
  holds(terms: ContractTerms, facts: TermsFacts): boolean
}

export interface TermsFacts {
  today: IsoDate
  /** Until when our 貸金業登録 is in force; null: we have none. */
  lenderValidTo: IsoDate | null
}

/** What terms must say to be agreed at all. */
export const termsRules: readonly TermsRule[] = [
  {
    code: 'lender_must_be_registered',
    field: 'terms.transactionKind',
    sentence: 'A loan needs our money-lender registration in force (DD group 7; JR §6.6).',
    holds: (terms, { lenderValidTo, today }) =>
      terms.transactionKind !== 'loan' || (lenderValidTo !== null && lenderValidTo >= today),
  },
  {
    code: 'remit_rule_must_be_given',
    field: 'terms.remitRule',
    sentence: 'Where the client collects, the contract says when it passes the money on (FF §1, payable_on).',
    holds: terms => terms.collectionRoute !== 'client_remits' || terms.remitRule !== null,
  },
  {
    code: 'route_must_fit_the_legal_kind',
    field: 'terms.collectionRoute',
    sentence: 'A debtor that was never told cannot pay us directly (FF §1, legal kind).',
    holds: terms => terms.legalKind === 'three_party' || terms.collectionRoute !== 'debtor_direct',
  },
  {
    code: 'fee_period_must_be_given',
    field: 'terms.feePeriodDays',
    sentence: 'A fee per period needs the days of a period (FF §4.2).',
    holds: terms => terms.feeMethod !== 'per_period' || terms.feePeriodDays !== null,
  },
  {
    code: 'penalty_must_be_an_amount_or_a_share',
    field: 'terms.penalties',
    sentence: 'A penalty is an agreed sum or a share of the price, not both (DD group 7, penalty).',
    holds: terms =>
      terms.penalties.every(({ amountYen, pricePpm }) => (amountYen === null) !== (pricePpm === null)),
  },
  {
    code: 'antisocial_clause_must_be_agreed',
    field: 'terms.antisocialClause',
    sentence: 'No contract without the clause against antisocial forces (DD group 7).',
    holds: terms => terms.antisocialClause,
  },
]

/** Every rule the terms break, each at its field; empty when they may be agreed. */
export function hindrancesToTerms(terms: ContractTerms, facts: TermsFacts): Reason[] {
  return termsRules.filter(rule => !rule.holds(terms, facts)).map(({ code, field }) => ({ code, field }))
}

export interface ContractFacts {
  state: ContractState
  effectiveOn: IsoDate | null
  endsOn: IsoDate | null
}

/** The state with what follows from dates: executed becomes active on the effective day (FF §3, derived). */
export function contractStateOn({ state, effectiveOn }: ContractFacts, today: IsoDate): ContractState {
  return state === 'executed' && effectiveOn !== null && effectiveOn <= today ? 'active' : state
}

/** Why nothing may be bought under a contract today; empty when it may (FF §3, approved→purchased). */
export function hindrancesToPurchaseUnder(contract: ContractFacts, today: IsoDate): Reason[] {
  const state = contractStateOn(contract, today)
  if (['drafting', 'internal_check', 'ready', 'sent', 'viewed', 'partially_signed'].includes(state))
    return [{ code: 'contract_must_be_executed' }]
  if (state !== 'active') return [{ code: 'contract_must_be_in_force' }]
  if (contract.endsOn !== null && contract.endsOn < today) return [{ code: 'contract_must_be_in_force' }]
  return []
}
