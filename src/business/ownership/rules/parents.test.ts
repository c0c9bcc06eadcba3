import { describe, expect, it } from 'vitest'
import type { HoldingFact } from './control.ts'
import { fraction, percentText } from './fraction.ts'
import { groupOf, parentOf } from './parents.ts'

const companies = ['P', 'Q', 'R', 'S', 'T']

function facts(text: string) {
  const holdings = text.split(',').map((part): HoldingFact => {
    const [who, percent] = part.trim().split(' ') as [string, string]
    const [holder, company] = who.split('→') as [string, string]
    return { holder, company, share: fraction(Number(percent), 100) }
  })
  return { companies, holdings, nameOf: (id: string) => id }
}

describe('the parent of a company', () => {
  it.each([
    ['P→T 51', 'P', 'P'],
    ['P→T 50', null, null],
    ['P→Q 60, Q→T 60', 'Q', 'P'],
    // More than half only together with what a controlled company holds.
    ['P→Q 60, P→T 40, Q→T 20', 'P', 'P'],
    ['P→Q 50, P→T 40, Q→T 20', null, null],
    // A cycle alone gives no parent; with somebody above it, it does.
    ['T→Q 60, Q→T 60', null, null],
    ['T→Q 60, Q→T 40, P→T 55', 'P', 'P'],
  ])('%s → %s, last %s', (text, parent, ultimate) => {
    expect(parentOf('T', facts(text))).toMatchObject({ parent, ultimate })
  })

  it('comes with its share and its sentence', () => {
    const { share, explanation } = parentOf('T', facts('P→Q 60, P→T 40, Q→T 20'))
    expect(percentText(share)).toBe('60%')
    expect(explanation.sentence).toBe('Pが議決権の60%を直接または支配する会社を通じて持つため、親会社です。')
    expect(parentOf('T', facts('T→Q 60, Q→T 60')).explanation.code).toBe('cycle_alone_must_give_no_parent')
  })
})

it('a group follows control both ways, and confirmed ties', () => {
  const { holdings } = facts('P→Q 60, P→R 40, Q→R 20, S→T 50')
  const group = (ties: { first: string; second: string }[]) => groupOf('R', { companies, holdings, ties })
  expect(group([])).toEqual(['P', 'Q', 'R'])
  expect(group([{ first: 'Q', second: 'T' }])).toEqual(['P', 'Q', 'R', 'T'])
})
