import { splitAddress } from '../names/index.ts'
import type { TieKind } from '../ownership/tables.ts'
import type { ProposalKind, SharedKind } from './tables.ts'

/** What a shared fact says, how many may share it before it says nothing, and which tie it becomes once somebody confirms it. */
export interface TieRule {
  sentence: string
  source: string
  /** More companies than this share it: an office tower, a call centre, a mail provider. No tie is proposed. */
  mostCompanies: number
  relation: TieKind
}

const source = 'DD group 1, group_link: proposed from data, confirmed with evidence'

export const tieRules: Readonly<Record<ProposalKind, TieRule>> = {
  representative: {
    sentence: '同じ人が代表者です。',
    source,
    mostCompanies: 20,
    relation: 'same_representative',
  },
  address: { sentence: '所在地が番地まで同じです。', source, mostCompanies: 10, relation: 'same_address' },
  phone: { sentence: '電話番号が同じです。', source, mostCompanies: 5, relation: 'same_phone' },
  account: { sentence: '同じ口座が登録されています。', source, mostCompanies: 5, relation: 'same_account' },
  email_domain: {
    sentence: 'メールのドメインが同じで、ほかにはほとんど使われていません。',
    source,
    mostCompanies: 3,
    relation: 'affiliate',
  },
  owner: {
    sentence: '同じ人が議決権の過半数を持ちます（計算）。',
    source: 'JR §3.6; DD group 1, group_link sister',
    mostCompanies: 20,
    relation: 'sister',
  },
  control: {
    sentence: '持分を合計すると親会社にあたりますが、記録されたグループには入っていません。',
    source: 'DD group 1, parent_party_id and group_id',
    mostCompanies: 2,
    relation: 'affiliate',
  },
}

/** What is known of one company, all its records together. */
export interface CompanyFacts {
  addresses: readonly string[]
  phones: readonly string[]
  emailDomains: readonly string[]
  accounts: readonly string[]
  representatives: readonly { personId: string; nameKey: string; birthHash: string | null }[]
  owners: readonly string[]
}

/**
 * The keys under which a company is compared with others. An address counts from its number on: a town alone is no address, and floor and
 * room are left out. A person is the same by name and birth date also under two records.
 */
export function keysOf(facts: CompanyFacts): { kind: SharedKind; key: string }[] {
  const keys = new Map<string, { kind: SharedKind; key: string }>()
  const add = (kind: SharedKind, key: string | null) => {
    if (key) keys.set(`${kind}|${key}`, { kind, key })
  }
  for (const address of facts.addresses) add('address', addressKey(address))
  for (const phone of facts.phones) add('phone', phone)
  for (const domain of facts.emailDomains) add('email_domain', domain.trim().toLowerCase())
  for (const account of facts.accounts) add('account', account)
  for (const { personId, nameKey, birthHash } of facts.representatives)
    add('representative', birthHash ? `${nameKey}|${birthHash}` : personId)
  for (const owner of facts.owners) add('owner', owner)
  return [...keys.values()]
}

/** Place and numbers of an address: equal for 一丁目2番3号 and １－２－３; null where there is no number. */
export function addressKey(address: string): string | null {
  const { prefecture, city, townKey, numbers } = splitAddress(address)
  return city && numbers.length > 0 ? [prefecture ?? '', city, townKey, numbers.join('-')].join('|') : null
}

/** Whether so many companies sharing a fact still says something. */
export function isTelling(kind: ProposalKind, companies: number): boolean {
  return companies >= 2 && companies <= tieRules[kind].mostCompanies
}
