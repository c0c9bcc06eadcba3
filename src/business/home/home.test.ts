import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { claimsDue, firstSteps, homeFigures } from './contract.ts'
import { everyMonth, runningTotals } from './queries.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('the first steps of a company', () => {
  it('name what is missing, and each goes when it is done', async () => {
    const administrator = await world.person('管理 一郎', 'administrator')
    const all = await world.ask(administrator, firstSteps, {})
    expect(all).toEqual({
      steps: ['people', 'company', 'lists', 'account', 'party', 'contract'],
      rolesMissing: [['sales', 'operations'], ['approver', 'manager'], ['compliance'], ['accounting']],
    })
    const outsider = await world.person('委託 九郎', 'contractor')
    expect(await world.ask(outsider, firstSteps, {})).toEqual({ steps: [], rolesMissing: [] })
    const desk = await world.person('事務 一子', 'operations')
    await world.person('部長 二郎', 'manager')
    await world.done(desk, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '最初の会社',
      roles: ['debtor'],
    })
    const later = await world.ask(administrator, firstSteps, {})
    expect(later.rolesMissing).toEqual([['compliance'], ['accounting']])
    expect(later.steps).toEqual(['people', 'company', 'lists', 'account', 'contract'])
    await world.person('照合 三郎', 'compliance')
    await world.person('経理 四子', 'accounting')
    expect((await world.ask(administrator, firstSteps, {})).steps).not.toContain('people')
  })
})

describe('figures of the day', () => {
  it('count customers that came in before the year into the running total', () => {
    const rows = [
      { month: null, value: 40 },
      { month: '2026-01', value: 2 },
      { month: '2026-11', value: 3 },
    ]
    const months = runningTotals('2025-12-01', rows)
    expect(months.map(one => one.value)).toEqual([40, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 45])
    expect(months[0]?.month).toBe('2025-12')
    expect(months.at(-1)?.month).toBe('2026-11')
  })

  it('show 0 for months in which nothing was bought', () => {
    expect(everyMonth('2025-12-01', [{ month: '2026-02', value: 7 }]).map(one => one.value)).toEqual([
      0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ])
  })

  it('count a client and not a debtor, and nothing is owed in a new company', async () => {
    const sales = await world.person('営業 花子', 'sales')
    await world.done(sales, registerPartyCommand, { partyKind: 'corporation', legalName: '甲株式会社' })
    await world.done(sales, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '乙株式会社',
      roles: ['debtor'],
    })
    const figures = await world.ask(sales, homeFigures, {})
    expect(figures).toMatchObject({
      clients: 1,
      exposureYen: 0,
      overdueYen: 0,
      overdueClaims: 0,
      purchasedYen: 0,
    })
    expect(figures.clientMonths.at(-1)).toEqual({ month: '2026-11', value: 1 })
    expect((await world.ask(sales, claimsDue, {})).rows).toEqual([])
  })
})
