import { addDays, addMonths } from '../../../../bench/generate/calendar.ts'
import { stream } from '../../../../bench/generate/random.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { DEMO_SEED } from './demo-parties.ts'
import type { DemoKyc, DemoParty } from './demo-types.ts'

const YEARS = { low: 3, medium: 2, high: 1 } as const

/** Days from today to the next review, for the clients with a part in the story. */
const REVIEW_IN_DAYS: Readonly<Record<string, number>> = {
  'client-03': 9,
  'client-04': -12,
  'client-19': 21,
  'client-22': 3,
  'client-30': -2,
  'client-31': 58,
}

/** One case per client; client-08 is still in progress, all others are done and due as the story says. */
export function demoKyc(clients: readonly DemoParty[], today: IsoDate): DemoKyc[] {
  return clients.filter(client => client.stage !== 'prospect').map((client, at) => kycOf(client, at, today))
}

function kycOf(client: DemoParty, at: number, today: IsoDate): DemoKyc {
  const random = stream(DEMO_SEED, 'kyc', at)
  const riskRating = random.pickWeighted([
    [70, 'low'],
    [24, 'medium'],
    [6, 'high'],
  ] as const)
  const inDays = REVIEW_IN_DAYS[client.key] ?? random.whole(65, YEARS[riskRating] * 365 - 40)
  const nextReviewOn = addDays(today, inDays)
  const completedOn = addMonths(nextReviewOn, -12 * YEARS[riskRating])
  const open = client.stage === 'applied'
  const corporation = client.partyKind === 'corporation'
  return {
    party: client.key,
    trigger: 'onboarding',
    methodCode: corporation ? random.pick(['corp_registry_online', 'corp_shown']) : 'remote_ic_selfie',
    documents: documentsOf(corporation, open ? today : completedOn),
    ...(client.key === 'client-05'
      ? { purposeCode: 'other', purpose: '設備の入替えに充てる資金' }
      : { purposeCode: 'sale_of_receivables', purpose: null }),
    riskRating,
    completedOn: open ? null : completedOn,
    nextReviewOn: open ? null : nextReviewOn,
    completedBy: 'operations',
    approvedBy: open ? null : 'compliance',
    state: open ? 'in_progress' : inDays < 0 ? 'overdue' : inDays <= 30 ? 'due_soon' : 'current',
  }
}

function documentsOf(corporation: boolean, seenOn: IsoDate): DemoKyc['documents'] {
  const licence = { kind: 'drivers_licence', issuedOn: addDays(seenOn, -700), seenOn }
  if (!corporation) return [licence]
  return [
    { kind: 'registry', issuedOn: addDays(seenOn, -20), seenOn },
    { kind: 'seal_certificate', issuedOn: addDays(seenOn, -20), seenOn },
    licence,
  ]
}
