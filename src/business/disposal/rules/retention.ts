import type { Reason } from '../../../platform/commands/refusal.ts'
import { addMonths } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'

/** Days from which periods of retention count; null where nothing of the kind was ever recorded. */
export interface RetentionFacts {
  /** The last day of the relation: contracts ended, claims settled, money moved. */
  relationEndedOn: IsoDate | null
  /** A confirmation of identity was recorded (確認記録). */
  identifiedOn: IsoDate | null
  /** The last deal: purchase, payment in or out. */
  transactedOn: IsoDate | null
  /** The last entry of the books, or the last paper the tax law asks to keep. */
  bookedOn: IsoDate | null
  /** The last contract ended or claim settled. */
  settledOn: IsoDate | null
  /** The last thing that happened without a deal: registered, declined, asked, spoken to. */
  lastActOn: IsoDate
  /** The last time their data was given to a third party. */
  sharedOn: IsoDate | null
  /** The last check against lists. */
  screenedOn: IsoDate | null
}

export type RetentionRuleCode =
  | 'kyc_records'
  | 'transaction_records'
  | 'tax_books'
  | 'claims'
  | 'rejected'
  | 'third_party'
  | 'screening'

interface RetentionRule {
  /** Also the item of the rule book which says for how many years. */
  code: RetentionRuleCode
  sentence: string
  from(facts: RetentionFacts): IsoDate | null
}

/** A fiscal year ends at most twelve months after the entry, and its return is due at most three months later. */
const MONTHS_TO_THE_RETURN = 15

export const retentionRules: readonly RetentionRule[] = [
  {
    code: 'kyc_records',
    sentence:
      'Records of identification are kept for years from the end of the relation (犯収法6条; JR §4.4).',
    from: facts => facts.identifiedOn && (facts.relationEndedOn ?? facts.identifiedOn),
  },
  {
    code: 'transaction_records',
    sentence: 'Records of transactions are kept for years from the transaction (犯収法7条; JR §4.4).',
    from: facts => facts.transactedOn,
  },
  {
    code: 'tax_books',
    sentence:
      'Books and tax papers are kept for years from the day the return is due; without our fiscal year the latest such day counts (法人税法施行規則59条; JR §4.4).',
    from: facts => facts.bookedOn && addMonths(facts.bookedOn, MONTHS_TO_THE_RETURN),
  },
  {
    code: 'claims',
    sentence: 'Contracts and claims are kept for years from their end (民法166条; JR §4.4).',
    from: facts => facts.settledOn,
  },
  {
    code: 'rejected',
    sentence: 'What never became a deal is kept for years from the last thing that happened (JR §4.4).',
    from: facts => (facts.relationEndedOn ? null : facts.lastActOn),
  },
  {
    code: 'third_party',
    sentence:
      'Records of giving data to third parties are kept for years from the record (個情法29条; JR §4.4).',
    from: facts => facts.sharedOn,
  },
  {
    code: 'screening',
    sentence: 'Evidence of screening is kept for years from the end of the relation (JR §4.4).',
    from: facts => facts.screenedOn && (facts.relationEndedOn ?? facts.screenedOn),
  },
]

/** The rule that keeps a record longest, and the last day it does. */
export interface Retention {
  rule: RetentionRuleCode
  until: IsoDate
}

/** The longest rule wins (DD group 11). */
export function retentionOf(facts: RetentionFacts, years: Readonly<Record<string, number>>): Retention {
  const kept = retentionRules.flatMap(({ code, from }) => {
    const day = from(facts)
    return day ? [{ rule: code, until: addMonths(day, 12 * (years[code] ?? 0)) }] : []
  })
  return kept.reduce(
    (longest, one) => (one.until > longest.until ? one : longest),
    kept[0] ?? { rule: 'rejected', until: facts.lastActOn },
  )
}

/** What stands against a disposal although the years are over. */
export const hindrances = [
  'contracts_must_be_ended',
  'claims_must_be_settled',
  'payments_must_be_finished',
  'applications_must_be_ended',
  'incidents_must_be_closed',
  'inquiries_must_be_ended',
  'requests_must_be_decided',
  'papers_must_not_be_held',
  'nobody_else_must_need_it',
] as const
export type Hindrance = (typeof hindrances)[number]

/** Sources: DD every table and group 11 (legal_hold), JR §4.4, 会社法・民訴の証拠保全 for held papers. */
export const hindranceSentences: Readonly<Record<Hindrance, string>> = {
  contracts_must_be_ended: 'A contract that is not ended is kept with its parties (JR §4.4, 契約).',
  claims_must_be_settled: 'A claim that is open is kept with client and debtor (JR §4.4, 債権).',
  payments_must_be_finished: 'Money on its way is kept with whom it comes from or goes to (JR §4.4).',
  applications_must_be_ended: 'An application under way is kept with its client (JR §4.4).',
  incidents_must_be_closed: 'An open incident is kept with whom it is about (DD group 10).',
  inquiries_must_be_ended: 'An open inquiry is kept with who asked (DD group 10).',
  requests_must_be_decided: 'A change that waits or is planned must be decided first (DD group 12).',
  papers_must_not_be_held: 'A paper under legal hold keeps its subject from being disposed of (DD group 11).',
  nobody_else_must_need_it: 'What a living record needs is kept as long as that record (DD, every table).',
}

/** What keeps a relation running: no period begins while one of them stands. */
const running: readonly Hindrance[] = [
  'contracts_must_be_ended',
  'claims_must_be_settled',
  'payments_must_be_finished',
  'applications_must_be_ended',
]
export const isRunning = (found: readonly Hindrance[]): boolean => found.some(one => running.includes(one))

export interface Judged extends Retention {
  hindrances: readonly Hindrance[]
}

/** Every reason against disposing of a record today, each with its rule and day. */
export function disposalReasons(
  { rule, until, hindrances: found }: Judged,
  today: IsoDate,
  words: { ruleLabel: string; sentenceOf: (code: Hindrance) => string },
): Reason[] {
  const reasons: Reason[] = found.map(code => ({ code, message: words.sentenceOf(code) }))
  if (until >= today)
    reasons.unshift({
      code: 'retention_must_be_over',
      message: `「${words.ruleLabel}」の保存期間が ${until} まで続くため、廃棄できません。`,
      facts: { rule, until },
    })
  return reasons
}

/** Which rule keeps a paper by its kind; papers of claims and taxes count from their own day, those of identification from the relation's end. */
export function ruleOfPaper(docKind: string): RetentionRuleCode {
  if (
    ['contract', 'consent', 'set_off_notice', 'notice', 'approval_memo', 'incident_report'].includes(docKind)
  )
    return 'claims'
  if (['id', 'registry', 'certificate'].includes(docKind)) return 'kyc_records'
  return docKind === 'screening_evidence' ? 'screening' : 'tax_books'
}
