import { type Address, addressIn, pickTown } from './addresses.ts'
import { pickBankBranch } from './banks.ts'
import { isoDate } from './calendar.ts'
import { type CompanyCore, companyCore } from './company-core.ts'
import { peopleOf } from './company-people.ts'
import { INDUSTRY_REVISION, PUBLIC_ADMINISTRATION } from './industries.ts'
import { bankKana, cutBankKana } from './kana.ts'
import { legalForm } from './legal-forms.ts'
import { type CompanyPerson, fullKana } from './people.ts'
import { fixedPhone } from './phones.ts'
import { type Random, stream } from './random.ts'

export type Branch = {
  name: string
  kana: string
  kind: 'branch' | 'sales_office' | 'plant'
  address: Address
  phone: string
}

export type CompanyBankAccount = {
  bankCode: string
  bankName: string
  bankKana: string
  branchCode: string
  branchName: string
  branchKana: string
  /** 1 普通, 2 当座. */
  accountType: '1' | '2'
  accountNo: string
  /** Half-width, cut to the 30 bytes of a transfer record. */
  holderKana: string
  holderName: string
}

/** One fictional company with everything the ledger keeps of it. */
export type Company = CompanyCore & {
  partyKind: 'corporation' | 'sole_proprietor' | 'public_body'
  industryRevision: string
  businessSummary: string
  capitalYen: number | null
  employees: number | null
  annualSalesYen: number | null
  /** MM-DD. */
  fiscalYearEnd: string | null
  correspondenceAddress: Address | null
  branches: Branch[]
  people: CompanyPerson[]
  bankAccount: CompanyBankAccount
  emailDomain: string
  website: string | null
  /** Index of the parent company in the same seed. */
  parentIndex: number | null
  parentSharePpm: number | null
}

const PLACES_FOR_BRANCHES: readonly (readonly [name: string, kana: string, prefecture: string])[] = [
  ['東京', 'トウキョウ', '13'],
  ['大阪', 'オオサカ', '27'],
  ['名古屋', 'ナゴヤ', '23'],
  ['福岡', 'フクオカ', '40'],
  ['札幌', 'サッポロ', '01'],
  ['仙台', 'センダイ', '04'],
  ['広島', 'ヒロシマ', '34'],
  ['横浜', 'ヨコハマ', '14'],
  ['埼玉', 'サイタマ', '11'],
  ['千葉', 'チバ', '12'],
  ['静岡', 'シズオカ', '22'],
  ['神戸', 'コウベ', '28'],
  ['北関東', 'キタカントウ', '10'],
  ['新潟', 'ニイガタ', '15'],
  ['四国', 'シコク', '37'],
]

/** Everything about company `index` of this seed; the same arguments give the same company, whatever else is made. */
export function generateCompany(seed: number, index: number): Company {
  const core = companyCore(seed, index)
  const random = stream(seed, 'company', index)
  const emailDomain = `${
    core.core.english
      .toLowerCase()
      .replace(/[^a-z]/g, '')
      .slice(0, 24) || 'company'
  }-${index}.example`
  const size = sizeOf(core, random)
  return {
    ...core,
    partyKind: core.plan.kind,
    industryRevision: INDUSTRY_REVISION,
    businessSummary: core.industry?.summary ?? PUBLIC_ADMINISTRATION.summary,
    ...size,
    fiscalYearEnd: core.plan.kind === 'public_body' ? '03-31' : fiscalYearEnd(core, random),
    correspondenceAddress: random.chance(0.08)
      ? addressIn(pickTown(random, core.headOffice.cityCode.slice(0, 2)), random)
      : null,
    branches: branchesOf(size.employees ?? 0, core, random),
    people: peopleOf(seed, core, emailDomain),
    bankAccount: bankAccountOf(seed, core),
    emailDomain,
    website: random.chance(0.6) ? `https://www.${emailDomain}` : null,
    parentIndex: core.plan.parent?.index ?? null,
    parentSharePpm: core.plan.parent?.sharePpm ?? null,
  }
}

/** The name a bank knows the company by, before cutting: ｶ)ｻﾝﾜｳﾝﾕ (JR §2.3). */
export function bankHolderKana(core: CompanyCore): string {
  const form = legalForm(core.legalForm)
  if (core.plan.kind === 'sole_proprietor' && core.tradeNameKana !== null && core.index % 2 === 0)
    return bankKana(`${core.tradeNameKana} ${core.legalNameKana.replace(' ', '')}`)
  const name = bankKana(core.legalNameKana)
  if (form === null) return name
  const letter = bankKana(form.bankLetter)
  return core.legalFormPosition === 'prefix' ? `${letter})${name}` : `${name}(${letter}`
}

/** The payout account of the company. */
export function bankAccountOf(seed: number, core: CompanyCore): CompanyBankAccount {
  const random = stream(seed, 'account', core.index)
  const branch = pickBankBranch(random, core.headOffice.cityCode.slice(0, 2))
  const current = core.plan.kind !== 'sole_proprietor' && branch.bankCode !== '9900' && random.chance(0.2)
  return {
    ...branch,
    accountType: current ? '2' : '1',
    accountNo: String(random.whole(100_000, 9_999_999)).padStart(7, '0'),
    holderKana: cutBankKana(bankHolderKana(core), 30),
    holderName: core.legalName,
  }
}

function sizeOf(core: CompanyCore, random: Random) {
  if (core.industry === null) return { capitalYen: null, employees: null, annualSalesYen: null }
  const employees =
    core.plan.kind === 'sole_proprietor' ? random.whole(0, 5) : skewed(random, core.industry.employees)
  const annualSalesYen = Math.max(1, employees) * random.whole(6, 24) * 1_000_000
  if (core.plan.kind === 'sole_proprietor') return { capitalYen: null, employees, annualSalesYen }
  const capital = skewed(random, core.industry.capital)
  return { capitalYen: Math.max(1, Math.round(capital / 500_000)) * 500_000, employees, annualSalesYen }
}

function skewed(random: Random, [low, high]: readonly [number, number]): number {
  return Math.round(low + (high - low) * random.next() ** 2.5)
}

function fiscalYearEnd(core: CompanyCore, random: Random): string {
  if (core.plan.kind === 'sole_proprietor') return '12-31'
  const month = random.pickWeighted([
    [20, 3],
    [11, 9],
    [10, 12],
    [10, 6],
    [8, 5],
    [7, 8],
    [6, 7],
    [6, 2],
    [5, 4],
    [4, 10],
    [3, 1],
    [2, 11],
  ])
  const day = month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31
  return isoDate(2001, month, day).slice(5)
}

function branchesOf(employees: number, core: CompanyCore, random: Random): Branch[] {
  if (employees < 25 || core.plan.kind !== 'corporation') return []
  const count = random.whole(0, Math.min(5, Math.floor(employees / 20)))
  return random
    .shuffle(PLACES_FOR_BRANCHES)
    .slice(0, count)
    .map(([place, kana, prefecture]) => {
      const [word, reading, kind] = random.pick(BRANCH_WORDS)
      return {
        name: place + word,
        kana: kana + reading,
        kind,
        address: addressIn(pickTown(random, prefecture), random),
        phone: fixedPhone(prefecture, random),
      }
    })
}

const BRANCH_WORDS = [
  ['支店', 'シテン', 'branch'],
  ['営業所', 'エイギョウショ', 'sales_office'],
  ['工場', 'コウジョウ', 'plant'],
] as const

/** Reading of the representative as one string, or null for bodies without one. */
export function representativeKana(core: CompanyCore): string | null {
  return core.representative === null ? null : fullKana(core.representative)
}
