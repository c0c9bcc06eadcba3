import { describe, expect, it } from 'vitest'
import { headroom, type Limit } from './headroom.ts'
import { coverageOf, mayBeOverridden, type OverrideStanding } from './override.ts'

const TODAY = '2026-11-24'
const limit = (kind: 'client' | 'debtor', limitYen: number, state: Limit['state'] = 'in_force'): Limit => ({
  limitId: kind,
  subject: kind === 'client' ? { limitKind: kind, clientId: 'c' } : { limitKind: kind, debtorId: 'd' },
  term: 'permanent',
  state,
  limitYen,
  limitPpm: null,
  inForceFrom: '2026-01-01',
  inForceTo: null,
})
const deal = { clientId: 'c', debtorId: 'd' }
const held = (advanceYen: number) => [
  { kind: 'purchase_committed' as const, dealId: 'x', ...deal, advanceYen },
]
const client = (limitYen: number, heldYen: number, besides = { outside: {}, ownYen: 0 }) =>
  headroom(deal, [limit('client', limitYen), limit('debtor', 10_000)], held(heldYen), TODAY, besides)
    .lines[0]!
const override: OverrideStanding = {
  id: 'o',
  overrideNo: 'OV-000001',
  limitKind: 'client',
  beyondYen: 200,
  until: TODAY,
  isRevoked: false,
  usedByOthersYen: 0,
}

describe('an exception covers', () => {
  it('what the limit lacks, on its last day and to its last yen', () => {
    const line = client(1_000, 900)
    expect(coverageOf(line, 100, null, TODAY)).toMatchObject({ neededYen: 0, covered: true })
    expect(coverageOf(line, 300, null, TODAY)).toMatchObject({ neededYen: 200, covered: false })
    expect(coverageOf(line, 300, override, TODAY)).toEqual({ neededYen: 200, covered: true, sentence: null })
  })

  it('neither one yen more, nor a day later, nor once revoked, and says why', () => {
    const line = client(1_000, 900)
    const why = (part: Partial<OverrideStanding>, amountYen = 300) =>
      coverageOf(line, amountYen, { ...override, ...part }, TODAY).sentence
    expect(why({}, 301)).toBe('超過額201円は、超過承認 OV-000001 の残り200円を超えています。')
    expect(why({ usedByOthersYen: 1 })).toContain('残り199円')
    expect(why({ until: '2026-11-23' })).toContain('期限が切れています')
    expect(why({ isRevoked: true })).toContain('取り消されています')
  })

  it('no limit that is suspended or missing, and no plan', () => {
    const suspended = headroom(deal, [limit('client', 1_000, 'suspended')], [], TODAY).lines
    expect(coverageOf(suspended[0]!, 100, override, TODAY).covered).toBe(false)
    expect(mayBeOverridden(suspended[0]!, 100)).toMatchObject({ allowed: false })
    expect(mayBeOverridden(suspended[1]!, 100).sentence).toContain('枠の設定を申請')
    expect(mayBeOverridden({ ...client(1_000, 900), limitKind: 'plan' }, 300).sentence).toContain('対象外')
    expect(mayBeOverridden(client(1_000, 900), 100).sentence).toContain('不要')
    expect(mayBeOverridden(client(1_000, 900), 300)).toEqual({
      allowed: true,
      sentence: '200円の超過承認を申請できます（2人で決めます）。',
    })
  })
})

describe('what others took by exceptions', () => {
  it('keeps the room of whoever was within the limit, and gives room to nobody else', () => {
    const outside = { client: 200 }
    // 900 is held by the deal itself, 300 by the exception, 200 of that beyond the limit.
    expect(client(1_000, 300, { outside, ownYen: 900 }).headroomYen).toBe(900)
    expect(client(1_000, 1_200, { outside, ownYen: 0 })).toMatchObject({ headroomYen: 0, breachYen: 0 })
    expect(client(1_300, 1_200, { outside, ownYen: 0 }).headroomYen).toBe(100)
  })
})
