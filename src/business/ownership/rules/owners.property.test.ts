import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byHolder, type HoldingFact, votesOf } from './control.ts'
import { fraction, toPpm } from './fraction.ts'
import { beneficialOwners, deemedPersons, type OwnershipFacts } from './owners.ts'
import { groupOf, parentOf } from './parents.ts'
import { votesBySubsets } from './testing/oracle.ts'

const companies = ['T', 'U', 'V', 'W', 'X', 'Y']
const people = ['a', 'b', 'c']
const nameOf = (id: string) => id

/** Random holdings, rings included: of each company up to 100 % in whole percentages, one entry for a holder. */
const graphs = fc
  .tuple(
    ...companies.map(company =>
      fc.array(
        fc.record({
          holder: fc.constantFrom(...people, ...companies.filter(other => other !== company)),
          percent: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(25, 26, 50, 51)),
        }),
        { maxLength: 4 },
      ),
    ),
  )
  .map(lists =>
    lists.flatMap((list, at): HoldingFact[] => {
      const company = companies[at]!
      let left = 100
      const given = new Map<string, number>()
      for (const { holder, percent } of list) {
        if (given.has(holder) || left === 0) continue
        given.set(holder, Math.min(percent, left))
        left -= Math.min(percent, left)
      }
      return [...given].map(([holder, percent]) => ({ holder, company, share: fraction(percent, 100) }))
    }),
  )

const factsOf = (holdings: readonly HoldingFact[], deemed: readonly string[]): OwnershipFacts => ({
  company: 'T',
  kind: 'capital_majority',
  holdings,
  persons: new Set(people),
  deemed: new Set(deemed),
  influence: [],
  representatives: ['r'],
  excluded: new Set(),
  nameOf,
})
const deemedSets = fc.subarray(['W', 'X', 'Y'])
const plain = (facts: OwnershipFacts) =>
  JSON.stringify(beneficialOwners(facts), (_, value) => (typeof value === 'bigint' ? String(value) : value))

describe('over random graphs with rings', () => {
  it('what a holder counts for is the smallest closed set, as trying every subset finds it', () => {
    fc.assert(
      fc.property(
        graphs,
        deemedSets,
        fc.constantFrom(...people, ...companies),
        (holdings, deemed, holder) => {
          const stops = new Set(deemed)
          const ours = votesOf(holder, byHolder(holdings), stops)
          const theirs = votesBySubsets(holder, companies, holdings, stops)
          expect([...ours.controlled].sort()).toEqual([...theirs.controlled].sort())
          for (const company of companies) {
            const votes = ours.votes.get(company)
            expect(votes ? Number((votes.num * 100n) / votes.den) : 0).toBe(theirs.votes.get(company))
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('beneficial owners agree with the rule told over the oracle', () => {
    fc.assert(
      fc.property(graphs, deemedSets, (holdings, deemed) => {
        const stops = new Set<string>(deemed)
        for (const id of deemed)
          for (const one of votesBySubsets(id, companies, holdings, new Set()).controlled) stops.add(one)
        expect([...deemedPersons(new Set(deemed), byHolder(holdings))].sort()).toEqual([...stops].sort())
        stops.delete('T')
        const shares = [...people, ...stops].map(
          id => [id, votesBySubsets(id, companies, holdings, stops).votes.get('T') ?? 0] as const,
        )
        const over = (limit: number) => shares.filter(([, share]) => share > limit).map(([id]) => id)
        const expected = over(50).length > 0 ? over(50) : over(25)
        const { owners, outcome } = beneficialOwners(factsOf(holdings, deemed))
        expect(over(50).length).toBeLessThanOrEqual(1)
        if (expected.length === 0) expect(outcome).toBe('by_representative')
        else expect(owners.map(owner => owner.id).sort()).toEqual([...expected].sort())
      }),
      { numRuns: 400 },
    )
  })

  it('the order in which holdings were recorded changes nothing, sentences included', () => {
    fc.assert(
      fc.property(
        graphs.chain(holdings =>
          fc.tuple(fc.constant(holdings), fc.shuffledSubarray(holdings, { minLength: holdings.length })),
        ),
        deemedSets,
        ([holdings, shuffled], deemed) => {
          expect(plain(factsOf(shuffled, deemed))).toBe(plain(factsOf(holdings, deemed)))
          const parent = (list: readonly HoldingFact[]) => {
            const { parent: id, ultimate } = parentOf('T', { companies, holdings: list, nameOf })
            return [id, ultimate, groupOf('T', { companies, holdings: list, ties: [] })]
          }
          expect(parent(shuffled)).toEqual(parent(holdings))
        },
      ),
      { numRuns: 200 },
    )
  })

  it('a certain result stays whatever the missing holders turn out to be', () => {
    fc.assert(
      fc.property(
        graphs,
        fc.array(fc.constantFrom(...people, 'n', 'm'), { minLength: 12, maxLength: 12 }),
        (holdings, fill) => {
          const before = beneficialOwners(factsOf(holdings, []))
          if (!before.certain) return
          let at = 0
          const filled = new Map(holdings.map(held => [`${held.holder}|${held.company}`, held]))
          for (const company of companies) {
            const total = holdings
              .filter(held => held.company === company)
              .reduce((sum, held) => sum + toPpm(held.share) / 10_000, 0)
            let left = 100 - Math.round(total)
            for (let part = 0; part < 2 && left > 0; part += 1) {
              const holder = fill[at++]!
              const percent = part === 0 ? Math.ceil(left / 2) : left
              left -= percent
              const had = filled.get(`${holder}|${company}`)
              const share = fraction(percent + (had ? toPpm(had.share) / 10_000 : 0), 100)
              filled.set(`${holder}|${company}`, { holder, company, share })
            }
          }
          const facts = { ...factsOf([...filled.values()], []), persons: new Set([...people, 'n', 'm']) }
          const after = beneficialOwners(facts)
          const byShare = (result: typeof after) =>
            result.owners
              .filter(owner => owner.basis.startsWith('votes'))
              .map(owner => owner.id)
              .sort()
          expect(byShare(after)).toEqual(byShare(before))
        },
      ),
      { numRuns: 400 },
    )
  })

  it('a parent controls, is not controlled back, and the group of a member is the group of all', () => {
    fc.assert(
      fc.property(graphs, fc.constantFrom(...companies), (holdings, company) => {
        const { parent, ultimate } = parentOf(company, { companies, holdings, nameOf })
        const under = (id: string) => votesBySubsets(id, companies, holdings, new Set()).controlled
        const controllers = companies.filter(
          other => other !== company && under(other).has(company) && !under(company).has(other),
        )
        expect(parent === null).toBe(controllers.length === 0)
        if (parent !== null) {
          expect(controllers).toContain(parent)
          expect(controllers).toContain(ultimate)
        }
        const group = groupOf(company, { companies, holdings, ties: [] })
        for (const member of group) expect(groupOf(member, { companies, holdings, ties: [] })).toEqual(group)
      }),
      { numRuns: 200 },
    )
  })
})
