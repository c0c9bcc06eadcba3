import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { watchOn } from './past.ts'
import { independentSources, reasonsAgainstDecision, reasonsAgainstReview } from './rules/basis.ts'
import { defaultRules, loosened } from './rules/rules-in-force.ts'
import { fallOf, type StandingScore, seriesOf } from './rules/score-fall.ts'
import {
  guaranteedYen,
  looksLikeLending,
  reasonsAgainstGuarantee,
  securedYen,
  standsOn,
} from './rules/security.ts'
import { strictestOf, watchDirection } from './rules/watch.ts'
import { basisSources, guaranteeKinds, watchStates } from './tables.ts'

const TODAY = '2026-11-24'
const codes = (reasons: { code: string }[]) => reasons.map(reason => reason.code)

const basis = (...sources: (typeof basisSources)[number][]) =>
  sources.map(source => ({ kind: 'other' as const, source, note: '要点' }))
const review = {
  outcome: 'accept' as const,
  recommendedYen: 5_000_000,
  conditions: null,
  assessedOn: TODAY,
  reviewDueOn: '2027-11-24',
  basis: basis('subject', 'bank'),
}

describe('a review', () => {
  it('needs two sources from the threshold on, one below it, and one to decline', () => {
    const decide = (part: Partial<typeof review> | object) =>
      codes(reasonsAgainstDecision({ ...review, ...part }, defaultRules, TODAY))
    expect(decide({})).toEqual([])
    expect(decide({ basis: basis('subject', 'subject', 'subject') })).toEqual(['sources_must_be_independent'])
    expect(decide({ basis: basis('subject'), recommendedYen: 4_999_999 })).toEqual([])
    expect(decide({ basis: [], recommendedYen: 0 })).toEqual(['basis_must_be_given'])
    expect(decide({ basis: basis('tsr'), outcome: 'decline', recommendedYen: null })).toEqual([])
  })

  it('says amount and conditions as its outcome demands, and looks neither ahead nor back', () => {
    const check = (part: object) => codes(reasonsAgainstReview({ ...review, ...part }, TODAY))
    expect(check({ outcome: 'decline' })).toEqual(['recommendation_must_fit_the_outcome'])
    expect(check({ recommendedYen: null })).toEqual(['recommendation_must_fit_the_outcome'])
    expect(check({ outcome: 'conditional' })).toEqual(['conditions_must_fit_the_outcome'])
    expect(check({ conditions: '次の決算書の提出' })).toEqual(['conditions_must_fit_the_outcome'])
    expect(check({ assessedOn: '2026-11-25' })).toEqual(['assessment_must_not_be_in_the_future'])
    expect(check({ reviewDueOn: TODAY })).toEqual(['next_review_must_come_later'])
  })

  it('counts a source once, however often it speaks', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...basisSources), { maxLength: 30 }), sources => {
        const count = independentSources(basis(...sources))
        expect(count).toBeLessThanOrEqual(basisSources.length)
        expect(independentSources(basis(...sources, ...sources))).toBe(count)
        expect(sources.length === 0).toBe(count === 0)
      }),
    )
  })
})

const score = (points: number, on: string, id = `${points}@${on}`, scale = 100): StandingScore => ({
  id,
  series: seriesOf('tdb', null, scale),
  score: points,
  scale,
  on,
})
const rules = { scoreFallPpm: 100_000, fallWindowDays: 365 }

describe('a fall of the score', () => {
  it('is told from a whole step on, measured from the highest score of the window', () => {
    const earlier = [score(55, '2026-01-10'), score(52, '2026-06-10')]
    expect(fallOf(earlier, score(46, TODAY), rules)).toBeNull()
    expect(fallOf(earlier, score(45, TODAY), rules)).toMatchObject({
      fallPpm: 100_000,
      steps: 1,
      peak: { score: 55 },
    })
    expect(fallOf(earlier, score(30, TODAY), rules)).toMatchObject({ steps: 2 })
    // The peak is older than the window: only the later score counts.
    expect(fallOf([score(80, '2025-11-23'), score(52, '2026-06-10')], score(45, TODAY), rules)).toBeNull()
    expect(fallOf([score(80, '2025-11-24')], score(45, TODAY), rules)).toMatchObject({ steps: 3 })
  })

  it('compares within one provider, name and scale, and says nothing of a score entered afterwards', () => {
    expect(fallOf([score(700, '2026-10-01', 'a', 1000)], score(40, TODAY), rules)).toBeNull()
    expect(fallOf([{ ...score(80, '2026-10-01'), series: 'tsr||100' }], score(40, TODAY), rules)).toBeNull()
    expect(seriesOf('other', ' ＡＢＣ調査 ', 100)).toBe(seriesOf('other', 'abc調査', 100))
    expect(fallOf([score(80, '2026-10-01'), score(79, '2026-11-25')], score(40, TODAY), rules)).toBeNull()
  })

  it('is the same however the earlier scores are ordered, none where nothing was higher, and never less for a lower score', () => {
    const day = fc
      .integer({ min: 0, max: 700 })
      .map(back => new Date(Date.UTC(2026, 10, 24) - back * 86_400_000).toISOString().slice(0, 10))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), day), { maxLength: 12 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 500_000 }),
        (rows, points, scoreFallPpm) => {
          const earlier = rows.map(([value, on], at) => score(value, on, `s${at}`))
          const by = { scoreFallPpm, fallWindowDays: 365 }
          const fall = fallOf(earlier, score(points, TODAY, 'new'), by)
          expect(fallOf([...earlier].reverse(), score(points, TODAY, 'new'), by)?.steps).toBe(fall?.steps)
          if (fall) {
            expect(fall.peak.score).toBeGreaterThan(points)
            expect(fall.steps * scoreFallPpm).toBeLessThanOrEqual(fall.fallPpm)
          } else if (earlier.every(one => one.on <= TODAY)) {
            const within = earlier.filter(one => one.on >= '2025-11-24').map(one => one.score)
            expect((Math.max(0, ...within) - points) * 10_000).toBeLessThan(scoreFallPpm)
          }
          const lower = fallOf(earlier, score(points - 1, TODAY, 'new'), by)
          expect(lower?.steps ?? 0).toBeGreaterThanOrEqual(fall?.steps ?? 0)
        },
      ),
    )
  })
})

describe('security', () => {
  it('counts for value times share, rounded down, exactly also for large values', () => {
    expect(securedYen(30_000_000, 700_000)).toBe(21_000_000)
    expect(securedYen(1, 999_999)).toBe(0)
    expect(securedYen(9_000_000_000_000_000, 333_333)).toBe(2_999_997_000_000_000)
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9_000_000_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        (yen, ppm) => {
          const counts = securedYen(yen, ppm)
          expect(counts).toBeLessThanOrEqual(yen)
          expect(BigInt(counts) * 1_000_000n).toBeLessThanOrEqual(BigInt(yen) * BigInt(ppm))
          expect((BigInt(counts) + 1n) * 1_000_000n).toBeGreaterThan(BigInt(yen) * BigInt(ppm))
        },
      ),
    )
  })

  it('stands from its first day through its last, and no longer from the day it was ended', () => {
    const term = { validFrom: '2026-04-01', expiresOn: '2026-11-24', validTo: null }
    expect(['2026-03-31', '2026-04-01', '2026-11-24', '2026-11-25'].map(day => standsOn(term, day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(standsOn({ ...term, validTo: '2026-11-01' }, '2026-10-31')).toBe(true)
    expect(standsOn({ ...term, validTo: '2026-11-01' }, '2026-11-01')).toBe(false)
  })

  const guarantee = {
    kind: 'root' as const,
    personal: true,
    amountYen: null,
    capYen: 10_000_000,
    validFrom: TODAY,
    expiresOn: null,
    notarisedOn: null,
  }
  it('of a living person without an end needs a cap; a plain guarantee needs its amount', () => {
    const check = (part: object) => codes(reasonsAgainstGuarantee({ ...guarantee, ...part }, TODAY))
    expect(check({})).toEqual([])
    for (const kind of guaranteeKinds) {
      const root = kind === 'root' || kind === 'joint_root'
      expect(check({ kind, capYen: null, amountYen: 1 })).toEqual(
        root ? ['personal_root_guarantee_must_have_a_cap'] : [],
      )
      expect(check({ kind, capYen: null, personal: false })).toEqual(
        root ? [] : ['guaranteed_amount_must_be_given'],
      )
    }
    expect(check({ expiresOn: TODAY })).toEqual(['period_must_be_forward'])
    expect(check({ notarisedOn: '2026-11-25' })).toEqual(['date_must_not_be_in_the_future'])
  })

  it('answers up to the cap of a root guarantee, and looks like lending only where a person answers for a client', () => {
    expect(guaranteedYen({ kind: 'root', amountYen: 5, capYen: 9 })).toBe(9)
    expect(guaranteedYen({ kind: 'joint', amountYen: 5, capYen: 9 })).toBe(5)
    expect(guaranteedYen({ kind: 'joint_root', amountYen: null, capYen: null })).toBeNull()
    expect(looksLikeLending(true, ['client', 'debtor'])).toBe(true)
    expect(looksLikeLending(true, ['debtor'])).toBe(false)
    expect(looksLikeLending(false, ['client'])).toBe(false)
  })
})

describe('the watch status', () => {
  it('of several records is the strictest; only lifting a stop takes two people', () => {
    expect(strictestOf([])).toBe('normal')
    expect(strictestOf(['watch', 'stop', 'normal'])).toBe('stop')
    const two = watchStates.flatMap(from =>
      watchStates.filter(to => watchDirection(from, to).twoPeople).map(to => `${from}→${to}`),
    )
    expect(two).toEqual(['stop→normal', 'stop→watch'])
    expect(watchDirection('normal', 'stop')).toEqual({ direction: 'raise', twoPeople: false })
    expect(watchDirection('watch', 'normal')).toEqual({ direction: 'lower', twoPeople: false })
  })

  it('of a past day is the last word on each record by that day', () => {
    const row = (state: (typeof watchStates)[number], since: string, recordNo: string | null = null) => ({
      id: `${state}${since}`,
      state,
      previous: 'normal' as const,
      reason: '理由',
      since,
      setBy: '審査',
      approvedBy: null,
      recordNo,
    })
    const watchHistory = [
      row('normal', '2026-06-01', 'C-1'),
      row('watch', '2026-05-01', 'C-2'),
      row('stop', '2026-04-01', 'C-1'),
    ]
    const on = (day: string) => watchOn({ watchHistory }, day).value
    expect(['2026-03-31', '2026-04-01', '2026-05-31', '2026-06-01'].map(on)).toEqual([
      '正常',
      '取引停止',
      '取引停止',
      '要注意',
    ])
  })
})

describe('measures', () => {
  it('are loosened where they would watch less: tightening one never hides loosening another', () => {
    const change = (part: object) => loosened(defaultRules, { ...defaultRules, ...part })
    expect(change({})).toEqual([])
    expect(change({ scoreFallPpm: 150_000 })).toEqual(['scoreFallPpm'])
    expect(change({ scoreFallPpm: 50_000, fallWindowDays: 730, noticeDays: 60 })).toEqual([])
    expect(change({ scoreFallPpm: 50_000, noticeDays: 10 })).toEqual(['noticeDays'])
    expect(change({ reportAgeDays: 400, basisThresholdYen: 6_000_000 })).toEqual([
      'reportAgeDays',
      'basisThresholdYen',
    ])
  })
})
