import { addMonths } from '../../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../../platform/dates/today.ts'
import type { Authenticity, DocKind, ReceivedVia } from '../tables.ts'

/** What the rules need of a document. */
export interface PaperFacts {
  docKind: DocKind
  transactionDate: IsoDate | null
  /** The day it came to us; the day it was filed where nothing was recorded. */
  receivedOn: IsoDate
  validOn: IsoDate | null
  expiresOn: IsoDate | null
  authenticity: Authenticity
  timestampAt: string | null
  textVersion: string | null
}

/** Whether a paper is an electronic transaction, which must be kept as it came (電子帳簿保存法7条); null: nothing was recorded, or made here. */
export function isElectronic(via: ReceivedVia | null): boolean | null {
  if (via === null || via === 'made_here') return null
  return via !== 'paper'
}

/** Certificates are proof for six months from their day (data dictionary, group 11, valid_on; 犯収法施行規則7条). */
const CERTIFICATE_MONTHS = 6
const CERTIFICATES: readonly DocKind[] = ['registry', 'certificate']

/** What speaks against the particulars of a paper, at its field. */
export function paperReasons(paper: PaperFacts, today: IsoDate): { code: string; field: string }[] {
  const isStamped = paper.authenticity === 'timestamped_by_sender' || paper.authenticity === 'timestamped'
  return [
    ...(paper.receivedOn > today ? [{ code: 'date_must_not_be_in_the_future', field: 'receivedOn' }] : []),
    ...(paper.validOn !== null && paper.validOn > today
      ? [{ code: 'date_must_not_be_in_the_future', field: 'validOn' }]
      : []),
    ...(paper.validOn !== null && paper.expiresOn !== null && paper.expiresOn < paper.validOn
      ? [{ code: 'expiry_must_follow_issue', field: 'expiresOn' }]
      : []),
    ...(paper.timestampAt !== null && todayInTokyo(new Date(paper.timestampAt)) > today
      ? [{ code: 'date_must_not_be_in_the_future', field: 'timestampAt' }]
      : []),
    ...(isStamped !== (paper.timestampAt !== null)
      ? [{ code: 'time_stamp_must_have_its_time', field: 'timestampAt' }]
      : []),
    ...(paper.textVersion !== null && paper.docKind !== 'consent'
      ? [{ code: 'text_version_is_of_a_consent', field: 'textVersion' }]
      : []),
  ]
}

/** What whoever uses the paper should know: it does not prove any more what it proved. */
export function paperFindings(paper: PaperFacts, today: IsoDate): string[] {
  const oldOn =
    paper.validOn !== null && CERTIFICATES.includes(paper.docKind)
      ? addMonths(paper.validOn, CERTIFICATE_MONTHS)
      : null
  return [
    ...(paper.expiresOn !== null && paper.expiresOn < today
      ? [`有効期限（${paper.expiresOn}）が切れています。新しい書類を受け取ってください。`]
      : []),
    ...(oldOn !== null && oldOn < today
      ? [`発行日（${paper.validOn}）から6か月を過ぎています。本人確認には新しい証明書が必要です。`]
      : []),
  ]
}

const TAX_PAPERS: readonly DocKind[] = [
  'invoice',
  'order',
  'delivery',
  'contract',
  'statement',
  'tax',
  'letter',
  'notice',
  'set_off_notice',
]
const RELATION_PAPERS: readonly DocKind[] = ['id', 'registry', 'certificate', 'consent', 'screening_evidence']

/** Years the law asks of tax papers of a year with losses, and the latest a filing can follow the transaction (year and extended filing). */
const TAX_YEARS = 10
const FILING_MONTHS = 15
const RECORD_YEARS = 7

/**
 * How long a paper must be kept by law, the longest rule winning (JR §4.1, §5.1): tax papers ten years from the filing of their business
 * year, reckoned at the latest it can be; what proves who a customer is, seven years from the end of the relation (`until` null: not yet
 * known); all others seven years.
 */
export function retentionOf(paper: Pick<PaperFacts, 'docKind' | 'transactionDate' | 'receivedOn'>): {
  until: IsoDate | null
  basis: string
} {
  const from = paper.transactionDate ?? paper.receivedOn
  if (RELATION_PAPERS.includes(paper.docKind))
    return { until: null, basis: '取引終了の日から7年（犯収法6条・7条）' }
  if (TAX_PAPERS.includes(paper.docKind))
    return {
      until: addMonths(from, TAX_YEARS * 12 + FILING_MONTHS),
      basis: '申告期限から10年（法人税法施行規則59条、欠損事業年度）。申告期限は最も遅い場合で計算しています',
    }
  return { until: addMonths(from, RECORD_YEARS * 12), basis: '取引の日から7年（犯収法7条）' }
}
