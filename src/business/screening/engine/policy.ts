/**
 * What a score is made of and where alerts begin. All of it is data with a version, so that an old decision can be recomputed
 * and a change goes through two people. Scores are thousandths. Chosen on the tuning half of the labelled set (docs/screening.md).
 */
export interface ScreeningPolicy extends Bands {
  version: string
  /** Bands of single lists, by list id, where the company wants others than the general ones. */
  byList?: Record<string, Bands>
  /** Cost of a word of the subject that the listed name lacks, as a share of the word's weight. */
  subjectWordCost: number
  /** The same for a word of the listed name: lists carry more names than people use. */
  listWordCost: number
  /** Added to either cost as the matched words become fewer or commoner; nothing from `enoughEvidence` on. */
  thinSubjectCost: number
  thinListCost: number
  /** Matched weight (a rare word is 1) from which two names are no longer thinly matched. */
  enoughEvidence: number
  /** Score of an equal number under a name that does not match. */
  numberAlone: number
  adjustments: Record<AdjustmentRule, number>
}

export interface Bands {
  /** From here on a hit: work stops until two people have judged it. */
  hitFrom: number
  /** From here on a person must look; below it the pair is clear. */
  reviewFrom: number
}

/** The bands that count for a list. */
export function bandsFor(policy: ScreeningPolicy, list: string): Bands {
  return policy.byList?.[list] ?? policy
}

/** The lowest review threshold of any list: below it nothing need be looked at. */
export function lowestReview(policy: ScreeningPolicy): number {
  return Math.min(policy.reviewFrom, ...Object.values(policy.byList ?? {}).map(bands => bands.reviewFrom))
}

export type AdjustmentRule =
  | 'weak_alias'
  | 'short_name'
  | 'business_words_differ'
  | 'numbers_differ'
  | 'kind_differs'
  | 'kanji_differ'
  | 'reading_differs'
  | 'birth_day_equal'
  | 'birth_year_equal'
  | 'birth_day_differs'
  | 'birth_year_differs'
  | 'country_shared'
  | 'country_differs'
  | 'gender_differs'
  | 'address_shared'
  | 'number_equal'

export const POLICY: ScreeningPolicy = {
  version: '2026-11-1',
  hitFrom: 920,
  reviewFrom: 820,
  subjectWordCost: 0.4,
  listWordCost: 0.2,
  thinSubjectCost: 0.8,
  thinListCost: 0.4,
  enoughEvidence: 1.5,
  numberAlone: 850,
  adjustments: {
    weak_alias: -120,
    short_name: -150,
    business_words_differ: -120,
    numbers_differ: -300,
    kind_differs: -150,
    kanji_differ: -150,
    reading_differs: -100,
    birth_day_equal: 60,
    birth_year_equal: 30,
    birth_day_differs: -100,
    birth_year_differs: -150,
    country_shared: 20,
    country_differs: -100,
    gender_differs: -200,
    address_shared: 50,
    number_equal: 300,
  },
}

/** Version of the code that makes the score; raised when the same input may score differently. */
export const ENGINE_VERSION = 1
