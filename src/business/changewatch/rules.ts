import { addDays } from '../../platform/dates/calendar-date.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { foldVariants, normalizeCompanyName, splitAddress } from '../names/index.ts'
import { addressLine, type CorporateEntry } from '../registers/index.ts'
import type { ChangeSource, Difference, RegisterState } from './tables.ts'

/** What a sign leads to: who must look at it by when, and whether purchases stop meanwhile. */
export interface Reaction {
  code: string
  sentence: string
  source: string
  ownerRole: 'sales' | 'operations' | 'reviewer' | 'compliance'
  /** Days until it must be judged. */
  days: number
  /** Headroom is suspended at once; only two people lift it (DD group 12). */
  suspends: boolean
}

const reactions = {
  registry_closed: {
    code: 'closed_registration_must_stop_purchases',
    sentence: '登記記録の閉鎖・抹消が公表されたときは、新しい買取を止めて与信を見直す',
    source: 'JR §1.3, Reaction: 21/81',
    ownerRole: 'reviewer',
    days: 3,
    suspends: true,
  },
  registry_void: {
    code: 'void_number_must_block_use',
    sentence: '削除された法人番号の顧客は使用を止める',
    source: 'JR §1.3, Reaction: 99',
    ownerRole: 'compliance',
    days: 3,
    suspends: true,
  },
  registry_merger: {
    code: 'merger_must_be_reviewed',
    sentence: '吸収合併が公表されたときは、承継先とグループの関係を確認する',
    source: 'JR §1.3, Reaction: 71/72',
    ownerRole: 'reviewer',
    days: 10,
    suspends: false,
  },
  registry_differs: {
    code: 'registered_change_must_be_proposed',
    sentence: '商号・所在地が公表情報と異なるときは、裏付けを添えて台帳の変更を申請する',
    source: 'JR §1.3, Reaction: 11/12/13',
    ownerRole: 'operations',
    days: 10,
    suspends: false,
  },
  registry_document: {
    code: 'registry_document_must_agree',
    sentence: '新しい登記事項証明書と台帳が異なるときは、変更を申請する',
    source: 'Issue: change control; DD group 2, is_registered_representative',
    ownerRole: 'reviewer',
    days: 10,
    suspends: false,
  },
  gbiz_representative: {
    code: 'declared_representative_must_be_checked',
    sentence: 'gBizINFOの代表者は古いことがあるため、登記で確かめるまで台帳は変えない',
    source: 'JR §1.5, source grade C',
    ownerRole: 'reviewer',
    days: 10,
    suspends: false,
  },
  returned_mail: {
    code: 'returned_mail_must_stop_purchases',
    sentence: '郵便物が返戻されたときは、所在を確認するまで新しい買取を止める',
    source: 'DD group 3, mail_result returned',
    ownerRole: 'compliance',
    days: 5,
    suspends: true,
  },
  payee_mismatch: {
    code: 'payee_must_be_the_registered_account',
    sentence: '請求書の振込先が登録口座でないときは、名義と経緯を確認するまで新しい買取を止める',
    source: 'Issue: payee on an invoice; FF, misdirected payments',
    ownerRole: 'compliance',
    days: 3,
    suspends: true,
  },
  score_drop: {
    code: 'falling_score_must_be_reviewed',
    sentence: '評点が下がったときは、与信枠を見直す',
    source: 'DD group 5, credit_review',
    ownerRole: 'reviewer',
    days: 10,
    suspends: false,
  },
  score_fall: {
    code: 'sudden_fall_must_stop_purchases',
    sentence: '評点が会社の定める幅を超えて下がったときは、見直しが終わるまで新しい買取を止める',
    source: 'FF §7, credit data: a sudden fall opens a review and suspends headroom',
    ownerRole: 'reviewer',
    days: 5,
    suspends: true,
  },
  yearly_confirmation: {
    code: 'client_must_confirm_every_year',
    sentence: '年に一度、登録内容に変わりがないことを顧客に確認する',
    source: 'DD group 3, trigger yearly_confirmation',
    ownerRole: 'sales',
    days: 30,
    suspends: false,
  },
  owners_differ: {
    code: 'declared_owners_must_agree_with_holdings',
    sentence:
      '申告された実質的支配者と、持分から計算した実質的支配者が異なるときは、申告か株主の記録を確かめる',
    source: 'JR §3.6, recompute on any shareholding change',
    ownerRole: 'compliance',
    days: 10,
    suspends: false,
  },
} as const satisfies Record<string, Reaction>

/** Which rule answers a sign. A registry sign is told apart by what the register says. */
export function reactionTo(
  source: ChangeSource,
  state: RegisterState | null,
  process: string | null,
): Reaction {
  if (source !== 'registry') return reactions[source]
  if (state === 'void') return reactions.registry_void
  if (state === 'closed') return reactions.registry_closed
  return process === '71' || process === '72' ? reactions.registry_merger : reactions.registry_differs
}

/** A score that fell past the company's step, seen by the slice that keeps scores. */
export const suddenFall: Reaction = reactions.score_fall

export const dueOf = (reaction: Reaction, today: IsoDate): IsoDate => addDays(today, reaction.days)

/** Sources a person may name; the others are found by comparison. */
export const reactionList: readonly Reaction[] = Object.values(reactions)

export interface LedgerFacts {
  legalName: string
  address: string | null
}

/**
 * Compares a record with its published state. Spelling alone (widths, legal form as ㈱ in its place, old and new characters, 丁目 as numbers,
 * a building) is no difference. An address we do not have is none either.
 */
export function compareWithRegister(
  ours: LedgerFacts,
  theirs: CorporateEntry | null,
): { state: RegisterState; differences: Difference[] } {
  if (!theirs) return { state: 'unknown', differences: [] }
  const differences: Difference[] = []
  if (nameKey(ours.legalName) !== nameKey(theirs.name))
    differences.push({ field: 'legalName', ours: ours.legalName, theirs: theirs.name })
  const published = addressLine(theirs)
  if (ours.address && published && !sameAddress(ours.address, published))
    differences.push({ field: 'address', ours: ours.address, theirs: published })
  if (theirs.process === '99') return { state: 'void', differences: [...differences, ended('番号の削除')] }
  if (theirs.closedOn)
    return { state: 'closed', differences: [...differences, ended(`${theirs.closedOn} 登記記録の閉鎖`)] }
  return { state: differences.length > 0 ? 'differs' : 'agrees', differences }
}

const ended = (what: string): Difference => ({ field: 'status', ours: null, theirs: what })

function nameKey(name: string): string {
  const { core, form, formPosition } = normalizeCompanyName(name)
  return `${form ?? ''}|${formPosition ?? ''}|${foldVariants(core)}`
}

function sameAddress(ours: string, theirs: string): boolean {
  const [a, b] = [splitAddress(ours), splitAddress(theirs)]
  const place = (part: typeof a) => [part.prefecture, part.city, part.townKey].join('|')
  return place(a) === place(b) && a.numbers.join('-') === b.numbers.join('-')
}
