import type { ListEntry } from '../lists/list-entry.ts'
import type { KanjiRule } from './kanji-score.ts'
import type { AdjustmentRule } from './policy.ts'

export type Decision = 'hit' | 'review' | 'clear'

export type ReasonRule = 'name_words' | KanjiRule | AdjustmentRule

export interface ScreeningReason {
  rule: ReasonRule
  /** In Japanese, with the numbers needed to compute the contribution by hand. */
  sentence: string
  /** Share of the score, −1 to 1, three decimals; the score is their sum, held between 0 and 1. */
  contribution: number
}

export interface ScreeningMatch {
  listEntry: ListEntry
  /** The listed name that matched best. */
  matchedName: string
  /** The name of the subject that matched best. */
  subjectName: string
  /** 0–1, three decimals. */
  score: number
  decision: Decision
  reasons: ScreeningReason[]
}

/** Whoever is screened (JR §3.12). Old names and trade names go into `otherNames`. */
export interface ScreeningSubject {
  id: string
  kind: 'person' | 'company'
  name: string
  nameKana?: string
  nameEn?: string
  otherNames?: string[]
  /** ISO date, or a part of one, or a Japanese date. */
  birthDate?: string
  country?: string
  address?: string
  gender?: 'male' | 'female'
  /** Passport, registration or corporate numbers. */
  identifiers?: string[]
}
