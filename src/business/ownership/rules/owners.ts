import { type ByHolder, byHolder, type HoldingFact, votesOf } from './control.ts'
import {
  add,
  compare,
  type Fraction,
  half,
  isMore,
  none,
  percentText,
  quarter,
  subtract,
  sum,
  whole,
} from './fraction.ts'

/** What was decided and why, in a sentence for people and the place in the rules it comes from. */
export interface Explanation {
  code: string
  sentence: string
  source: string
}

export type CompanyKind =
  /** 資本多数決法人: 株式会社, 有限会社, 投資法人, 特定目的会社. Votes decide. */
  | 'capital_majority'
  /** 合同・合名・合資会社, 一般社団, NPO and other corporations. Rights to profit or assets decide. */
  | 'other_corporation'
  /** 国, 地方公共団体, 上場会社: counts as a natural person itself; nobody is looked for behind it. */
  | 'deemed_person'
  /** Sole proprietors and what is no corporation. */
  | 'no_corporation'

export interface OwnershipFacts {
  company: string
  kind: CompanyKind
  /** Everybody from whom the company can be reached upwards. */
  holdings: readonly HoldingFact[]
  persons: ReadonlySet<string>
  /** Companies that count as natural persons by themselves: the State, local government, listed companies. Their subsidiaries follow. */
  deemed: ReadonlySet<string>
  /** People declared to have dominant influence by investment, loan, trade or another relation. */
  influence: readonly string[]
  /** Who represents the company. */
  representatives: readonly string[]
  /** People who clearly lack the will or the ability to control, by a person's judgement. */
  excluded: ReadonlySet<string>
  nameOf: (id: string) => string
}

export type OwnerBasis =
  | 'votes_over_50'
  | 'votes_over_25'
  | 'profit_over_50'
  | 'profit_over_25'
  | 'influence'
  | 'representative'

export interface Owner {
  id: string
  /** A company that counts as a natural person (listed, State), not a person. */
  deemed: boolean
  basis: OwnerBasis
  /** Held directly and through controlled companies; zero for influence and representatives. */
  share: Fraction
  direct: Fraction
  /** What controlled companies hold of this one, and how much of each counts for the owner. */
  through: { company: string; share: Fraction; control: Fraction }[]
  explanation: Explanation
}

export interface Owners {
  outcome: 'not_needed' | 'by_share' | 'by_influence' | 'by_representative' | 'nobody'
  owners: Owner[]
  /**
   * Votes which are not recorded, or held by companies whose own holders are not: how much one holder could still gain. `certain`
   * says that no distribution of them would change who is found by share.
   */
  open: Fraction
  certain: boolean
  /** Companies with holders missing: what to ask for next. */
  gaps: { company: string; missing: Fraction }[]
  /** Companies whose recorded holdings are more than the whole. */
  excesses: { company: string; total: Fraction }[]
  explanations: Explanation[]
}

const SOURCE = 'JR §3.6（犯罪収益移転防止法施行規則11条）'

interface Counted {
  id: string
  share: Fraction
  direct: Fraction
  through: Owner['through']
}

/** Who ultimately controls a company (JR §3.6); every step says its rule. The order of the facts makes no difference. */
export function beneficialOwners(facts: OwnershipFacts): Owners {
  const index = byHolder(facts.holdings)
  const excesses = excessesOf(facts.holdings)
  if (facts.kind === 'deemed_person' || facts.kind === 'no_corporation') return notNeeded(facts, excesses)
  const stops = deemedPersons(facts.deemed, index)
  stops.delete(facts.company)
  const counted = candidates(facts, stops)
    .map(id => countedFor(id, facts.company, index, stops))
    .filter(({ share }) => isMore(share, none))
    .sort((a, b) => compare(b.share, a.share) || (a.id < b.id ? -1 : 1))
  const unit = facts.kind === 'capital_majority' ? 'votes' : 'profit'
  const able = counted.filter(({ id }) => !facts.excluded.has(id))
  const over50 = able.filter(({ share }) => isMore(share, half))
  const over25 = able.filter(({ share }) => isMore(share, quarter))
  const byShare = over50.length > 0 ? over50 : over25
  const basis: OwnerBasis = over50.length > 0 ? `${unit}_over_50` : `${unit}_over_25`
  const owners = byShare.map(one => ownerByShare(one, basis, stops.has(one.id), facts.nameOf))
  const explanations = [ruleOfShare(facts, counted, byShare, basis), ...exclusions(facts, counted)]
  const influential = facts.influence.filter(id => !facts.excluded.has(id) && !owners.some(o => o.id === id))
  // Votes end the search; rights to profit do not: whoever has dominant influence stands beside them.
  if (owners.length === 0 || facts.kind === 'other_corporation')
    for (const id of [...new Set(influential)].sort()) owners.push(ownerByInfluence(id, facts))
  const outcome = byShare.length > 0 ? 'by_share' : owners.length > 0 ? 'by_influence' : 'nobody'
  if (owners.length === 0)
    for (const id of [...new Set(facts.representatives)].filter(id => !facts.excluded.has(id)).sort())
      owners.push(ownerByRepresenting(id, facts))
  const room = openVotes(facts, index, stops, counted)
  return {
    outcome: outcome === 'nobody' && owners.length > 0 ? 'by_representative' : outcome,
    owners,
    open: room.open,
    certain: isCertain(over50.length > 0, able, room.open),
    gaps: room.gaps,
    excesses,
    explanations: [
      ...explanations,
      ...room.explanations,
      ...excesses.map(one => excessRule(one, facts.nameOf)),
    ],
  }
}

/** The State, listed companies, and every company one of them controls. */
export function deemedPersons(deemed: ReadonlySet<string>, index: ByHolder): Set<string> {
  const all = new Set(deemed)
  for (const id of deemed) for (const company of votesOf(id, index).controlled) all.add(company)
  return all
}

/** Companies of whose votes more than all are recorded, in order of id. */
export function excessesOf(holdings: readonly HoldingFact[]): Owners['excesses'] {
  const totals = new Map<string, Fraction>()
  for (const { company, share } of holdings) totals.set(company, add(totals.get(company) ?? none, share))
  return [...totals]
    .filter(([, total]) => isMore(total, whole))
    .map(([company, total]) => ({ company, total }))
    .sort((a, b) => (a.company < b.company ? -1 : 1))
}

function candidates({ holdings, persons, company }: OwnershipFacts, stops: ReadonlySet<string>): string[] {
  const holders = new Set(holdings.map(held => held.holder))
  return [...holders].filter(id => id !== company && (persons.has(id) || stops.has(id))).sort()
}

function countedFor(id: string, company: string, index: ByHolder, stops: ReadonlySet<string>): Counted {
  const { votes, controlled } = votesOf(id, index, stops)
  const holdingOf = (holder: string) =>
    sum((index.get(holder) ?? []).filter(held => held.company === company).map(held => held.share))
  const through = [...controlled]
    .filter(held => held !== id && held !== company && !stops.has(held))
    .map(held => ({ company: held, share: holdingOf(held), control: votes.get(held) ?? none }))
    .filter(({ share }) => isMore(share, none))
    .sort((a, b) => compare(b.share, a.share) || (a.company < b.company ? -1 : 1))
  return { id, share: votes.get(company) ?? none, direct: holdingOf(id), through }
}

function ownerByShare(
  { id, share, direct, through }: Counted,
  basis: OwnerBasis,
  deemed: boolean,
  nameOf: (id: string) => string,
): Owner {
  const what = basis.startsWith('votes') ? '議決権' : '収益の配当・財産の分配を受ける権利'
  const parts = [
    ...(isMore(direct, none) ? [`直接${percentText(direct)}`] : []),
    ...through.map(
      step =>
        `${nameOf(step.company)}（${percentText(step.control)}を支配）を通じて${percentText(step.share)}`,
    ),
  ]
  const limit = basis.endsWith('50') ? '50%' : '25%'
  const word = deemed ? '自然人とみなされ、' : ''
  return {
    id,
    deemed,
    basis,
    share,
    direct,
    through,
    explanation: {
      code: basis,
      sentence: `${nameOf(id)}は${word}${what}の${percentText(share)}を持ち、${limit}を超えます（${parts.join('、')}）。`,
      source: SOURCE,
    },
  }
}

function ownerByInfluence(id: string, { nameOf }: OwnershipFacts): Owner {
  return withoutShare(
    id,
    'influence',
    `${nameOf(id)}は出資・融資・取引その他の関係を通じて事業活動に支配的な影響力を持つと申告されています。`,
  )
}

function ownerByRepresenting(id: string, { nameOf }: OwnershipFacts): Owner {
  return withoutShare(
    id,
    'representative',
    `割合でも影響力でも該当者がいないため、代表して業務を執行する${nameOf(id)}が実質的支配者です。`,
  )
}

function withoutShare(id: string, basis: OwnerBasis, sentence: string): Owner {
  const explanation = { code: basis, sentence, source: SOURCE }
  return { id, deemed: false, basis, share: none, direct: none, through: [], explanation }
}

function ruleOfShare(
  { kind }: OwnershipFacts,
  counted: readonly Counted[],
  byShare: readonly Counted[],
  basis: OwnerBasis,
): Explanation {
  const right = kind === 'capital_majority' ? '議決権' : '収益・財産の権利'
  if (byShare.length === 0)
    return {
      code: 'nobody_over_25',
      sentence:
        counted.length === 0
          ? `${right}を持つ個人の記録がありません。`
          : `${right}の25%を超えて持つ人は、記録の範囲ではいません。`,
      source: SOURCE,
    }
  const passedOver = counted.filter(one => isMore(one.share, quarter) && !byShare.includes(one)).length
  return basis.endsWith('50')
    ? {
        code: 'over_50_must_exclude_others',
        sentence: `${right}の50%を超える人がいるため、その人だけが該当します${passedOver > 0 ? `（25%を超える他の${passedOver}人は該当しません）` : ''}。`,
        source: SOURCE,
      }
    : {
        code: 'everybody_over_25',
        sentence: `50%を超える人がいないため、${right}の25%を超える全員（${byShare.length}人）が該当します。`,
        source: SOURCE,
      }
}

/** Who would count by share, influence or as representative and was judged clearly unable or unwilling to control. */
function exclusions(
  { excluded, influence, representatives, nameOf }: OwnershipFacts,
  counted: readonly Counted[],
): Explanation[] {
  const byShare = counted.filter(one => excluded.has(one.id) && isMore(one.share, quarter))
  const byRole = [...new Set([...influence, ...representatives])]
    .filter(id => excluded.has(id) && !byShare.some(one => one.id === id))
    .sort()
  return [
    ...byShare.map(one => ({ id: one.id, what: percentText(one.share) })),
    ...byRole.map(id => ({
      id,
      what: influence.includes(id) ? '支配的な影響力の申告あり' : '業務執行の代表',
    })),
  ].map(({ id, what }) => ({
    code: 'unable_must_be_excluded',
    sentence: `${nameOf(id)}（${what}）は、支配する意思または能力がないことが明らかと判断されたため除きます。`,
    source: SOURCE,
  }))
}

function excessRule(
  { company, total }: Owners['excesses'][number],
  nameOf: (id: string) => string,
): Explanation {
  return {
    code: 'shares_must_not_exceed_the_whole',
    sentence: `${nameOf(company)}の持分の合計が${percentText(total)}で100%を超えています。記録を確認してください。`,
    source: 'DD group 2, shareholding',
  }
}

function notNeeded({ kind }: OwnershipFacts, excesses: Owners['excesses']): Owners {
  const sentence =
    kind === 'deemed_person'
      ? '国・地方公共団体・上場会社は自然人とみなすため、その先の実質的支配者は確認しません。'
      : '法人ではないため、実質的支配者の確認はありません。'
  return {
    outcome: 'not_needed',
    owners: [],
    open: none,
    certain: true,
    gaps: [],
    excesses,
    explanations: [{ code: 'owner_need_not_be_found', sentence, source: SOURCE }],
  }
}

/**
 * How many of the company's votes could still turn out to count for somebody: those not recorded, and those of holding companies
 * which nobody found so far controls although some company above them has holders missing.
 */
function openVotes(
  facts: OwnershipFacts,
  index: ByHolder,
  stops: ReadonlySet<string>,
  counted: readonly Counted[],
): { open: Fraction; gaps: Owners['gaps']; explanations: Explanation[] } {
  const byCompany = new Map<string, HoldingFact[]>()
  for (const held of facts.holdings)
    byCompany.set(held.company, [...(byCompany.get(held.company) ?? []), held])
  const missingOf = (company: string): Fraction => {
    const rest = subtract(whole, sum((byCompany.get(company) ?? []).map(held => held.share)))
    return isMore(rest, none) ? rest : none
  }
  const isCompany = (id: string) => !facts.persons.has(id) && !stops.has(id)
  const above = (company: string): Set<string> => {
    const seen = new Set([company])
    for (const next of seen)
      for (const { holder } of byCompany.get(next) ?? []) if (isCompany(holder)) seen.add(holder)
    return seen
  }
  const controlledBySomebody = new Set(
    counted.flatMap(({ id }) => [...votesOf(id, index, stops).controlled].filter(isCompany)),
  )
  const unclear = (byCompany.get(facts.company) ?? []).filter(
    ({ holder }) =>
      isCompany(holder) &&
      holder !== facts.company &&
      !controlledBySomebody.has(holder) &&
      [...above(holder)].some(id => id !== facts.company && isMore(missingOf(id), none)),
  )
  const open = sum([missingOf(facts.company), ...unclear.map(held => held.share)])
  const gaps = [facts.company, ...unclear.flatMap(({ holder }) => [...above(holder)])]
    .filter((id, at, all) => all.indexOf(id) === at && isMore(missingOf(id), none))
    .map(company => ({ company, missing: missingOf(company) }))
    .sort((a, b) => (a.company < b.company ? -1 : 1))
  const explanations = gaps.map(({ company, missing }) => ({
    code: 'holders_must_be_complete',
    sentence: `${facts.nameOf(company)}の${percentText(missing)}の持ち主が記録されていません。`,
    source: 'DD group 2, shareholding',
  }))
  return { open, gaps, explanations }
}

/** Whether the open votes, given to whomever, could change who is found by share. */
function isCertain(somebodyOver50: boolean, able: readonly Counted[], open: Fraction): boolean {
  if (somebodyOver50 || !isMore(open, none)) return true
  const known = [...able.map(({ share }) => share), none]
  const couldPass = (limit: Fraction) =>
    known.some(share => !isMore(share, limit) && isMore(add(share, open), limit))
  return !couldPass(half) && !couldPass(quarter)
}
