import { addDays } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Id } from '../../../platform/ids/uuid.ts'
import type { AssessmentRules } from './rules-in-force.ts'

/** A score that counts: not retracted, and not replaced by a person's. */
export interface StandingScore {
  id: Id
  /** Who scores, on which scale: only scores of one series are compared. */
  series: string
  score: number
  scale: number
  on: IsoDate
}

export interface ScoreFall {
  peak: StandingScore
  /** Share of the scale, parts per million, rounded down. */
  fallPpm: number
  /** How many whole steps of the company's measure it has fallen. */
  steps: number
}

export function seriesOf(provider: string, providerName: string | null, scale: number): string {
  return [provider, (providerName ?? '').normalize('NFKC').trim().toLowerCase(), scale].join('|')
}

/**
 * How far a new score stands below the highest of its series in the window before it; null when it has not fallen by a whole step, or
 * when a later score is known already (a score entered afterwards says nothing new). Source: FF §7 "a sudden fall opens a review and
 * suspends headroom"; the step is the company's. Many small falls count as one, since they are measured from the peak.
 */
export function fallOf(
  earlier: readonly StandingScore[],
  score: StandingScore,
  rules: Pick<AssessmentRules, 'scoreFallPpm' | 'fallWindowDays'>,
): ScoreFall | null {
  const same = earlier.filter(one => one.series === score.series && one.id !== score.id)
  if (same.some(one => one.on > score.on)) return null
  const since = addDays(score.on, -rules.fallWindowDays)
  const peak = same
    .filter(one => one.on >= since)
    .reduce<StandingScore | null>(
      // Of equal peaks the earliest, so that the same fall keeps the same name.
      (best, one) =>
        best === null || one.score > best.score || (one.score === best.score && one.on < best.on)
          ? one
          : best,
      null,
    )
  if (!peak || peak.score <= score.score) return null
  const fallPpm = Math.floor(((peak.score - score.score) * 1_000_000) / score.scale)
  const steps = Math.floor(fallPpm / rules.scoreFallPpm)
  return steps >= 1 ? { peak, fallPpm, steps } : null
}
