import { addDays, addMonths } from '../../../../bench/generate/calendar.ts'
import { stream } from '../../../../bench/generate/random.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { DEMO_SEED } from './demo-parties.ts'
import type { DemoLimit, DemoParty, DemoReceivable } from './demo-types.ts'

const MILLION = 1_000_000

/** Exposure of a claim (FF §4.8): committed → the advance, bought → what of the advance has not come back. */
export function exposureYen(claim: DemoReceivable): Yen {
  if (claim.state === 'approved') return claim.advanceYen
  const bought = claim.steps.some(step => step.to === 'purchased')
  if (!bought || ['settled', 'written_off', 'repurchased'].includes(claim.state)) return 0
  return Math.max(0, claim.advanceYen - claim.collectedYen)
}

/** Limits of clients, of the 三陽 group, of debtors, of one pair and one concentration, fitted to today's exposure. */
export function demoLimits(
  clients: readonly DemoParty[],
  claims: readonly DemoReceivable[],
  today: IsoDate,
): DemoLimit[] {
  const of = (fits: (claim: DemoReceivable) => boolean) =>
    claims.filter(fits).reduce((sum, claim) => sum + exposureYen(claim), 0)
  const active = clients.filter(client => client.stage === 'active')
  const limits = active.flatMap((client, at) =>
    clientLimits(
      client.key,
      at,
      of(claim => claim.client === client.key),
      today,
    ),
  )
  const group = ['client-12', 'client-13']
  limits.push(
    limit(
      'limit-group-sanyo',
      'group',
      ['member-01', ...group],
      roundUp(of(claim => group.includes(claim.client)) / 0.7),
      today,
      60,
      'グループ合算の純資産と直近の資金繰り表による。',
    ),
  )
  const debtors = [...new Set(claims.map(claim => claim.debtor))]
  const exposures = debtors.map(debtor => [debtor, of(claim => claim.debtor === debtor)] as const)
  exposures.forEach(([debtor, exposure], at) => {
    limits.push(
      limit(
        `limit-${debtor}`,
        'debtor',
        [debtor],
        Math.max(5 * MILLION, roundUp(exposure * 2)),
        today,
        30 + (at % 200),
        '信用調査会社の評点と支払実績による。',
      ),
    )
  })
  const first = claims.find(claim => claim.client === 'client-01')!
  const pair = of(claim => claim.client === 'client-01' && claim.debtor === first.debtor)
  limits.push(
    limit(
      'limit-pair',
      'pair',
      ['client-01', first.debtor],
      roundUp(Math.max(pair, MILLION) * 1.5),
      today,
      45,
      '取引実績の長い売掛先。',
    ),
  )
  const largest = exposures.toSorted((a, b) => b[1] - a[1])[0]![0]
  return [
    ...limits,
    {
      ...limit('limit-concentration', 'concentration', [largest], 0, today, 90, '1社集中の上限25％。'),
      limitYen: null,
      limitPpm: 250_000,
    },
  ]
}

function clientLimits(client: string, at: number, exposure: Yen, today: IsoDate): DemoLimit[] {
  const random = stream(DEMO_SEED, 'demo-limit', at)
  const assessed = random.whole(20, 300)
  const grounds = random.pick([
    '直近2期の決算書と入金実績による。',
    '代表者面談、通帳、納税証明による。',
    '決算書、売掛先の構成、取引年数による。',
  ])
  const usual = Math.max(3 * MILLION, roundUp(exposure * (1.4 + random.next() * 1.8)))
  if (client === 'client-01')
    return [
      limit(
        'limit-client-01',
        'client',
        [client],
        Math.round(exposure / 0.85 / 10_000) * 10_000,
        today,
        40,
        grounds,
      ),
    ]
  if (client === 'client-02') return lowered(client, exposure, today)
  if (client === 'client-14')
    return [
      {
        ...limit('limit-client-14', 'client', [client], usual, today, 200, grounds),
        state: 'suspended',
        suspendedOn: addDays(today, -8),
        suspendedReason: '信用調査の評点が52点から38点に低下。',
      },
    ]
  if (client === 'client-18')
    return [
      { ...limit('limit-client-18', 'client', [client], 5 * MILLION, today, 420, grounds), state: 'lapsed' },
    ]
  return [limit(`limit-${client}`, 'client', [client], usual, today, assessed, grounds)]
}

/** A limit lowered ten days ago below what is out: exceeded from that day. */
function lowered(client: string, exposure: Yen, today: IsoDate): DemoLimit[] {
  const old = limit(
    'limit-client-02-old',
    'client',
    [client],
    roundUp(exposure * 1.6),
    today,
    240,
    '設立以来の入金実績による。',
  )
  const lower = Math.max(100_000, Math.floor((exposure * 0.92) / 100_000) * 100_000)
  return [
    { ...old, inForceTo: addDays(today, -11), state: 'superseded' },
    limit('limit-client-02', 'client', [client], lower, today, 10, '5日遅れの入金と売上減少により引下げ。'),
  ]
}

function limit(
  key: string,
  limitKind: DemoLimit['limitKind'],
  subjects: string[],
  limitYen: Yen,
  today: IsoDate,
  daysAgo: number,
  grounds: string,
): DemoLimit {
  const from = addDays(today, -daysAgo)
  return {
    key,
    limitKind,
    subjects,
    term: 'permanent',
    limitYen,
    limitPpm: null,
    assessedOn: addDays(from, -3),
    inForceFrom: from,
    inForceTo: addMonths(from, 12),
    grounds,
    requestedBy: 'reviewer',
    approvedBy: 'approver',
    state: 'in_force',
    suspendedOn: null,
    suspendedReason: null,
  }
}

function roundUp(yen: number): Yen {
  return Math.ceil(yen / MILLION) * MILLION
}
