import type { Yen } from '../../../platform/money/yen.ts'

/** What was found out about a claim before it is approved (DD group 8, JR §6). */
export type AssignmentFacts = {
  receivableKind: string
  purchasedYen: Yen
  clientKind: 'corporation' | 'sole_proprietor' | 'public_body' | 'unincorporated'
  debtorIsClientOrItsGroup: boolean
  debtorInsolvent: boolean
  restriction: 'none' | 'exists' | 'unknown'
  /** Did we know of the clause, or should we have? */
  restrictionKnown: boolean
  restrictionAgreedBeforePerfection: boolean
  debtorConsented: boolean
  futureClaim: boolean
  registrationPlanned: boolean
  setOffRisk: 'none' | 'low' | 'high' | 'unknown'
  disputeOpen: boolean
  payeeIsSomeoneElse: boolean
}

/** Company settings: from this amount on an unanswered assignment clause blocks (DD group 8). */
export type AssignmentSettings = { unknownRestrictionBlocksFromYen: Yen }

export type AssignmentFinding = {
  rule: string
  outcome: 'blocks' | 'to_compliance' | 'warns'
  sentence: string
  source: string
}

/**
 * Everything that speaks against taking over a claim, in a fixed order; empty = nothing found (JR §6.1–6.7,
 * FF §3 guards).
 */
export function assignmentFindings(
  facts: AssignmentFacts,
  settings: AssignmentSettings,
): AssignmentFinding[] {
  return assignmentRules
    .filter(rule => rule.applies(facts, settings))
    .map(({ rule, outcome, sentence, source }) => ({ rule, outcome, sentence, source }))
}

type AssignmentRule = AssignmentFinding & {
  applies: (facts: AssignmentFacts, settings: AssignmentSettings) => boolean
}

const assignmentRules: AssignmentRule[] = [
  {
    rule: 'wage_claims_are_refused',
    outcome: 'blocks',
    sentence: '個人の給与債権は買い取れません。',
    source: 'JR §6.7（最高裁 2023-02-20）',
    applies: facts => facts.receivableKind === 'wage',
  },
  {
    rule: 'bank_deposits_are_refused',
    outcome: 'blocks',
    sentence: '譲渡制限のある預貯金債権は譲渡が無効になるため、買い取れません。',
    source: 'JR §6.2（民法466条の5）',
    applies: facts => facts.receivableKind === 'bank_deposit',
  },
  {
    rule: 'registration_needs_a_corporation',
    outcome: 'blocks',
    sentence: '債権譲渡登記は法人の譲渡人に限られます。',
    source: 'JR §6.1（動産債権譲渡特例法）',
    applies: facts => facts.registrationPlanned && facts.clientKind !== 'corporation',
  },
  {
    rule: 'restriction_must_be_answered',
    outcome: 'blocks',
    sentence: '譲渡制限特約の有無が未確認です。この金額では確認が必要です。',
    source: 'DD 8、JR §6.2',
    applies: (facts, settings) =>
      facts.restriction === 'unknown' && facts.purchasedYen >= settings.unknownRestrictionBlocksFromYen,
  },
  {
    rule: 'payee_must_be_the_client',
    outcome: 'blocks',
    sentence: '請求書の振込先が利用者以外です。すでに譲渡されているおそれがあります。',
    source: 'JR §5.3、§6.3',
    applies: facts => facts.payeeIsSomeoneElse,
  },
  {
    rule: 'debtor_must_not_be_insolvent',
    outcome: 'blocks',
    sentence: '売掛先に倒産手続の情報があります。',
    source: 'FF §3',
    applies: facts => facts.debtorInsolvent,
  },
  {
    rule: 'debtor_outside_the_clients_group',
    outcome: 'to_compliance',
    sentence: '売掛先が利用者自身またはそのグループです。承認が必要です。',
    source: 'DD 8',
    applies: facts => facts.debtorIsClientOrItsGroup,
  },
  {
    rule: 'future_claim_with_clause_means_knowing',
    outcome: 'to_compliance',
    sentence: '将来債権で、対抗要件より前に譲渡制限特約があるため、特約を知っていたものとみなされます。',
    source: 'JR §6.2（民法466条の6第3項）',
    applies: facts =>
      facts.futureClaim &&
      facts.restriction === 'exists' &&
      facts.restrictionAgreedBeforePerfection &&
      !facts.debtorConsented,
  },
  {
    rule: 'known_clause_lets_the_debtor_refuse',
    outcome: 'to_compliance',
    sentence: '譲渡制限特約を知っている場合、売掛先は支払を拒み、利用者へ支払うことができます。',
    source: 'JR §6.2（民法466条3項）',
    applies: facts => facts.restriction === 'exists' && facts.restrictionKnown && !facts.debtorConsented,
  },
  {
    rule: 'restriction_unknown',
    outcome: 'warns',
    sentence: '譲渡制限特約の有無が未確認です（「なし」とは扱いません）。',
    source: 'JR §6.2',
    applies: (facts, settings) =>
      facts.restriction === 'unknown' && facts.purchasedYen < settings.unknownRestrictionBlocksFromYen,
  },
  {
    rule: 'set_off_risk',
    outcome: 'warns',
    sentence: '売掛先から相殺されるおそれがあります（返品・反対債権・預り金を確認してください）。',
    source: 'JR §6.1（民法469条）',
    applies: facts => facts.setOffRisk === 'high' || facts.setOffRisk === 'unknown',
  },
  {
    rule: 'open_dispute',
    outcome: 'warns',
    sentence: '売掛先との間に争いがあります。',
    source: 'JR §6.1（民法468条）',
    applies: facts => facts.disputeOpen,
  },
]
