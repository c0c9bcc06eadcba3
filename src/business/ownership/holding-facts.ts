import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { Json } from '../../platform/trail/canonical.ts'
import { type Beginning, knownAt, periodOn, type ValueFact } from '../changes/index.ts'
import { type Fraction, fraction, toPpm } from './rules/fraction.ts'
import type { HoldingSource, RightKind } from './tables.ts'

/** The share a holder has, as it stands in the timeline of a holding; null there means that nothing is held. */
export interface ShareValue {
  ppm: number
  votes: number | null
  total: number | null
  source: HoldingSource | null
}

/** The field of a holding whose timeline is kept. */
export const SHARE = 'share'

export interface HoldingRow {
  id: Id
  row_version: number
  party_id: Id
  holder_party_id: Id | null
  holder_person_id: Id | null
  right_kind: RightKind
  share_ppm: number
  share_votes: number | null
  share_total: number | null
  source: HoldingSource | null
  valid_from: IsoDate | null
  valid_to: IsoDate | null
  recorded_at: string
  ended_recorded_at: string | null
}

export function shareOf(row: HoldingRow): ShareValue {
  return { ppm: row.share_ppm, votes: row.share_votes, total: row.share_total, source: row.source }
}

/** The exact part: of votes where they are known, else of a million. */
export function exactShare({ ppm, votes, total }: ShareValue): Fraction {
  return votes !== null && total !== null ? fraction(votes, total) : fraction(ppm, 1_000_000)
}

export function shareValue(
  given: {
    sharePpm?: number | null | undefined
    shareVotes?: number | null | undefined
    shareTotal?: number | null | undefined
  },
  source: HoldingSource | null,
): ShareValue {
  const { sharePpm = null, shareVotes = null, shareTotal = null } = given
  return shareVotes !== null && shareTotal !== null
    ? { ppm: toPpm(fraction(shareVotes, shareTotal)), votes: shareVotes, total: shareTotal, source }
    : { ppm: sharePpm ?? 0, votes: null, total: null, source }
}

/** What stood in a holding before its timeline began: nothing until its first day, its share, and nothing again from its end on. */
export function beginningsOf(row: HoldingRow): Beginning[] {
  const held: Beginning = {
    value: shareOf(row) as unknown as Json,
    from: row.valid_from,
    recordedAt: row.recorded_at,
  }
  const before: Beginning[] =
    row.valid_from === null ? [] : [{ value: null, from: null, recordedAt: row.recorded_at }]
  const after: Beginning[] =
    row.valid_to === null
      ? []
      : [{ value: null, from: row.valid_to, recordedAt: row.ended_recorded_at ?? row.recorded_at }]
  return [...before, held, ...after]
}

/** The timeline of a holding: its facts where it ever changed, else what its columns say. */
export function timelineOf(
  row: HoldingRow,
  facts: readonly ValueFact<Json>[] | undefined,
): ValueFact<Json>[] {
  if (facts && facts.length > 0) return [...facts]
  return beginningsOf(row).map((beginning, seq) => ({
    seq,
    value: beginning.value,
    validFrom: beginning.from,
    recordedAt: beginning.recordedAt,
  }))
}

/** The share on a day and since when; null when nothing was held. With `instant`, as it was known then. */
export function shareOn(
  timeline: readonly ValueFact<Json>[],
  day: IsoDate,
  instant: string | null = null,
): { share: ShareValue; from: IsoDate | null } | null {
  const period = periodOn(instant === null ? timeline : knownAt(timeline, instant), day)
  return period?.value ? { share: period.value as unknown as ShareValue, from: period.from } : null
}
