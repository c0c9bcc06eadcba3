import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clustersOf } from './clusters.ts'
import { identitiesOf, type MergeInForce } from './identity.ts'

const PARTIES = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8']

const members = fc.uniqueArray(fc.constantFrom(...PARTIES), { minLength: 2, maxLength: 4 })
const merges = fc
  .array(members, { maxLength: 6 })
  .map(list => list.map((names, at): MergeInForce => ({ id: `m${at}`, members: names })))

describe('identities from merges in force', () => {
  it('leaves a party without a merge as its own', () => {
    expect(identitiesOf(['p1', 'p2'], []).get('p2')).toEqual({ identityId: 'p2', mergeId: null })
  })

  it('names a chain of merges by its oldest party', () => {
    const chain = [
      { id: 'm2', members: ['p2', 'p3'] },
      { id: 'm1', members: ['p3', 'p1'] },
    ]
    expect([...identitiesOf(['p1', 'p2', 'p3', 'p4'], chain)]).toEqual([
      ['p1', { identityId: 'p1', mergeId: 'm1' }],
      ['p2', { identityId: 'p1', mergeId: 'm2' }],
      ['p3', { identityId: 'p1', mergeId: 'm1' }],
      ['p4', { identityId: 'p4', mergeId: null }],
    ])
  })

  it('does not depend on the order of merges or of their members', () => {
    fc.assert(
      fc.property(merges, fc.infiniteStream(fc.nat()), (list, noise) => {
        const shuffled = [...list]
          .map(merge => ({ merge, at: noise.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ merge }) => ({ ...merge, members: [...merge.members].reverse() }))
        expect(identitiesOf(PARTIES, shuffled)).toEqual(identitiesOf(PARTIES, list))
      }),
    )
  })

  it('splits exactly: whole identities computed alone give the same as all together', () => {
    fc.assert(
      fc.property(merges, list => {
        const all = identitiesOf(PARTIES, list)
        for (const identity of new Set([...all.values()].map(value => value.identityId))) {
          const inside = PARTIES.filter(id => all.get(id)!.identityId === identity)
          const own = list.filter(merge => merge.members.some(id => inside.includes(id)))
          for (const [id, value] of identitiesOf(inside, own)) expect(all.get(id)).toEqual(value)
        }
      }),
    )
  })
})

describe('clusters of proposed pairs', () => {
  const pair = (partyId: string, otherPartyId: string, score: number) => ({ partyId, otherPartyId, score })

  it('never brings two corporate numbers into one cluster, however strong the chain', () => {
    const numbers: Record<string, string> = { p1: '1', p3: '3' }
    const found = clustersOf(
      [pair('p1', 'p2', 0.99), pair('p2', 'p3', 0.98)],
      id => numbers[id] ?? null,
      () => false,
    )
    expect(found.map(cluster => cluster.members)).toEqual([['p1', 'p2']])
  })

  it('keeps records apart which a person judged different', () => {
    const apart = (a: string, b: string) => [a, b].sort().join() === 'p1,p3'
    const found = clustersOf([pair('p1', 'p2', 0.99), pair('p2', 'p3', 0.98)], () => null, apart)
    expect(found.map(cluster => cluster.members)).toEqual([['p1', 'p2']])
  })
})
