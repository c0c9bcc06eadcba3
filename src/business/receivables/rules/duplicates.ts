import { daysBetween } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import { type NumberLikeness, numberKey, numberLikeness } from './number-key.ts'
import { NOT_LIVE_STATES, type ReceivableState } from './states.ts'

/** A claim as it is compared: parties are identities (merged records are one), the number as printed. */
export type ComparedClaim = {
  receivableId: string
  clientId: string
  debtorId: string
  /** Match key of the debtor's name, so that a debtor registered twice is still found; null when unknown. */
  debtorNameKey: string | null
  invoiceNo: string
  lineNo: number | null
  faceYen: Yen
  issuedOn: IsoDate | null
  dueOn: IsoDate | null
  /** Keyed hashes of the evidence files: equal = the same file (DD group 11). */
  documentHashes: string[]
}

/** Every claim ever offered by any client, rejected and withdrawn ones included. */
export type CandidateClaim = ComparedClaim & { state: ReceivableState }

export type DuplicateSignal = { rule: string; points: number; sentence: string; source: string }

export type DuplicateMatch = {
  receivableId: string
  points: number
  result: 'suspect' | 'confirmed' | 'weak'
  signals: DuplicateSignal[]
}

export type DuplicateCheck = { result: 'clear' | 'suspect' | 'confirmed'; matches: DuplicateMatch[] }

/** From how many points a match is a suspicion which two people must judge (critical, DD group 12). */
export const SUSPECT_POINTS = 50

/**
 * The scored check for the same claim sold twice (FF §7, JR §6.3, DD group 8). `confirmed`: the same client,
 * debtor and number on a live claim, which the database refuses as well. `suspect`: signals of at least 50
 * points; a person judges. Best match first, then by id, so that the same facts always read the same. Matches
 * below the bar are listed as `weak` and stop nothing.
 */
export function checkDuplicates(offered: ComparedClaim, candidates: CandidateClaim[]): DuplicateCheck {
  const matches: DuplicateMatch[] = []
  for (const candidate of candidates) {
    if (candidate.receivableId === offered.receivableId) continue
    const match = compareClaims(offered, candidate)
    if (match !== null) matches.push(match)
  }
  matches.sort((a, b) => b.points - a.points || (a.receivableId < b.receivableId ? -1 : 1))
  if (matches.some(match => match.result === 'confirmed')) return { result: 'confirmed', matches }
  return { result: matches.some(match => match.result === 'suspect') ? 'suspect' : 'clear', matches }
}

function compareClaims(offered: ComparedClaim, candidate: CandidateClaim): DuplicateMatch | null {
  const facts = factsOf(offered, candidate)
  const signals = duplicateRules
    .filter(rule => rule.applies(facts))
    .map(({ rule, points, sentence, source }) => ({ rule, points, sentence: sentence(facts), source }))
  if (signals.length === 0) return null
  const points = signals.reduce((total, signal) => total + signal.points, 0)
  const certain = facts.sameClient && facts.sameDebtor && facts.sameNumber && facts.sameLine && facts.live
  const result = certain ? 'confirmed' : points >= SUSPECT_POINTS ? 'suspect' : 'weak'
  return { receivableId: candidate.receivableId, points: Math.min(100, points), result, signals }
}

type PairFacts = {
  sameClient: boolean
  sameDebtor: boolean
  sameNumber: boolean
  sameLine: boolean
  otherSpelling: boolean
  likeness: NumberLikeness[]
  sameAmount: boolean
  nearAmount: boolean
  sameDue: boolean
  nearDue: boolean
  sameIssue: boolean
  sameDocument: boolean
  live: boolean
}

function factsOf(offered: ComparedClaim, candidate: CandidateClaim): PairFacts {
  const key = numberKey(offered.invoiceNo)
  const otherKey = numberKey(candidate.invoiceNo)
  const likeness = numberLikeness(key, otherKey)
  const sameNumber = key !== '' && key === otherKey
  const differenceYen = Math.abs(offered.faceYen - candidate.faceYen)
  const dueDays = dayGap(offered.dueOn, candidate.dueOn)
  const sameName = offered.debtorNameKey !== null && offered.debtorNameKey === candidate.debtorNameKey
  return {
    sameClient: offered.clientId === candidate.clientId,
    sameDebtor: offered.debtorId === candidate.debtorId || sameName,
    sameNumber,
    sameLine: (offered.lineNo ?? 1) === (candidate.lineNo ?? 1),
    otherSpelling: sameNumber && offered.invoiceNo !== candidate.invoiceNo,
    likeness,
    sameAmount: differenceYen === 0,
    nearAmount: differenceYen > 0 && isNearAmount(offered.faceYen, candidate.faceYen),
    sameDue: dueDays === 0,
    nearDue: dueDays !== null && dueDays > 0 && dueDays <= 7,
    sameIssue: dayGap(offered.issuedOn, candidate.issuedOn) === 0,
    sameDocument: offered.documentHashes.some(hash => candidate.documentHashes.includes(hash)),
    live: !NOT_LIVE_STATES.includes(candidate.state),
  }
}

function dayGap(a: IsoDate | null, b: IsoDate | null): number | null {
  return a === null || b === null ? null : Math.abs(daysBetween(a, b))
}

/** Within 1 %, or apart by exactly the 10 % or 8 % tax that one of them leaves out. */
function isNearAmount(a: Yen, b: Yen): boolean {
  const [low, high] = a < b ? [a, b] : [b, a]
  if ((high - low) * 100 <= high) return true
  return [110, 108].some(percent => Math.abs(low * percent - high * 100) < 100)
}

type DuplicateRule = Omit<DuplicateSignal, 'sentence'> & {
  applies: (facts: PairFacts) => boolean
  sentence: (facts: PairFacts) => string
}

const LIKENESS_WORDS: Record<NumberLikeness, string> = {
  words_around: '前後の語',
  misread_characters: '読み違えやすい文字（0とO、1とIなど）',
  year_prefix: '年の付け方',
  leading_zeros: '先頭の0',
}

const source = 'FF §7、JR §6.3'

const duplicateRules: DuplicateRule[] = [
  {
    rule: 'same_document',
    points: 60,
    applies: facts => facts.sameDocument,
    sentence: () => '同じ証憑ファイルが別の債権にも使われています。',
    source: 'DD 11',
  },
  {
    rule: 'same_number_same_client',
    points: 60,
    applies: facts => facts.sameDebtor && facts.sameNumber && facts.sameClient,
    sentence: facts =>
      facts.live
        ? '同じ利用者・売掛先の有効な債権に、同じ請求書番号があります。'
        : '同じ利用者・売掛先の過去の申込に、同じ請求書番号があります。',
    source: 'DD 8',
  },
  {
    rule: 'same_number_other_client',
    points: 50,
    applies: facts => facts.sameDebtor && facts.sameNumber && !facts.sameClient,
    sentence: () => '別の利用者が、同じ売掛先・同じ請求書番号の債権を申し込んでいます。',
    source,
  },
  {
    rule: 'number_in_other_spelling',
    points: 5,
    applies: facts => facts.sameDebtor && facts.otherSpelling,
    sentence: () => '請求書番号の書き方（全角・記号など）だけが違います。',
    source: 'DD 8',
  },
  {
    rule: 'number_nearly_same',
    points: 30,
    applies: facts => facts.sameDebtor && facts.likeness.length > 0,
    sentence: facts =>
      `請求書番号が${facts.likeness.map(likeness => LIKENESS_WORDS[likeness]).join('・')}だけ違います。`,
    source,
  },
  {
    rule: 'same_amount_and_due',
    points: 50,
    applies: facts => facts.sameDebtor && facts.sameAmount && facts.sameDue,
    sentence: () => '同じ売掛先で、金額と支払期日が同じです。',
    source,
  },
  {
    rule: 'same_amount_and_due_near',
    points: 25,
    applies: facts => facts.sameDebtor && facts.sameAmount && facts.nearDue,
    sentence: () => '同じ売掛先で、金額が同じ、支払期日が7日以内です。',
    source,
  },
  {
    rule: 'amount_near',
    points: 20,
    applies: facts => facts.sameDebtor && facts.nearAmount && (facts.sameDue || facts.nearDue),
    sentence: () => '同じ売掛先で、金額（1%以内または税込・税抜の差）と支払期日が近いです。',
    source,
  },
  {
    rule: 'same_issue_date',
    points: 10,
    applies: facts => facts.sameDebtor && facts.sameIssue && (facts.sameAmount || facts.nearAmount),
    sentence: () => '発行日も同じです。',
    source,
  },
  {
    rule: 'same_number_other_debtor',
    points: 50,
    applies: facts => !facts.sameDebtor && facts.sameNumber && facts.sameClient && facts.sameAmount,
    sentence: () =>
      '同じ利用者が、同じ番号・同じ金額を別の売掛先で申し込んでいます（売掛先の二重登録のおそれ）。',
    source: 'DD 8',
  },
]
