/** Why a pair was scored as it was: one line per field with its contribution, and the rules which stand above the score. */
import { FIELDS, type Field, levelName, levelOf } from './levels.ts'
import {
  contribution,
  type Decision,
  decide,
  type Frequencies,
  forBranch,
  type Guard,
  guardOf,
  isBranchPair,
  probability,
  scoreLevels,
} from './score.ts'
import type { WeightTable } from './weights.ts'

export type FieldReason = {
  /** `name_same`, `phone_different` …: the rule's name in batch files. */
  rule: string
  field: Field
  level: string
  /** Log2 odds added; the sum of all fields is `bits`. */
  bits: number
  /** For the screen. */
  sentence: string
}

export type PairExplanation = {
  decision: Decision
  /** 0–1. */
  score: number
  bits: number
  guard: Guard | null
  reasons: FieldReason[]
  /** Version and origin of the weights, to recompute later. */
  weights: string
}

const FIELD_LABELS: Record<Field, string> = {
  number: '法人番号',
  name: '名称',
  address: '住所',
  phone: '電話番号',
  representative: '代表者',
  established: '設立日',
  form: '法人格',
  english: '英字名',
  branch: '支店',
  form_reading: '法人格の読み',
}

const LEVEL_LABELS: Record<string, string> = {
  same: '一致',
  same_variant: '異体字を除き一致',
  same_reading_similar_kanji: 'カナが一致し漢字がほぼ一致',
  same_reading_other_kanji: 'カナは一致、漢字は相違',
  same_across_scripts: '英字・カナの読みで一致',
  same_kanji_other_reading: '漢字は一致、カナは相違',
  similar: 'ほぼ一致',
  similar_both: '漢字・カナともほぼ一致',
  similar_short: '短い名称の1文字違い',
  similar_across_scripts: '英字・カナの読みがほぼ一致',
  same_english: '英字名が一致',
  same_with_owner: '屋号が一致（一方は事業主名付き）',
  owner_of_other: '一方は他方の事業主の氏名',
  contained: '一方が他方の一部',
  sibling: 'グループ内の別会社とみられる相違',
  incomparable: '文字種が異なり比べられない',
  different: '相違',
  differ: '相違',
  doubtful_differ: '相違（番号に疑義）',
  slip: '1文字違い',
  same_but_broken: '一致（番号そのものに疑義）',
  same_but_disputed: '一致（別の会社の行と共通で疑義）',
  same_block: '番地まで一致',
  same_town: '町域まで一致',
  same_city: '市区町村まで一致',
  same_prefecture: '都道府県のみ一致',
  same_numbers: '番地の数字が一致',
  same_postal_code: '郵便番号が一致',
  same_other_position: '一致（前後の位置は相違）',
  same_exchange: '局番まで一致',
  same_without_area: '市外局番を除き一致',
  same_family: '姓が一致',
  same_as_named: '一致（社名が姓と同じ）',
  one_missing: '一方だけにある',
  one: '一方だけが支店',
}

/** The rule names of a pair, strongest first, as the batch files print them. */
export function ruleNames(levels: number, i: number, j: number, f: Frequencies, w: WeightTable): string[] {
  const guard = guardOf(levels)
  const reasons = fieldReasons(levels, i, j, f, w).map(reason => reason.rule)
  return guard === null ? reasons : [guard, ...reasons]
}

/** Everything about one pair. */
export function explainPair(
  levels: number,
  i: number,
  j: number,
  f: Frequencies,
  w: WeightTable,
): PairExplanation {
  const bits = scoreLevels(levels, i, j, f, w)
  return {
    decision: decide(levels, bits),
    score: probability(levels, bits),
    bits,
    guard: guardOf(levels),
    reasons: fieldReasons(levels, i, j, f, w),
    weights: `${w.version}/${w.origin}`,
  }
}

function fieldReasons(levels: number, i: number, j: number, f: Frequencies, w: WeightTable): FieldReason[] {
  const reasons = FIELDS.flatMap(field => {
    const at = levelOf(levels, field)
    if (at === 0) return []
    const name = levelName(field, at)
    const added = contribution(field, levels, i, j, f, w)
    const bits = isBranchPair(levels) ? forBranch(field, added) : added
    const sentence = `${FIELD_LABELS[field]}：${LEVEL_LABELS[name] ?? name}`
    return [{ rule: `${field}_${name}`, field, level: name, bits, sentence }]
  })
  return reasons.sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits) || (a.rule < b.rule ? -1 : 1))
}
