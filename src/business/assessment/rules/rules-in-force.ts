import type { Yen } from '../../../platform/money/yen.ts'

/** The company's own measures for its credit work. */
export interface AssessmentRules {
  /** 0 while the company has set none. */
  version: number
  /** A fall of this share of the scale, within the window, opens a review (parts per million). */
  scoreFallPpm: number
  /** Days back in which the highest earlier score is looked for. */
  fallWindowDays: number
  /** An agency's report older than this many days is to be renewed. */
  reportAgeDays: number
  /** Days ahead in which an expiry is announced. */
  noticeDays: number
  /** From this recommended amount on, two independent sources are needed. */
  basisThresholdYen: Yen
}

/** Until the company decides otherwise. House rules: DD group 5 leaves each to the company. */
export const defaultRules: AssessmentRules = {
  version: 0,
  scoreFallPpm: 100_000,
  fallWindowDays: 365,
  reportAgeDays: 365,
  noticeDays: 30,
  basisThresholdYen: 5_000_000,
}

export type RuleName = Exclude<keyof AssessmentRules, 'version'>

export const ruleLabels: Record<RuleName, string> = {
  scoreFallPpm: '見直しを始める評点の低下幅',
  fallWindowDays: '低下を測る期間',
  reportAgeDays: '信用調査レポートの有効日数',
  noticeDays: '期限を知らせる日数',
  basisThresholdYen: '2つ以上の根拠を求める金額',
}

/** A larger value of these watches less; a smaller one of the others does. */
const LOOSER_WHEN_LARGER: Record<RuleName, boolean> = {
  scoreFallPpm: true,
  fallWindowDays: false,
  reportAgeDays: true,
  noticeDays: false,
  basisThresholdYen: true,
}

/** Which measures watch less than before: those take two people, tightening acts at once (DD group 12, direction of critical items). */
export function loosened(before: AssessmentRules, after: Record<RuleName, number>): RuleName[] {
  return (Object.keys(ruleLabels) as RuleName[]).filter(name =>
    LOOSER_WHEN_LARGER[name] ? after[name] > before[name] : after[name] < before[name],
  )
}

export function sayRule(name: RuleName, value: number): string {
  if (name === 'scoreFallPpm') return `満点の${value / 10_000}%`
  if (name === 'basisThresholdYen') return `${value.toLocaleString('ja-JP')}円以上`
  return `${value.toLocaleString('ja-JP')}日`
}
