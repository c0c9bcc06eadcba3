/**
 * From levels to a score and a decision. The score is the sum of log-odds; a few named rules stand above it: the corporate
 * number decides or forbids, siblings and other legal forms never merge unseen. Source: matching.md §6.7, §6.8.
 */
import { FIELDS, type Field, level, levelName, levelOf } from './levels.ts'
import { sameNameBits, type WeightTable } from './weights.ts'

/** How many rows share a row's value, per field with term frequency. */
export type Frequencies = {
  name: Uint16Array
  reading: Uint16Array
  place: Uint16Array
  phone: Uint16Array
  representative: Uint16Array
}

export type Decision = 'same' | 'review' | 'different'

/** Log2 odds from which rows are the same, and from which a person should look. */
export const SAME_BITS = 3.5
export const REVIEW_BITS = 0

const NAME_SAME = level('name', 'same')
const NAME_VARIANT = level('name', 'same_variant')
const NAME_WITH_OWNER = level('name', 'same_with_owner')
const NAME_SIBLING = level('name', 'sibling')
const NAME_DIFFERENT = level('name', 'different')
const NAME_UNKNOWN = level('name', 'unknown')
const NAME_CONTAINED = level('name', 'contained')
const NAME_INCOMPARABLE = level('name', 'incomparable')
const NAME_OTHER_KANJI = level('name', 'same_reading_other_kanji')
const NAME_READING_SIMILAR = level('name', 'same_reading_similar_kanji')
const NAME_ACROSS = level('name', 'same_across_scripts')
const NAMES_SAID = new Set(['same', 'same_variant', 'same_english'].map(name => level('name', name)))
const NUMBER_SAME = level('number', 'same')
const NUMBER_DIFFER = level('number', 'differ')
const NUMBER_SLIP = level('number', 'slip')
const NUMBER_DISPUTED = level('number', 'same_but_disputed')
const SIMILAR_NAMES = new Set(
  ['similar', 'similar_both', 'similar_short', 'similar_across_scripts'].map(name => level('name', name)),
)
const NUMBER_SAME_BROKEN = level('number', 'same_but_broken')
const ESTABLISHED_SAME = level('established', 'same')
const BRANCH_LEVELS = new Set([level('branch', 'one'), level('branch', 'different')])
const ADDRESS_SAME = level('address', 'same')
const PHONE_SAME = level('phone', 'same')
const REP_SAME = level('representative', 'same')
const REP_AS_NAMED = level('representative', 'same_as_named')

/** Log2 odds that rows i and j are one company, given their packed levels. */
export function scoreLevels(levels: number, i: number, j: number, f: Frequencies, w: WeightTable): number {
  let bits = 0
  const isBranch = isBranchPair(levels)
  for (const field of FIELDS) {
    const added = contribution(field, levels, i, j, f, w)
    bits += isBranch ? forBranch(field, added) : added
  }
  return bits
}

/** One row or both name a branch, and not the same one. */
export function isBranchPair(levels: number): boolean {
  return BRANCH_LEVELS.has(levelOf(levels, 'branch'))
}

/** A branch has its own address and telephone: that they differ says nothing. */
export function forBranch(field: Field, bits: number): number {
  return field === 'address' || field === 'phone' ? Math.max(0, bits) : bits
}

/** What one field adds, in log2 odds, term frequency included. */
export function contribution(
  field: Field,
  levels: number,
  i: number,
  j: number,
  f: Frequencies,
  w: WeightTable,
): number {
  const at = levelOf(levels, field)
  const base = w.bits[field][at] ?? 0
  if (field === 'english') return englishContribution(levels, base)
  if (field === 'name') return nameContribution(at, base, i, j, f, w)
  if (field === 'address' && at === ADDRESS_SAME) return base - commonness(f.place, i, j, 4)
  if (field === 'phone' && at === PHONE_SAME) return base - commonness(f.phone, i, j, 4)
  if (field === 'representative' && (at === REP_SAME || at === REP_AS_NAMED))
    return base - commonness(f.representative, i, j, 4)
  return base
}

/** Beside an equal name an English name says it once more, and namesakes are called alike in English, too. */
const SAID_ONCE_MORE = 1.5

function englishContribution(levels: number, base: number): number {
  return NAMES_SAID.has(levelOf(levels, 'name')) ? Math.min(base, SAID_ONCE_MORE) : base
}

function nameContribution(
  at: number,
  base: number,
  i: number,
  j: number,
  f: Frequencies,
  w: WeightTable,
): number {
  const rows = Math.max(f.name[i]!, f.name[j]!, 2)
  if (at === NAME_SAME) return sameNameBits(w.homonymRate, rows)
  if (at === NAME_VARIANT || at === NAME_WITH_OWNER) return sameNameBits(w.homonymRate, rows) - 0.5
  if (at === NAME_READING_SIMILAR || at === NAME_ACROSS || at === NAME_OTHER_KANJI) {
    // A name that is only heard to be the same is never stronger than one that is written the same.
    return Math.min(base - commonness(f.reading, i, j, 5), sameNameBits(w.homonymRate, rows))
  }
  return base
}

/** Bits lost because many rows carry the value; `free` rows cost nothing. */
function commonness(rows: Uint16Array, i: number, j: number, free: number): number {
  return Math.log2(Math.max(1, Math.max(rows[i]!, rows[j]!) / free))
}

/** Rules above the score; each may keep a pair from being merged unseen. */
export const GUARDS = [
  'corporate_numbers_differ',
  'only_corporate_number_agrees',
  'names_are_siblings',
  'names_differ',
  'names_cannot_be_compared',
  'names_are_only_similar',
  'corporate_number_is_disputed',
  'one_name_is_part_of_the_other',
  'legal_forms_differ',
  'branches_differ',
  'named_after_its_owner',
] as const
export type Guard = (typeof GUARDS)[number]

/** The first rule that keeps the pair from being merged unseen, or null. */
export function guardOf(levels: number): Guard | null {
  const number = levelOf(levels, 'number')
  const name = levelOf(levels, 'name')
  if (number === NUMBER_DIFFER) return 'corporate_numbers_differ'
  if (number === NUMBER_SAME) return onlyNumberAgrees(levels, name) ? 'only_corporate_number_agrees' : null
  if (number === NUMBER_DISPUTED && saysNothing(name)) return 'corporate_number_is_disputed'
  if (number === NUMBER_SAME_BROKEN && name !== NAME_SIBLING)
    return onlyNumberAgrees(levels, name) ? 'only_corporate_number_agrees' : null
  if (name === NAME_SIBLING) return 'names_are_siblings'
  if (name === NAME_DIFFERENT || name === NAME_UNKNOWN) return 'names_differ'
  if (name === NAME_INCOMPARABLE && !hasOwnFacts(levels)) return 'names_cannot_be_compared'
  if (SIMILAR_NAMES.has(name) && number !== NUMBER_SLIP && (siblingFacts(levels) || !isVouched(levels)))
    return 'names_are_only_similar'
  if (name === NAME_CONTAINED && (number !== NUMBER_SLIP || siblingFacts(levels)))
    return 'one_name_is_part_of_the_other'
  if (levelName('form', levelOf(levels, 'form')) === 'different') return 'legal_forms_differ'
  if (levelName('branch', levelOf(levels, 'branch')) === 'different') return 'branches_differ'
  if (number !== NUMBER_SLIP && onlyOwnerAgrees(levels)) return 'named_after_its_owner'
  return null
}

/** A shop called after its owner says one thing twice: 広瀬電気 of 広瀬 光太郎 at two addresses may be two shops. */
function onlyOwnerAgrees(levels: number): boolean {
  return (
    levelOf(levels, 'representative') === REP_AS_NAMED &&
    ADDRESS_DISAGREES.has(levelOf(levels, 'address')) &&
    agreeing(levels) === 1
  )
}

/**
 * Names which cannot be compared leave it to the facts: at least two, none against, and one of them the company's own. Address and
 * person alone are those of an owner, who may have several companies.
 */
function hasOwnFacts(levels: number): boolean {
  return ownFactAgrees(levels) && agreeing(levels) >= 2 && disagreeing(levels) === 0
}

/** What is the company's own and not its owner's: telephone or founding day. */
export function ownFactAgrees(levels: number): boolean {
  return PHONE_AGREES.has(levelOf(levels, 'phone')) || levelOf(levels, 'established') === ESTABLISHED_SAME
}

/** The names are a sister's, or another name has another telephone: what would show a copied number, if it is one. */
export function looksLikeSister(levels: number): boolean {
  const name = levelOf(levels, 'name')
  const isSisters = name === NAME_SIBLING || name === NAME_CONTAINED
  return isSisters || (name === NAME_DIFFERENT && PHONE_DISAGREES.has(levelOf(levels, 'phone')))
}

/** Sisters sit at one address under one person, but each has its own telephone and its own founding day. */
function siblingFacts(levels: number): boolean {
  const established = levelOf(levels, 'established')
  if (established === ESTABLISHED_SAME) return false
  return PHONE_DISAGREES.has(levelOf(levels, 'phone')) || DATE_DISAGREES.has(established)
}

/** Names one letter apart at one address may be neighbours: only a person, telephone or founding day in common shows a slip. */
function isVouched(levels: number): boolean {
  return ownFactAgrees(levels) || PERSON_AGREES.has(levelOf(levels, 'representative'))
}

/** A number copied into the wrong row: nothing agrees beside it, and more than a move and a new name contradicts. */
function onlyNumberAgrees(levels: number, name: number): boolean {
  if (!saysNothing(name) && name !== NAME_CONTAINED) return false
  // A sister has its own telephone and founding day; a renamed company keeps at least one of them.
  const [established, phone] = [levelOf(levels, 'established'), levelOf(levels, 'phone')]
  const isSisters = name === NAME_SIBLING || name === NAME_CONTAINED
  if (DATE_DISAGREES.has(established) && (isSisters || !PHONE_AGREES.has(phone))) return true
  if (isSisters && PHONE_DISAGREES.has(phone)) return established !== ESTABLISHED_SAME
  if (name === NAME_CONTAINED) return false
  // More than one fact is another's, and fewer are its own.
  if (agreeing(levels) > 0) return disagreeing(levels) >= 2 && disagreeing(levels) > agreeing(levels)
  return disagreeing(levels) - (ADDRESS_DISAGREES.has(levelOf(levels, 'address')) ? 1 : 0) >= 1
}

/** The name beside one number is another: the company was renamed, or the number was copied. */
export function isAtOtherName(name: number): boolean {
  return saysNothing(name) || name === NAME_CONTAINED
}

/** Another name, and the telephone or the founding day that a renamed company would have kept is another, too. */
export function contradictsAsSister(levels: number): boolean {
  return isAtOtherName(levelOf(levels, 'name')) && onlyNumberAgrees(levels, levelOf(levels, 'name'))
}

/** The names speak against the pair, or cannot speak. */
export function saysNothing(name: number): boolean {
  return name === NAME_DIFFERENT || name === NAME_SIBLING || name === NAME_INCOMPARABLE
}

const AGREES: readonly (readonly [Field, readonly string[]])[] = [
  ['address', ['same', 'same_block', 'same_numbers', 'same_postal_code']],
  ['phone', ['same', 'slip', 'same_without_area']],
  ['representative', ['same', 'same_variant', 'similar', 'same_as_named']],
  ['established', ['same']],
]
const DISAGREES: readonly (readonly [Field, readonly string[]])[] = [
  ['address', ['same_city', 'same_prefecture', 'different']],
  ['phone', ['different']],
  ['representative', ['different']],
  ['established', ['different']],
]
const asTable = (rows: readonly (readonly [Field, readonly string[]])[]) =>
  rows.map(([field, names]) => [field, new Set(names.map(name => level(field, name)))] as const)
const AGREE_TABLE = asTable(AGREES)
const DISAGREE_TABLE = asTable(DISAGREES)
const ADDRESS_DISAGREES = DISAGREE_TABLE[0]![1]
const PHONE_AGREES = AGREE_TABLE[1]![1]
const PHONE_DISAGREES = DISAGREE_TABLE[1]![1]
const PERSON_AGREES = AGREE_TABLE[2]![1]
const DATE_DISAGREES = DISAGREE_TABLE[3]![1]

/** Facts beside name and number which agree: address, phone, representative, date. */
export function agreeing(levels: number): number {
  let count = 0
  for (const [field, good] of AGREE_TABLE) if (good.has(levelOf(levels, field))) count++
  return count
}

/** Facts beside name and number which contradict. */
export function disagreeing(levels: number): number {
  let count = 0
  for (const [field, bad] of DISAGREE_TABLE) if (bad.has(levelOf(levels, field))) count++
  return count
}

/** The decision on a pair; `bits` as scoreLevels gave it. */
export function decide(levels: number, bits: number): Decision {
  const guard = guardOf(levels)
  if (guard === null) return bits >= SAME_BITS ? 'same' : bits >= REVIEW_BITS ? 'review' : 'different'
  if (guard === 'only_corporate_number_agrees' || guard === 'corporate_number_is_disputed') return 'review'
  const name = levelOf(levels, 'name')
  if (guard === 'corporate_numbers_differ' && (name === NAME_DIFFERENT || name === NAME_SIBLING))
    return 'different'
  if (guard === 'names_are_siblings' || guard === 'names_differ') {
    return levelOf(levels, 'number') === NUMBER_SLIP && bits >= SAME_BITS ? 'review' : 'different'
  }
  return bits + (guard === 'corporate_numbers_differ' ? 20 : 0) >= SAME_BITS ? 'review' : 'different'
}

/** Score 0–1; a guarded pair never reaches the band of `same`. */
export function probability(levels: number, bits: number): number {
  const p = 1 / (1 + 2 ** -bits)
  const guard = guardOf(levels)
  if (guard === null) return p
  const open = 1 / (1 + 2 ** -(guard === 'corporate_numbers_differ' ? bits + 20 : bits))
  return Math.min(0.85, open)
}

/** The score from which two rows are the same: probability of SAME_BITS. */
export const SAME_SCORE = 1 / (1 + 2 ** -SAME_BITS)
