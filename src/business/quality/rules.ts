import type { RequiredItem } from '../parties/index.ts'

export const checkGroups = ['completeness', 'format', 'stale', 'registry'] as const
export type CheckGroup = (typeof checkGroups)[number]

/** One thing every active customer should have; the predicate is true for a party `p` which breaks it. */
export interface QualityCheck {
  code: string
  group: CheckGroup
  label: string
  sentence: string
  source: string
  /** Days to put it right. */
  days: number
  /** SQL over `party p`, constants only; `current_day` stands for the day of the check. */
  broken: string
  /** To whom the check applies; SQL over `party p`. */
  applies: string
  /** Where the person in charge puts it right. */
  href: (partyId: string) => string
}

const editOf = (partyId: string) => `/parties/${partyId}/edit`
const ownOf = (partyId: string) => `/parties/${partyId}?tab=custom`
const everybody = 'true'

/** Items the rule book in force requires of active parties (data dictionary, column req; own fields), one check each. */
function requiredChecks(items: readonly RequiredItem[]): QualityCheck[] {
  return items
    .filter(item => item.column !== null || item.ownKey !== null)
    .map(item => ({
      code: `missing_${item.column ?? item.ownKey}`,
      group: 'completeness',
      label: `${item.label}の未入力`,
      sentence: `取引中の顧客には「${item.label}」が必要です`,
      source: item.ownKey
        ? '自社の必須項目; JR §9 データ完全性率'
        : 'DD, column req; 運用規程; JR §9 データ完全性率',
      days: 30,
      broken: item.ownKey ? lacksOwn(item.ownKey) : `p.${item.column} is null`,
      applies: appliesTo(item),
      href: item.ownKey ? ownOf : editOf,
    }))
}

/** Keys are the program's own (c1, c2 …); anything else would be no SQL constant. */
function lacksOwn(key: string): string {
  if (!/^c[0-9]+$/.test(key)) throw new Error(`an own field may not be called ${key}`)
  return `not exists (select from record_custom rc where rc.id = p.id and (rc.plain ? '${key}' or rc.sealed ? '${key}'))`
}

/** An item required only of some kinds or roles applies to these alone; their names are the program's constants. */
function appliesTo({ kinds, roles }: RequiredItem): string {
  const words = (values: readonly string[]) =>
    values
      .filter(value => /^[a-z_]+$/.test(value))
      .map(value => `'${value}'`)
      .join(', ')
  const parts = [
    ...(kinds ? [`p.party_kind in (${words(kinds)})`] : []),
    ...(roles ? [`p.roles && array[${words(roles)}]`] : []),
  ]
  return parts.length > 0 ? parts.join(' and ') : everybody
}

const further: QualityCheck[] = [
  {
    code: 'representative_missing',
    group: 'completeness',
    label: '代表者の未登録',
    sentence: '取引中の法人には、現在の代表者が1人以上必要です',
    source: 'DD checks, 3',
    days: 14,
    broken: `not exists (select from party_person pp where pp.party_id = p.id and pp.person_role = 'representative' and pp.valid_to is null)`,
    applies: `p.party_kind = 'corporation'`,
    href: id => `/parties/${id}?tab=people`,
  },
  {
    code: 'address_not_split',
    group: 'format',
    label: '住所が町域まで読み取れない',
    sentence: '本店所在地は、都道府県・市区町村・町域に分けられる形で登録します',
    source: 'JR §7.5',
    days: 60,
    broken: 'p.address_original is not null and (p.pref is null or p.city is null)',
    applies: everybody,
    href: editOf,
  },
  {
    code: 'invoice_number_differs',
    group: 'format',
    label: '登録番号と法人番号の不一致',
    sentence: '法人の適格請求書発行事業者番号は「T＋法人番号」と一致します',
    source: 'JR §1.2',
    days: 14,
    broken: `p.invoice_reg_no is not null and p.corporate_number is not null and p.invoice_reg_no <> 'T' || p.corporate_number`,
    applies: `p.party_kind = 'corporation'`,
    href: editOf,
  },
  {
    code: 'kyc_overdue',
    group: 'stale',
    label: '本人確認の期限切れ・未完了',
    sentence: '取引中の顧客は、期限内の本人確認が必要です',
    source: 'DD group 3, next_review_on',
    days: 7,
    broken: `not exists (select from kyc_case k where k.party_id = p.id and k.state = 'completed' and k.superseded_at is null
      and greatest(k.next_review_on, k.exception_until) >= current_day)`,
    applies: `p.roles @> array['client']`,
    href: id => `/parties/${id}?tab=kyc`,
  },
  {
    code: 'register_check_stale',
    group: 'stale',
    label: '公表情報との突合が30日より前',
    sentence: '法人番号のある顧客は、30日以内に公表情報と突合します',
    source: 'DD group 1, registry_checked_at',
    days: 30,
    broken: `not exists (select from party_register_check c where c.party_id = p.id and c.checked_at > current_day - 30)`,
    applies: 'p.corporate_number is not null',
    href: id => `/parties/${id}?tab=change-reviews`,
  },
  {
    code: 'registry_differs',
    group: 'registry',
    label: '公表情報との相違',
    sentence: '公表情報との相違は、期限までに確認を終えます',
    source: 'JR §1.3, Reaction',
    days: 10,
    broken: `exists (select from change_review w where w.party_id = p.id and w.source = 'registry' and w.closed_at is null)`,
    applies: everybody,
    href: id => `/parties/${id}?tab=change-reviews`,
  },
]

/** Every check under the items required now. */
export function checksOf(items: readonly RequiredItem[]): QualityCheck[] {
  return [...requiredChecks(items), ...further]
}

/** Active party (JR §9): stage active and status not closed. */
export const ACTIVE = `p.stage = 'active' and p.status <> 'closed'`

export interface Share {
  numerator: number
  denominator: number
}

/** A share in per cent with one decimal, half up; null where there is nothing to divide by (JR §9). */
export function percentOf({ numerator, denominator }: Share): number | null {
  if (denominator === 0) return null
  // Whole numbers until the last step: 1/3 is 33.3, 2/3 is 66.7.
  return Math.floor((numerator * 2000 + denominator) / (denominator * 2)) / 10
}

/** 重複登録率 = (N − C) ÷ N: N active records, C distinct entities (JR §9). */
export function duplicateShare(records: number, entities: number): Share {
  return { numerator: Math.max(0, records - entities), denominator: records }
}
