import { clientTerms } from '../../../../bench/generate/book-terms.ts'
import { addDays, addMonths } from '../../../../bench/generate/calendar.ts'
import { stream } from '../../../../bench/generate/random.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { DEMO_SEED, type DemoPartyWithCompany } from './demo-parties.ts'
import type { DemoContract } from './demo-types.ts'

/** One master contract per active client; client-05 sells care claims with notice and a reserve of 20 %. */
export function demoContracts(clients: readonly DemoPartyWithCompany[], today: IsoDate): DemoContract[] {
  return clients
    .filter(({ party }) => party.stage === 'active')
    .map((client, at) => contractOf(client, at, today))
}

function contractOf({ party, company }: DemoPartyWithCompany, at: number, today: IsoDate): DemoContract {
  const random = stream(DEMO_SEED, 'demo-contract', at)
  const terms = clientTerms(DEMO_SEED, at, party.partyKind === 'corporation')
  const care = company.industry?.field === 'care'
  const story = party.story !== null
  const executedOn = addDays(today, -random.whole(240, 700))
  return {
    contractNo: `M-${executedOn.slice(0, 4)}-${String(at + 1).padStart(4, '0')}`,
    party: party.key,
    contractKind: 'master',
    legalKind: care ? 'three_party' : story ? 'two_party' : terms.legalKind,
    collectionRoute: care ? 'debtor_direct' : story ? 'client_remits' : terms.collectionRoute,
    feePpm: care ? 15_000 : terms.feePpm,
    feeMinimumYen: terms.feeMinimumYen,
    advancePpm: care ? 800_000 : terms.advancePpm,
    remitBankDays: terms.remitBankDays,
    lateRatePpm: 146_000,
    executedOn,
    endsOn: addMonths(executedOn, party.key === 'client-18' ? 6 : 36),
  }
}
