import type { ClockEvent, clockUnits } from '../contract.ts'
import {
  type Advertised,
  applicationChannels,
  applicationForms,
  type PlanClock,
  type PlanDocument,
  type PlanParameters,
} from '../parameters.ts'

/** A clock as it is typed; without a unit the standard one holds. */
export interface TypedClock {
  value: number | null
  unit: (typeof clockUnits)[number] | null
  startsAt: ClockEvent
}

export interface TypedCharge {
  kind: string
  mostYen: number | null
}

type Clocks = 'quoteClock' | 'decisionClock' | 'fundingClock'

/** What is typed of a version; numbers and rates may be empty until it is sent. */
export interface TypedVersion
  extends Omit<PlanParameters, Clocks | 'advancePpm' | 'feeMinPpm' | 'feeMinimumYen' | 'charges'>,
    Record<Clocks, TypedClock> {
  advancePpm: number | null
  feeMinPpm: number | null
  feeMinimumYen: number | null
  charges: readonly TypedCharge[] | null
  advertised: readonly Advertised[]
  effectiveFrom: string | null
  effectiveTo: string | null
  note: string
}

const standard: TypedClock = { value: null, unit: null, startsAt: 'submitted' }

export const usualVersion: TypedVersion = {
  legalKinds: ['two_party'],
  collectionRoutes: ['client_remits'],
  clientTypes: ['corp', 'sole'],
  receivableKinds: ['invoice'],
  debtorTypes: ['corporation', 'public_body'],
  industries: [],
  channels: [...applicationChannels],
  forms: [...applicationForms],
  minYen: null,
  maxYen: null,
  advancePpm: 1_000_000,
  feeMinPpm: null,
  feeMaxPpm: null,
  feeBase: 'purchased',
  feeMinimumYen: 0,
  feeMethods: ['flat'],
  charges: null,
  penalties: null,
  maxTenorDays: null,
  multiQuoteMax: null,
  quoteClock: standard,
  decisionClock: standard,
  fundingClock: standard,
  hours: null,
  documents: {
    corp: ['invoice', 'bank_statement', 'identity', 'deal_evidence'],
    sole: ['invoice', 'bank_statement', 'identity', 'tax_return'],
  },
  registration: 'none',
  notice: 'held',
  payoutAfter: 'contract',
  duplicateScopes: ['own_book'],
  recourse: 'dilution_only',
  collateralRequired: 'none',
  guarantorRequired: 'none',
  lateRatePpm: 146_000,
  ceilingYen: null,
  ceilingScope: 'plan',
  advertised: [],
  effectiveFrom: null,
  effectiveTo: null,
  note: '',
}

const typedClock = (clock: PlanClock | null): TypedClock => clock ?? standard
const clockOf = ({ value, unit, startsAt }: TypedClock): PlanClock | null =>
  unit === null ? null : { unit, value: unit === 'same_day' ? 1 : (value ?? 0), startsAt }

/** A version that stands, to write on or to begin the next one with. */
export function typedVersion(shown: {
  parameters: PlanParameters
  advertised: readonly Advertised[]
  effectiveFrom: string | null
  effectiveTo: string | null
  note: string
}): TypedVersion {
  const { parameters, ...rest } = shown
  const { quoteClock, decisionClock, fundingClock } = parameters
  return {
    ...parameters,
    ...rest,
    quoteClock: typedClock(quoteClock),
    decisionClock: typedClock(decisionClock),
    fundingClock: typedClock(fundingClock),
  }
}

/** The typed values as the commands take them. */
export function writtenOf(typed: TypedVersion) {
  const { advertised, effectiveFrom, effectiveTo, note, ...parameters } = typed
  return {
    parameters: {
      ...parameters,
      advancePpm: typed.advancePpm ?? 0,
      feeMinPpm: typed.feeMinPpm ?? 0,
      feeMinimumYen: typed.feeMinimumYen ?? 0,
      charges:
        typed.charges?.map(({ kind, mostYen }) => ({ kind: kind.trim(), mostYen: mostYen ?? 0 })) ?? null,
      quoteClock: clockOf(typed.quoteClock),
      decisionClock: clockOf(typed.decisionClock),
      fundingClock: clockOf(typed.fundingClock),
      documents: {
        corp: typed.clientTypes.includes('corp') ? typed.documents.corp : [],
        sole: typed.clientTypes.includes('sole') ? typed.documents.sole : [],
      } satisfies Record<'corp' | 'sole', PlanDocument[]>,
    },
    advertised: [...advertised],
    effectiveFrom,
    effectiveTo,
    note: note.trim(),
  }
}

/** What is missing before it may be sent; null: nothing. */
export function missingOf(typed: TypedVersion): string | null {
  if (typed.advancePpm === null || typed.feeMinPpm === null)
    return '掛目の上限と手数料率の下限を入力してください。'
  const clocks = [typed.quoteClock, typed.decisionClock, typed.fundingClock]
  if (clocks.some(({ unit, value }) => unit !== null && unit !== 'same_day' && value === null))
    return '期限の長さを入力してください。'
  if (typed.charges?.some(one => one.kind.trim() === '' || one.mostYen === null))
    return '諸費用には、名前と上限額を入力してください。'
  if (typed.penalties?.some(one => one.mostYen === null && one.mostPpm === null))
    return '違約金には、上限の金額か割合を入力してください。'
  if (typed.advertised.some(one => one.text.trim() === '' || one.source.trim() === ''))
    return '広告の表示には、文言と出所を入力してください。'
  if (typed.note.trim().length < 2) return 'この版の説明を入力してください。'
  return null
}
