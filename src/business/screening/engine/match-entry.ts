import type { ListEntry, NameQuality } from '../lists/list-entry.ts'
import { type Adjustment, adjustmentsFor, type SubjectFacts } from './adjustments.ts'
import { type KanjiScore, scoreKanji } from './kanji-score.ts'
import type { NameForm, NameUnit } from './name-form.ts'
import { type NameScore, pairWeight, scoreNames } from './name-score.ts'
import { type AdjustmentRule, bandsFor, type ScreeningPolicy } from './policy.ts'
import type { Decision, ScreeningMatch, ScreeningReason } from './screening-result.ts'

/** A listed name prepared for comparison. */
export interface ListedName {
  text: string
  quality: NameQuality
  form: NameForm
  /** Whether the form was made as a person's (word order, no legal forms). */
  asPerson: boolean
}

/** A subject prepared for comparison: forms of all its names, its facts. */
export interface PreparedSubject {
  id: string
  facts: SubjectFacts
  forms: NameForm[]
}

/** Evidence of the names alone, in thousandths, with what lowers it. */
export interface NameEvidence {
  subject: NameForm
  listed: ListedName
  points: number
  words?: NameScore
  kanji?: KanjiScore
  lowered: AdjustmentRule[]
}

/** Compares one name of a subject with one of an entry; null when they have nothing to do with each other. */
export function compareNames(
  subject: NameForm,
  listed: ListedName,
  isPerson: boolean,
  policy: ScreeningPolicy,
  known?: (a: NameUnit, b: NameUnit) => number,
): NameEvidence | null {
  if (subject.script !== listed.form.script) return null
  const lowered: AdjustmentRule[] = listed.quality === 'weak' ? ['weak_alias'] : []
  if (subject.script === 'kanji') {
    const kanji = scoreKanji(subject, listed.form, isPerson)
    return (
      kanji && {
        subject,
        listed,
        kanji,
        lowered,
        points: Math.round(kanji.value * 1000) + sum(lowered, policy),
      }
    )
  }
  const words = scoreNames(subject, listed.form, policy, known)
  if (!words) return null
  if (words.shortAndInexact) lowered.push('short_name')
  if (words.businessDiffers) lowered.push('business_words_differ')
  if (words.numbersDiffer) lowered.push('numbers_differ')
  return { subject, listed, words, lowered, points: Math.round(words.value * 1000) + sum(lowered, policy) }
}

function sum(rules: AdjustmentRule[], policy: ScreeningPolicy): number {
  return rules.reduce((points, rule) => points + policy.adjustments[rule], 0)
}

/** Most that facts other than the name can add: names whose evidence lacks more than this to a review cannot alert. */
export function mostAdded(policy: ScreeningPolicy, hasNumbers: boolean): number {
  const { birth_day_equal, country_shared, address_shared, number_equal } = policy.adjustments
  return birth_day_equal + country_shared + address_shared + (hasNumbers ? number_equal : 0)
}

/**
 * Decides about one entry from the evidence of all its names: the best name, then every qualifier by name, so that the sum of the
 * contributions is the score. Null when the pair is clear.
 */
export function decideEntry(
  subject: PreparedSubject,
  entry: ListEntry,
  evidence: NameEvidence[],
  policy: ScreeningPolicy,
): ScreeningMatch | null {
  const best = evidence.reduce<NameEvidence | null>(
    (top, found) => (top === null || found.points > top.points ? found : top),
    null,
  )
  if (best === null) return decideByNumber(subject, entry, policy)
  const adjustments = [
    ...japaneseAdjustments(subject, entry, best, evidence),
    ...adjustmentsFor(subject.facts, entry),
  ]
  const points = Math.max(
    0,
    Math.min(
      1000,
      best.points + adjustments.reduce((total, found) => total + policy.adjustments[found.rule], 0),
    ),
  )
  const decision = decisionFor(points, entry, policy)
  if (decision === 'clear') return null
  return {
    listEntry: entry,
    matchedName: best.listed.text,
    subjectName: best.subject.text,
    score: points / 1000,
    decision,
    reasons: reasonsFor(best, adjustments, policy),
  }
}

function decisionFor(points: number, entry: ListEntry, policy: ScreeningPolicy): Decision {
  const bands = bandsFor(policy, entry.list)
  return points >= bands.hitFrom ? 'hit' : points >= bands.reviewFrom ? 'review' : 'clear'
}

/** An equal passport or registration number alerts under any name. */
function decideByNumber(
  subject: PreparedSubject,
  entry: ListEntry,
  policy: ScreeningPolicy,
): ScreeningMatch | null {
  const found = adjustmentsFor(subject.facts, entry).find(adjustment => adjustment.rule === 'number_equal')
  const decision = decisionFor(policy.numberAlone, entry, policy)
  if (!found || decision === 'clear') return null
  return {
    listEntry: entry,
    matchedName: entry.names[0]?.text ?? '',
    subjectName: subject.forms[0]?.text ?? '',
    score: policy.numberAlone / 1000,
    decision,
    reasons: [
      {
        rule: 'number_equal',
        sentence: `${found.sentence}名称は一致しません。`,
        contribution: policy.numberAlone / 1000,
      },
    ],
  }
}

/** Reading and kanji of a Japanese name check each other: same reading with other kanji, same kanji with another reading. */
function japaneseAdjustments(
  subject: PreparedSubject,
  entry: ListEntry,
  best: NameEvidence,
  evidence: NameEvidence[],
): Adjustment[] {
  const written = (script: 'kanji' | 'kana') => entry.names.filter(name => name.script === script)
  if (best.words && best.subject.kana && best.listed.form.kana) {
    const kanji = subject.forms.find(form => form.script === 'kanji')
    if (kanji && written('kanji').length > 0 && !evidence.some(found => found.kanji)) {
      return [
        {
          rule: 'kanji_differ',
          sentence: `読みは同じですが漢字が違います（対象「${kanji.text}」、リスト「${written('kanji')[0]!.text}」）。`,
        },
      ]
    }
  }
  if (best.kanji) {
    const kana = subject.forms.find(form => form.kana)
    if (
      kana &&
      written('kana').length > 0 &&
      !evidence.some(
        found => found.words && found.subject.kana && found.listed.form.kana && found.points >= 800,
      )
    ) {
      return [
        {
          rule: 'reading_differs',
          sentence: `漢字は同じですが読みが違います（対象「${kana.text}」、リスト「${written('kana')[0]!.text}」）。`,
        },
      ]
    }
  }
  return []
}

const LOWERED_SENTENCES: Partial<Record<AdjustmentRule, string>> = {
  weak_alias: 'リスト側で「識別に不十分な別名」とされている名称です。',
  short_name: '固有の語が5文字以下の1語だけで、綴りが完全には一致しません。',
  business_words_differ: '業種・種類を表す語が両方に残り、別の会社の可能性があります。',
  numbers_differ: '名称の中の番号が違います。',
}

function reasonsFor(
  best: NameEvidence,
  adjustments: Adjustment[],
  policy: ScreeningPolicy,
): ScreeningReason[] {
  const name: ScreeningReason = best.kanji
    ? { rule: best.kanji.rule, sentence: sayKanji(best), contribution: best.kanji.value }
    : {
        rule: 'name_words',
        sentence: sayWords(best),
        contribution: Math.round(best.words!.value * 1000) / 1000,
      }
  const lowered = best.lowered.map(rule => ({
    rule,
    sentence: LOWERED_SENTENCES[rule] ?? rule,
    contribution: policy.adjustments[rule] / 1000,
  }))
  const others = adjustments.map(found => ({ ...found, contribution: policy.adjustments[found.rule] / 1000 }))
  return [name, ...lowered, ...others]
}

function sayKanji(best: NameEvidence): string {
  const both = `対象「${best.subject.text}」、リスト「${best.listed.text}」`
  const words = {
    kanji_equal: '漢字表記が一致します',
    kanji_variant: '異体字をまとめると漢字表記が一致します',
    kanji_one_letter: '漢字表記が1文字だけ違います',
    kanji_within: '一方の名称が他方で始まります',
  }
  return `${words[best.kanji!.rule]}（${both}）。`
}

/** The computation of the name score, written out. */
function sayWords(best: NameEvidence): string {
  const score = best.words!
  const pairs = score.pairs.map(
    pair =>
      `${pair.subject.text}＝${pair.listed.text} 類似${two(pair.similarity)}×重み${two(pairWeight(pair))}`,
  )
  const left = (units: NameUnit[]) => units.map(unit => `${unit.text} ${two(unit.weight)}`).join('・')
  const parts = [
    `対象「${best.subject.text}」とリスト「${best.listed.text}」を語ごとに照合：${pairs.join('、')}`,
  ]
  if (score.subjectLeft.length > 0)
    parts.push(`対象側だけの語 ${left(score.subjectLeft)}（×${two(score.subjectWordCost)}）`)
  if (score.listedLeft.length > 0)
    parts.push(`リスト側だけの語 ${left(score.listedLeft)}（×${two(score.listWordCost)}）`)
  const agreed = score.pairs.reduce((total, pair) => total + pairWeight(pair) * pair.similarity, 0)
  parts.push(
    `${two(agreed)}÷${two(agreed / score.value)}＝${(Math.round(score.value * 1000) / 1000).toFixed(3)}`,
  )
  return `${parts.join('。')}。`
}

function two(value: number): string {
  return value.toFixed(2)
}
