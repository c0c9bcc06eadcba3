import { describe, expect, it } from 'vitest'
import { STANDARD_HOURS } from '../../access/index.ts'
import { initialItems, owed } from './checklist.ts'
import { afterPause, type Clock, deadlines, minutesLeft, type PlanClocks } from './clock.ts'
import { guards, hindrancesToStep, type MoveFacts } from './moves.ts'
import {
  APPLICATION_MACHINE,
  applicationStates,
  claimAfterEnd,
  isEnded,
  nextState,
  stateNow,
  stepsFrom,
} from './states.ts'

const at = (text: string) => new Date(`${text}+09:00`)

/** FF §3, application, as the domain reference writes it. */
const LISTED = `draft -> submitted, abandoned
submitted -> docs_pending, screening, withdrawn
docs_pending -> screening, withdrawn, expired
screening -> in_review, docs_pending, rejected, withdrawn
in_review -> quoted, docs_pending, rejected, withdrawn
quoted -> accepted, in_review, declined, expired, withdrawn
accepted -> contracting, withdrawn
contracting -> ready_to_fund, quoted, rejected, withdrawn
ready_to_fund -> funded, contracting, cancelled
funded -> closed`

describe('the states of an application', () => {
  it('are those FF §3 lists, with those steps and no others', () => {
    const listed = new Map(
      LISTED.split('\n').map(line => {
        const [from, to] = line.split(' -> ')
        return [from, to!.split(', ').sort()]
      }),
    )
    for (const state of applicationStates)
      expect([state, Object.keys(APPLICATION_MACHINE[state]).sort()]).toEqual([
        state,
        listed.get(state) ?? [],
      ])
    expect(applicationStates.filter(isEnded).sort()).toEqual(
      ['closed', 'abandoned', 'withdrawn', 'expired', 'rejected', 'declined', 'cancelled'].sort(),
    )
  })

  it('skip nothing, and funded is never asked for', () => {
    expect(nextState('draft', 'in_review').refusal).toBe('transition_must_be_listed')
    expect(nextState('ready_to_fund', 'funded').refusal).toBe('transition_must_follow_from_events')
    expect(stepsFrom('ready_to_fund')).toEqual(['contracting', 'cancelled'])
  })

  it('funded follows once every claim that stands is paid out', () => {
    expect(stateNow('ready_to_fund', { standing: 0, funded: 0 })).toBe('ready_to_fund')
    expect(stateNow('ready_to_fund', { standing: 2, funded: 1 })).toBe('ready_to_fund')
    expect(stateNow('ready_to_fund', { standing: 2, funded: 2 })).toBe('funded')
    expect(stateNow('contracting', { standing: 2, funded: 2 })).toBe('contracting')
  })

  it('take their unbought claims with them, by a step the claims list', () => {
    expect(claimAfterEnd('rejected', 'offered')).toBe('rejected')
    expect(claimAfterEnd('rejected', 'approved')).toBe('lapsed')
    expect(claimAfterEnd('expired', 'verified')).toBe('lapsed')
    expect(claimAfterEnd('expired', 'offered')).toBe('withdrawn')
    expect(claimAfterEnd('withdrawn', 'approved')).toBe('withdrawn')
  })
})

it('guards stand only before steps that are listed', () => {
  for (const [from, steps] of Object.entries(guards))
    for (const to of Object.keys(steps))
      expect(APPLICATION_MACHINE[from as 'draft'], `${from} → ${to}`).toHaveProperty(to)
})

describe('the guards', () => {
  const clear: MoveFacts = {
    claims: [
      {
        receivableNo: 'R-1',
        state: 'approved',
        duplicateResult: 'clear',
        contractId: 'c',
        bought: false,
      },
    ],
    owed: [],
    deciderDrafted: false,
    quote: { state: 'offered', expired: false, contractId: 'c' },
    screening: [],
    plan: [],
    limits: [],
    deal: [],
    contract: [],
    headroom: [],
  }
  const codes = (...[from, to, facts]: Parameters<typeof hindrancesToStep>) =>
    hindrancesToStep(from, to, facts).map(reason => reason.code)
  const claim = (more: object) => [{ ...clear.claims[0]!, ...more }]
  const NO = [{ code: 'no' }]

  it.each([
    ['in_review', 'quoted', { screening: NO }, 'no'],
    ['in_review', 'quoted', { limits: NO }, 'no'],
    ['in_review', 'quoted', { deciderDrafted: true }, 'drafter_must_not_decide'],
    ['in_review', 'quoted', { claims: [] }, 'claims_must_be_linked'],
    ['in_review', 'quoted', { claims: claim({ state: 'offered' }) }, 'claims_must_be_verified'],
    ['in_review', 'quoted', { claims: claim({ duplicateResult: 'suspect' }) }, 'duplicate_must_be_judged'],
    ['in_review', 'quoted', { owed: ['請求書'] }, 'documents_must_be_there'],
    ['submitted', 'docs_pending', {}, 'document_must_be_owed'],
    ['quoted', 'accepted', { quote: { ...clear.quote!, expired: true } }, 'quote_must_not_be_expired'],
    ['quoted', 'accepted', { quote: null }, 'quote_must_be_open'],
    ['contracting', 'ready_to_fund', { contract: NO }, 'no'],
    ['contracting', 'ready_to_fund', { deal: NO }, 'no'],
    ['contracting', 'ready_to_fund', { headroom: NO }, 'no'],
    ['contracting', 'ready_to_fund', { claims: claim({ state: 'verified' }) }, 'claims_must_be_approved'],
    ['contracting', 'ready_to_fund', { claims: claim({ contractId: 'd' }) }, 'claims_must_be_approved'],
    ['ready_to_fund', 'contracting', { claims: claim({ bought: true }) }, 'claims_must_not_be_bought'],
    ['ready_to_fund', 'cancelled', { claims: claim({ bought: true }) }, 'claims_must_be_ended_first'],
  ] as const)('%s → %s names the one thing that is missing', (from, to, facts, code) => {
    expect(codes(from, to, { ...clear, ...facts })).toEqual([code])
  })

  it('say nothing of what is in order, and nothing of claims that have ended', () => {
    expect(codes('in_review', 'quoted', clear)).toEqual([])
    expect(codes('contracting', 'ready_to_fund', clear)).toEqual([])
    const ended = [...clear.claims, ...claim({ state: 'rejected', duplicateResult: 'confirmed' })]
    expect(codes('in_review', 'quoted', { ...clear, claims: ended })).toEqual([])
    expect(
      codes('ready_to_fund', 'cancelled', { ...clear, claims: claim({ state: 'rescinded', bought: true }) }),
    ).toEqual([])
  })
})

describe('the clock', () => {
  const none = { pausedMs: 0, pausedWallMs: 0 }
  const clock = (more: Partial<Clock> & { submitted?: string }): Clock => ({
    starts: { submitted: { at: at(more.submitted ?? '2026-11-24T10:00:00').toISOString(), ...none } },
    form: 'full',
    plan: null,
    hours: STANDARD_HOURS,
    waited: none,
    ...more,
  })
  const standardFrom = (submitted: string, form: 'full' | 'short') => {
    const { decision, funding } = deadlines(clock({ submitted, form }))
    return { decisionDue: decision?.at, fundingDue: funding?.at }
  }
  const promise = (
    value: number,
    unit: 'min' | 'business_min' | 'business_day' | 'same_day',
    startsAt: 'submitted' | 'docs_complete' | 'signed' = 'submitted',
  ) => ({ value, unit, startsAt })
  const plan = (more: Partial<PlanClocks>): PlanClocks => ({
    quoteClock: null,
    decisionClock: null,
    fundingClock: null,
    hours: null,
    ...more,
  })

  it('counts plain minutes through nights and holidays, and business minutes only in the hours (FF §5, clocks)', () => {
    const evening = { submitted: '2026-11-20T17:30:00' }
    const by = (unit: 'min' | 'business_min') =>
      deadlines(clock({ ...evening, plan: plan({ decisionClock: promise(60, unit) }) })).decision
    expect(by('min')).toEqual({ at: at('2026-11-20T18:30:00'), byWall: true })
    expect(by('business_min')).toEqual({ at: at('2026-11-24T09:30:00'), byWall: false })
    const left = { at: at('2026-11-20T18:30:00'), byWall: true }
    expect(minutesLeft(left, at('2026-11-20T18:10:00'), null, STANDARD_HOURS)).toBe(20)
    expect(minutesLeft(left, at('2026-11-21T18:30:00'), null, STANDARD_HOURS)).toBe(-24 * 60)
  })

  it('starts with its event, and is later by what the client was waited for since then, each in its own time', () => {
    const promises = plan({
      decisionClock: promise(60, 'business_min', 'docs_complete'),
      fundingClock: promise(90, 'min', 'signed'),
    })
    expect(deadlines(clock({ plan: promises }))).toEqual({ decision: null, funding: null })
    const { submitted } = clock({}).starts
    const hour = { pausedMs: 3_600_000, pausedWallMs: 3_600_000 }
    const starts = {
      submitted: submitted!,
      docs_complete: { at: at('2026-11-24T11:00:00').toISOString(), ...hour },
      signed: { at: at('2026-11-24T15:00:00').toISOString(), ...hour },
    }
    const due = (waited: Clock['waited']) => {
      const { decision, funding } = deadlines(clock({ plan: promises, starts, waited }))
      return [decision?.at, funding?.at]
    }
    expect(due(hour)).toEqual([at('2026-11-24T12:00:00'), at('2026-11-24T16:30:00')])
    // Ten more business minutes of waiting, of which the night made sixteen hours more by the wall.
    expect(due({ pausedMs: 4_200_000, pausedWallMs: 62_000_000 })[0]).toEqual(at('2026-11-24T12:10:00'))
    expect(due({ pausedMs: 4_200_000, pausedWallMs: 4_200_000 })[1]).toEqual(at('2026-11-24T16:40:00'))
  })

  it('is counted in the hours of the plan, else in those of the company', () => {
    const company = { ...STANDARD_HOURS, opensAt: '10:00', closesAt: '16:00', closedDays: ['2026-11-25'] }
    const funding = (hours: PlanClocks['hours']) =>
      deadlines(
        clock({
          submitted: '2026-11-24T15:30:00',
          hours: company,
          plan: plan({ fundingClock: promise(60, 'business_min'), hours }),
        }),
      ).funding?.at
    expect(funding(null)).toEqual(at('2026-11-26T10:30:00'))
    expect(funding({ opensAt: '09:30', closesAt: '18:00', days: 'company' })).toEqual(
      at('2026-11-24T16:30:00'),
    )
    expect(funding({ opensAt: '09:30', closesAt: '16:00', days: 'every_day' })).toEqual(
      at('2026-11-25T10:00:00'),
    )
  })

  it('counts business time: one day to a decision, another to the money; the short form half a day less', () => {
    // Friday evening before a long weekend: Monday is a holiday.
    expect(standardFrom('2026-11-20T17:00:00', 'full')).toEqual({
      decisionDue: at('2026-11-24T17:00:00'),
      fundingDue: at('2026-11-25T17:00:00'),
    })
    expect(standardFrom('2026-11-24T09:00:00', 'short').decisionDue).toEqual(at('2026-11-24T13:30:00'))
  })

  it('shows what is left, what has passed, and stands still while the client is waited for', () => {
    const due = { at: at('2026-11-24T17:00:00'), byWall: false }
    expect(minutesLeft(due, at('2026-11-24T15:30:00'), null, STANDARD_HOURS)).toBe(90)
    expect(minutesLeft(due, at('2026-11-25T10:00:00'), null, STANDARD_HOURS)).toBe(-120)
    expect(minutesLeft(due, at('2026-11-30T10:00:00'), at('2026-11-24T15:30:00'), STANDARD_HOURS)).toBe(90)
    expect(afterPause(due.at, 120, STANDARD_HOURS)).toEqual(at('2026-11-25T10:00:00'))
  })
})

it('asks for the documents of the form and of the kind of client', () => {
  expect(initialItems('short', 'corporation')).toEqual(['invoice', 'bank_statement'])
  expect(initialItems('full', 'corporation')).toContain('registry')
  expect(initialItems('full', 'sole_proprietor')).toContain('tax_return')
  const states = ['missing', 'received', 'returned', 'waived'] as const
  expect(owed(states.map(state => ({ state }))).map(item => item.state)).toEqual(['missing', 'returned'])
})
