import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concentrationPpm, type ExposureFact, exposure } from './exposure.ts'
import { concentrationRoom, headroom, type Limit, limitInForce, subjectKey } from './headroom.ts'
import { limitDirection } from './limit-direction.ts'

const today = '2026-11-23'
const parties = { clientId: 'c1', clientGroupId: 'g1', debtorId: 'd1', debtorGroupId: 'h1', planId: 'p1' }

/** The vector of FF §4.8. */
const vector: ExposureFact[] = [
  { kind: 'purchase_paid', dealId: 'deal-1', ...parties, advanceYen: 6_400_000, collectedYen: 1_000_000 },
  { kind: 'purchase_committed', dealId: 'deal-2', ...parties, advanceYen: 900_000 },
  { kind: 'credit_guarantee', dealId: 'deal-3', ...parties, guaranteedYen: 500_000 },
  { kind: 'loan', dealId: 'deal-4', ...parties, openPrincipalYen: 1_000_000, approvedUnpaidYen: 200_000 },
]

function limit(subject: Limit['subject'], limitYen: number, more: Partial<Limit> = {}): Limit {
  return {
    limitId: subjectKey(subject),
    subject,
    term: 'permanent',
    state: 'in_force',
    limitYen,
    limitPpm: null,
    inForceFrom: '2026-01-01',
    inForceTo: null,
    ...more,
  }
}

const clientLimit = limit({ limitKind: 'client', clientId: 'c1' }, 10_000_000)
const debtorLimit = limit({ limitKind: 'debtor', debtorId: 'd1' }, 50_000_000)
const deal = { clientId: 'c1', clientGroupId: 'g1', debtorId: 'd1', debtorGroupId: 'h1', planId: 'p1' }

describe('exposure (FF §4.8)', () => {
  test('the vector is 5,400,000 + 900,000 + 500,000 + 1,200,000 = 8,000,000 yen', () => {
    expect(exposure({ limitKind: 'client', clientId: 'c1' }, vector)).toEqual({
      paidYen: 5_400_000,
      committedYen: 900_000,
      guaranteedYen: 500_000,
      loanYen: 1_200_000,
      totalYen: 8_000_000,
    })
  })

  test('loans count for the borrower and not for a debtor', () => {
    expect(exposure({ limitKind: 'debtor', debtorId: 'd1' }, vector).totalYen).toBe(6_800_000)
    expect(exposure({ limitKind: 'debtor_group', groupId: 'h1' }, vector).totalYen).toBe(6_800_000)
    expect(exposure({ limitKind: 'group', groupId: 'g1' }, vector).totalYen).toBe(8_000_000)
  })

  test('a pair counts only deals between this client and this debtor', () => {
    const other: ExposureFact = {
      kind: 'purchase_committed',
      dealId: 'x',
      ...parties,
      debtorId: 'd2',
      advanceYen: 7,
    }
    expect(exposure({ limitKind: 'pair', clientId: 'c1', debtorId: 'd2' }, [...vector, other]).totalYen).toBe(
      7,
    )
  })

  test('a claim collected beyond its advance is not a negative exposure', () => {
    const fact: ExposureFact = {
      kind: 'purchase_paid',
      dealId: 'x',
      ...parties,
      advanceYen: 100,
      collectedYen: 300,
    }
    expect(exposure({ limitKind: 'client', clientId: 'c1' }, [fact]).totalYen).toBe(0)
  })

  test('concentration is the share of all exposure', () => {
    const elsewhere: ExposureFact = {
      kind: 'purchase_committed',
      dealId: 'x',
      clientId: 'c2',
      debtorId: 'd2',
      advanceYen: 12_000_000,
    }
    expect(concentrationPpm('d1', [...vector, elsewhere])).toBe(340_000)
    expect(concentrationPpm('d1', [])).toBe(0)
  })
})

describe('headroom', () => {
  test('limit 10,000,000 leaves 2,000,000 yen, and 2,900,000 for the committed deal itself', () => {
    const asked = headroom(deal, [clientLimit, debtorLimit], vector, today)
    expect(asked).toMatchObject({ headroomYen: 2_000_000, binding: { limitKind: 'client' } })
    expect(asked.binding.sentence).toBe('利用者枠10,000,000円、与信残高8,000,000円、空き枠2,000,000円です。')
    const own = headroom({ ...deal, dealId: 'deal-2' }, [clientLimit, debtorLimit], vector, today)
    expect(own.headroomYen).toBe(2_900_000)
  })

  test('a paid deal does not leave itself out', () => {
    const own = headroom({ ...deal, dealId: 'deal-1' }, [clientLimit, debtorLimit], vector, today)
    expect(own.headroomYen).toBe(2_000_000)
  })

  test('without a debtor limit nothing may be bought from the debtor', () => {
    const asked = headroom(deal, [clientLimit], vector, today)
    expect(asked).toMatchObject({
      headroomYen: 0,
      binding: { limitKind: 'debtor', rule: 'limit_must_be_in_force' },
    })
  })

  test('the tightest of all kinds binds and is named', () => {
    const limits = [
      clientLimit,
      debtorLimit,
      limit({ limitKind: 'group', groupId: 'g1' }, 9_500_000),
      limit({ limitKind: 'debtor_group', groupId: 'h1' }, 8_200_000),
      limit({ limitKind: 'pair', clientId: 'c1', debtorId: 'd1' }, 7_000_000),
      limit({ limitKind: 'plan', planId: 'p1' }, 8_300_000),
    ]
    const asked = headroom(deal, limits, vector, today)
    const rooms = Object.fromEntries(asked.lines.map(line => [line.limitKind, line.headroomYen]))
    expect(rooms).toEqual({
      client: 2_000_000,
      group: 1_500_000,
      debtor: 43_200_000,
      debtor_group: 1_400_000,
      pair: 200_000,
      concentration: null,
      plan: 300_000,
    })
    expect(asked.binding.limitKind).toBe('pair')
  })

  test('a suspended limit gives no headroom, whatever a temporary limit adds', () => {
    const suspended = { ...clientLimit, state: 'suspended' as const }
    const temporary = limit(clientLimit.subject, 5_000_000, { term: 'temporary', limitId: 't' })
    const asked = headroom(deal, [suspended, temporary, debtorLimit], vector, today)
    expect(asked).toMatchObject({ headroomYen: 0, binding: { rule: 'suspended_limit_gives_no_headroom' } })
  })

  test('a temporary limit adds between its dates, both included, and a reserved one does not', () => {
    const dates = { inForceFrom: '2026-11-01', inForceTo: '2026-11-30' }
    const temporary = limit(clientLimit.subject, 5_000_000, { term: 'temporary', limitId: 't', ...dates })
    const reserved = limit(clientLimit.subject, 9_000_000, { state: 'reserved', limitId: 'r' })
    const inForce = (day: string) =>
      limitInForce(clientLimit.subject, [clientLimit, temporary, reserved], day).limitYen
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map(inForce)).toEqual([
      10_000_000, 15_000_000, 15_000_000, 10_000_000,
    ])
  })

  test('an exceeded limit shows the breach', () => {
    const asked = headroom(deal, [{ ...clientLimit, limitYen: 7_500_000 }, debtorLimit], vector, today)
    expect(asked.binding).toMatchObject({ headroomYen: 0, breachYen: 500_000 })
  })

  test('the concentration room is the largest advance that keeps the share, to the yen', () => {
    expect(concentrationRoom(200, 1_000, 300_000)).toBe(142)
    expect(concentrationRoom(400, 1_000, 300_000)).toBe(-143)
    expect(concentrationRoom(400, 1_000, 1_000_000)).toBeNull()
    const yen = fc.integer({ min: 0, max: 1_000_000_000 })
    fc.assert(
      fc.property(yen, yen, fc.integer({ min: 0, max: 999_999 }), (share, rest, limitPpm) => {
        const all = share + rest
        const room = concentrationRoom(share, all, limitPpm)!
        if (room < 0) return
        const within = (x: number) => BigInt(share + x) * 1_000_000n <= BigInt(limitPpm) * BigInt(all + x)
        expect(within(room)).toBe(true)
        expect(within(room + 1)).toBe(false)
      }),
    )
  })

  test('buying exactly the headroom never exceeds any limit, one yen more always does', () => {
    const yen = fc.integer({ min: 0, max: 20_000_000 })
    fc.assert(
      fc.property(yen, yen, yen, fc.integer({ min: 1, max: 999_999 }), (client, debtor, pair, share) => {
        const limits = [
          { ...clientLimit, limitYen: client },
          { ...debtorLimit, limitYen: debtor },
          limit({ limitKind: 'pair', clientId: 'c1', debtorId: 'd1' }, pair),
          limit({ limitKind: 'concentration', debtorId: 'd1' }, 0, { limitYen: null, limitPpm: share }),
        ]
        const { headroomYen } = headroom(deal, limits, vector, today)
        const bought = (advanceYen: number) =>
          headroom(
            deal,
            limits,
            [...vector, { kind: 'purchase_committed', dealId: 'n', ...parties, advanceYen }],
            today,
          )
        if (headroomYen > 0) expect(bought(headroomYen).lines.every(line => line.breachYen === 0)).toBe(true)
        expect(bought(headroomYen + 1).lines.some(line => line.breachYen > 0)).toBe(true)
      }),
    )
  })
})

describe('direction of a limit change', () => {
  const terms = {
    state: 'in_force' as const,
    amount: 1_000_000,
    inForceFrom: '2026-01-01',
    inForceTo: '2026-12-31',
  }

  test('granting, raising, extending and lifting need a second person', () => {
    expect(limitDirection(null, terms)).toMatchObject({ moves: ['grant'], decision: 'critical' })
    expect(limitDirection(terms, { ...terms, amount: 1_000_001 })).toMatchObject({
      moves: ['raise'],
      decision: 'critical',
    })
    expect(limitDirection(terms, { ...terms, inForceTo: null })).toMatchObject({
      moves: ['extend'],
      decision: 'critical',
    })
    expect(limitDirection({ ...terms, state: 'suspended' }, terms)).toMatchObject({
      moves: ['lift_suspension'],
      decision: 'critical',
    })
    expect(limitDirection({ ...terms, state: 'reserved' }, terms)).toMatchObject({ decision: 'critical' })
  })

  test('lowering, shortening, suspending and revoking act at once', () => {
    expect(limitDirection(terms, { ...terms, amount: 1 })).toMatchObject({
      moves: ['lower'],
      decision: 'at_once',
    })
    expect(limitDirection(terms, { ...terms, inForceTo: '2026-06-30' })).toMatchObject({
      moves: ['shorten'],
      decision: 'at_once',
    })
    expect(limitDirection(terms, { ...terms, state: 'suspended' })).toMatchObject({
      moves: ['suspend'],
      decision: 'at_once',
    })
    expect(limitDirection(terms, { ...terms, state: 'revoked' })).toMatchObject({
      moves: ['revoke'],
      decision: 'at_once',
    })
  })

  test('a raise hidden behind a shorter term stays critical', () => {
    const change = limitDirection(terms, { ...terms, amount: 2_000_000, inForceTo: '2026-06-30' })
    expect(change).toMatchObject({ moves: ['raise', 'shorten'], decision: 'critical' })
  })

  test("a plan may set a client's first limit up to its ceiling, never a second one", () => {
    const ceiling = { isFirstLimitOfClient: true, ceilingYen: 1_000_000 }
    expect(limitDirection(null, terms, ceiling).decision).toBe('at_once')
    expect(limitDirection(null, { ...terms, amount: 1_000_001 }, ceiling).decision).toBe('critical')
    expect(limitDirection(null, terms, { ...ceiling, isFirstLimitOfClient: false }).decision).toBe('critical')
    expect(
      limitDirection(terms, { ...terms, amount: 1_000_001 }, { ...ceiling, ceilingYen: 9_000_000 }).decision,
    ).toBe('critical')
  })
})
