import { describe, expect, it } from 'vitest'
import type { HoldingFact } from './control.ts'
import { fraction, percentText } from './fraction.ts'
import { beneficialOwners, type CompanyKind, type OwnershipFacts } from './owners.ts'

/** 「A 30, X 55, A→X 60」: holders of the company T unless an arrow names another; A to H are people. */
function facts(text: string, more: Partial<OwnershipFacts> = {}): OwnershipFacts {
  const holdings = text.split(',').map((part): HoldingFact => {
    const [who, percent] = part.trim().split(' ') as [string, string]
    const [holder, company = 'T'] = who.split('→') as [string, string?]
    const [votes, total = '100'] = percent.split('/') as [string, string?]
    return { holder, company, share: fraction(Number(votes), Number(total)) }
  })
  return {
    company: 'T',
    kind: 'capital_majority',
    holdings,
    persons: new Set('ABCDEFGH'),
    deemed: new Set('LM'),
    influence: [],
    representatives: ['R'],
    excluded: new Set(),
    nameOf: id => id,
    ...more,
  }
}

const found = (text: string, more: Partial<OwnershipFacts> = {}) => {
  const { outcome, owners, certain } = beneficialOwners(facts(text, more))
  return { outcome, owners: owners.map(owner => `${owner.id} ${percentText(owner.share)}`), certain }
}

describe('beneficial owners of a stock company (the table of the rules, §3.6)', () => {
  it.each([
    ['A 60, B 40', ['A 60%']],
    ['A 30, B 30, C 40', ['C 40%', 'A 30%', 'B 30%']],
    ['A 50, B 50', ['A 50%', 'B 50%']],
    ['A→X 60, X 55, B 45', ['A 55%']],
    ['A→X 50, X 60, B 40', ['B 40%']],
    ['A 20, A→X 51, X 10, B 70', ['B 70%']],
    ['A 20, A→X 51, X 10, B 40, C 30', ['B 40%', 'A 30%', 'C 30%']],
    ['L 70, B 30', ['L 70%']],
  ])('%s → %j', (text, owners) => {
    expect(found(text)).toMatchObject({ outcome: 'by_share', owners })
  })

  it('nobody by share: dominant influence first, then whoever represents it', () => {
    const quarters = 'A 25, B 25, C 25, D 25'
    expect(found(quarters)).toEqual({ outcome: 'by_representative', owners: ['R 0%'], certain: true })
    expect(found(quarters, { influence: ['F'] })).toMatchObject({
      outcome: 'by_influence',
      owners: ['F 0%'],
    })
    expect(found(quarters, { representatives: [] })).toMatchObject({ outcome: 'nobody', owners: [] })
  })

  it('one vote decides: percentages are never rounded', () => {
    expect(found('A 5000000/10000000, B 5000000/10000000').owners.length).toBe(2)
    expect(found('A 5000001/10000000, B 4999999/10000000').owners).toEqual(['A 約50%'])
    expect(found('A 2500001/10000000, B 2499999/10000000, C 50').owners.map(text => text[0])).toEqual([
      'C',
      'A',
    ])
    expect(found('A 1/3, B 1/3, C 1/3').owners).toEqual(['A 約33.33%', 'B 約33.33%', 'C 約33.33%'])
  })

  it('goes through any number of controlled companies, and adds what they hold together', () => {
    expect(found('A→X 51, X→Y 51, Y→Z 51, Z 30, A 21, B 49').owners).toEqual(['A 51%'])
    // Control of Y follows from 30 directly and 21 through X.
    expect(found('A→X 60, A→Y 30, X→Y 21, Y 40, B 35, C 25').owners).toEqual(['A 40%', 'B 35%'])
  })

  it('rings end: companies that hold one another are nobody’s by themselves', () => {
    expect(found('X→Y 60, Y→X 60, Y 60, B 40').owners).toEqual(['B 40%'])
    expect(found('X→Y 60, Y→X 40, A→X 51, Y 60, B 40').owners).toEqual(['A 60%'])
    // The company itself holds part of its holder, which helps its owner.
    expect(found('A 55, X 20, T→X 60, B 25').owners).toEqual(['A 75%'])
  })

  it('stops at listed companies, the State and their subsidiaries', () => {
    expect(found('A→L 60, L 70, B 30').owners).toEqual(['L 70%'])
    expect(found('L→X 51, X 60, B 40').owners).toEqual(['X 60%'])
    expect(found('L→X 50, A→X 50, X 60, B 40').owners).toEqual(['B 40%'])
    const owner = beneficialOwners(facts('L→X 51, X 60, B 40')).owners[0]
    expect(owner).toMatchObject({ deemed: true, basis: 'votes_over_50' })
    expect(owner?.explanation.sentence).toContain('自然人とみなされ')
  })

  it('leaves out whom a person judged unable, and says so', () => {
    const without = { excluded: new Set(['A']) }
    expect(found('A 60, B 40', without).owners).toEqual(['B 40%'])
    const { explanations } = beneficialOwners(facts('A 60, B 40', without))
    expect(explanations.map(one => one.code)).toContain('unable_must_be_excluded')
  })
})

describe('other corporations', () => {
  const gk = { kind: 'other_corporation' as CompanyKind }
  it('go by rights to profit, and dominant influence stands beside them', () => {
    expect(found('A 51, B 49', gk).owners).toEqual(['A 51%'])
    expect(found('A 51, B 49', { ...gk, influence: ['F'] })).toMatchObject({
      outcome: 'by_share',
      owners: ['A 51%', 'F 0%'],
    })
    expect(beneficialOwners(facts('A 51, B 49', gk)).owners[0]?.basis).toBe('profit_over_50')
    // In a stock company votes end the search.
    expect(found('A 51, B 49', { influence: ['F'] }).owners).toEqual(['A 51%'])
  })

  it('of other kinds are not asked', () => {
    expect(found('A 60, B 40', { kind: 'deemed_person' }).outcome).toBe('not_needed')
    expect(found('A 60, B 40', { kind: 'no_corporation' }).outcome).toBe('not_needed')
  })
})

describe('what is not recorded', () => {
  it('makes a result uncertain only when it could change it', () => {
    expect(found('A 51').certain).toBe(true)
    expect(found('A 30').certain).toBe(false)
    expect(found('A 30, B 30, C 24').certain).toBe(false)
    expect(found('A 30, B 30, C 20, D 17').certain).toBe(true)
    expect(found('A 50, B 49').certain).toBe(false)
  })

  it('is named, above the company too', () => {
    const { gaps, open, explanations } = beneficialOwners(facts('A 40, X 60, B→X 30'))
    expect(gaps.map(gap => [gap.company, percentText(gap.missing)])).toEqual([['X', '70%']])
    expect(percentText(open)).toBe('60%')
    expect(explanations.map(one => one.sentence)).toContain('Xの70%の持ち主が記録されていません。')
  })

  it('and what is more than the whole is said', () => {
    const { excesses } = beneficialOwners(facts('A 60, B 50'))
    expect(excesses.map(one => [one.company, percentText(one.total)])).toEqual([['T', '110%']])
  })
})

it('says for each owner how the share comes about, and where the rule stands', () => {
  const { owners, explanations } = beneficialOwners(facts('A 20, A→X 51, X 35, B 45'))
  expect(owners[0]?.explanation).toEqual({
    code: 'votes_over_50',
    sentence: 'Aは議決権の55%を持ち、50%を超えます（直接20%、X（51%を支配）を通じて35%）。',
    source: 'JR §3.6（犯罪収益移転防止法施行規則11条）',
  })
  expect(explanations[0]?.sentence).toBe(
    '議決権の50%を超える人がいるため、その人だけが該当します（25%を超える他の1人は該当しません）。',
  )
})
