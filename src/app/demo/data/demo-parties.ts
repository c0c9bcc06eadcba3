import { bankHolderKana, type Company, generateCompany } from '../../../../bench/generate/company.ts'
import { companyCore, withLegalForm } from '../../../../bench/generate/company-core.ts'
import { MUNICIPALITIES, planOf } from '../../../../bench/generate/company-plan.ts'
import { bankKana, cutBankKana } from '../../../../bench/generate/kana.ts'
import { LEGAL_FORMS } from '../../../../bench/generate/legal-forms.ts'
import { fullKana } from '../../../../bench/generate/people.ts'
import { CLIENT_TRADES, HEROES, type Hero } from './demo-heroes.ts'
import { partyOf } from './demo-party.ts'
import type { DemoParty } from './demo-types.ts'
import { realCorporations } from './real-corporations.ts'

export const DEMO_SEED = 20261124

const DEBTORS = 72
const MUNICIPAL_DEBTORS = 4
const DEBTORS_FROM = 40_000

/** A generated company beside the party made of it; accounts and payer names come from the company. */
export type DemoPartyWithCompany = { party: DemoParty; company: Company }

/** Every company of the demo: clients, fictional and real debtors, group heads, guarantors, brokers, prospects. */
export function demoParties(): {
  clients: DemoPartyWithCompany[]
  debtors: DemoPartyWithCompany[]
  others: DemoParty[]
} {
  const pool = new CompanyPool()
  const clients = [...HEROES.map(hero => heroClient(hero, pool)), ...crowdOfClients(pool)]
  shareTies(clients)
  const debtors = fictionalDebtors()
  return { clients, debtors, others: [...realCorporations(), ...groupAndOthers(clients, pool)] }
}

/** Hands out generated companies by trade and form, each once. */
class CompanyPool {
  private next = 0
  private readonly passed: number[] = []

  take(fits: (index: number) => boolean): Company {
    const at = this.passed.findIndex(fits)
    if (at >= 0) return generateCompany(DEMO_SEED, this.passed.splice(at, 1)[0]!)
    for (;;) {
      const index = this.next++
      const plan = planOf(DEMO_SEED, index)
      if (plan.kind === 'public_body' || plan.parent !== null || plan.namesakeOf !== null) continue
      if (fits(index)) return generateCompany(DEMO_SEED, index)
      this.passed.push(index)
    }
  }

  byTrade(industry: string, form: string | null): Company {
    return this.take(index => {
      const core = companyCore(DEMO_SEED, index)
      if (core.industryCode !== industry) return false
      return form === null
        ? core.plan.kind === 'corporation' || core.index % 3 === 0
        : core.legalForm === form
    })
  }
}

function heroClient(hero: Hero, pool: CompanyPool): DemoPartyWithCompany {
  const base = pool.byTrade(hero.industry, hero.form)
  const company = named(base, hero)
  const prospect = hero.key === 'client-08'
  return {
    company,
    party: partyOf(hero.key, company, ['client'], prospect ? 'applied' : 'active', hero.story),
  }
}

/** The company under another name; mail addresses, bank holder and representative follow it. */
function named(base: Company, hero: Hero): Company {
  const legalFormText = hero.form === 'none' ? '' : LEGAL_FORMS[hero.form].text
  const representative =
    hero.representative && base.representative
      ? { ...base.representative, ...hero.representative }
      : base.representative
  const emailDomain = `${hero.english.toLowerCase().replace(/[^a-z]/g, '')}.example`
  const company: Company = {
    ...base,
    core: { text: hero.name, kana: hero.kana, english: hero.english, family: null },
    legalName: withLegalForm(hero.name, legalFormText, hero.position),
    legalNameKana: hero.kana,
    legalNameEn: hero.form === 'none' ? hero.english : `${hero.english} ${LEGAL_FORMS[hero.form].english[0]}`,
    legalFormText,
    legalFormPosition: hero.position,
    tradeName: hero.form === 'none' ? `${hero.name.split(' ')[0]}デザイン事務所` : null,
    tradeNameKana: hero.form === 'none' ? `${hero.kana.split(' ')[0]}デザインジムショ` : null,
    formerNames: [],
    representative,
    people: base.people.map(row => ({
      ...row,
      person:
        representative !== null && base.representative !== null && sameNameAs(row.person, base.representative)
          ? representative
          : row.person,
      email: row.email === null ? null : `${row.email.split('@')[0]}@${emailDomain}`,
    })),
    emailDomain,
    website: base.website === null ? null : `https://www.${emailDomain}`,
  }
  return {
    ...company,
    bankAccount: {
      ...base.bankAccount,
      holderKana: cutBankKana(bankHolderKana(company), 30),
      holderName: company.legalName,
    },
  }
}

function sameNameAs(
  a: { familyName: string; givenName: string },
  b: { familyName: string; givenName: string },
): boolean {
  return a.familyName === b.familyName && a.givenName === b.givenName
}

function crowdOfClients(pool: CompanyPool): DemoPartyWithCompany[] {
  const clients: DemoPartyWithCompany[] = []
  for (const [industry, count] of CLIENT_TRADES)
    for (let i = 0; i < count; i++) {
      const company = pool.byTrade(industry, null)
      const key = `client-${String(HEROES.length + clients.length + 1).padStart(2, '0')}`
      clients.push({ company, party: partyOf(key, company, ['client'], 'active', null) })
    }
  return clients
}

/** 三陽: one representative and one address; two others: one account used by both (an alert). */
function shareTies(clients: DemoPartyWithCompany[]): void {
  const [logistics, techno, first, second] = ['client-12', 'client-13', 'client-20', 'client-21'].map(
    key => clients.find(client => client.party.key === key)!,
  ) as [DemoPartyWithCompany, DemoPartyWithCompany, DemoPartyWithCompany, DemoPartyWithCompany]
  const { representative } = logistics.company
  techno.party.basics.postalCode = logistics.party.basics.postalCode
  techno.party.basics.address = logistics.party.basics.address
  techno.party.people = techno.party.people.map(row =>
    row.role === 'representative' && representative !== null ? { ...row, person: representative } : row,
  )
  second.party.account = { ...first.party.account!, holderKana: first.party.account!.holderKana }
  second.party.story = `${first.party.legalName}と同じ口座が登録されています（口座共用の警告）。`
}

function fictionalDebtors(): DemoPartyWithCompany[] {
  const debtors: DemoPartyWithCompany[] = []
  for (let index = DEBTORS_FROM; debtors.length < DEBTORS; index++) {
    const plan = planOf(DEMO_SEED, index)
    if (plan.kind !== 'corporation' || plan.namesakeOf !== null) continue
    const company = generateCompany(DEMO_SEED, index)
    debtors.push({ company, party: partyOf(debtorKey(debtors.length), company, ['debtor'], 'active', null) })
  }
  for (let at = 0; at < MUNICIPAL_DEBTORS; at++) {
    const company = generateCompany(
      DEMO_SEED,
      (at * Math.floor(MUNICIPALITIES.length / MUNICIPAL_DEBTORS) + 3) * 250 + 137,
    )
    debtors.push({ company, party: partyOf(debtorKey(debtors.length), company, ['debtor'], 'active', null) })
  }
  return debtors
}

function debtorKey(at: number): string {
  return `debtor-${String(at + 1).padStart(3, '0')}`
}

function groupAndOthers(clients: DemoPartyWithCompany[], pool: CompanyPool): DemoParty[] {
  const holding = named(pool.byTrade('6911', 'kk'), {
    key: 'member-01',
    name: '三陽ホールディングス',
    kana: 'サンヨウホールディングス',
    english: 'Sanyo Holdings',
    form: 'kk',
    position: 'prefix',
    industry: '6911',
    story: '',
  })
  const logistics = clients.find(client => client.party.key === 'client-12')!
  const head = partyOf(
    'member-01',
    holding,
    ['group_member'],
    'prospect',
    '三陽グループの親会社。代表者と住所が子会社と同じです。',
  )
  head.basics.address = logistics.party.basics.address
  head.basics.postalCode = logistics.party.basics.postalCode
  const rest = (['guarantor', 'guarantor', 'broker', 'broker', 'funder', 'funder'] as const).map((role, at) =>
    partyOf(
      `${role}-${String((at % 2) + 1).padStart(2, '0')}`,
      pool.byTrade(role === 'guarantor' ? '0611' : '5419', 'kk'),
      [role],
      'active',
      null,
    ),
  )
  const prospects = ['4411', '0611', '3911', '7311', '8544', '2446'].map((industry, at) =>
    partyOf(
      `prospect-${String(at + 1).padStart(2, '0')}`,
      pool.byTrade(industry, 'kk'),
      ['client'],
      'prospect',
      at === 0 ? '必須項目が未入力の見込先。' : null,
    ),
  )
  prospects[0]!.basics = {
    ...prospects[0]!.basics,
    legalNameKana: null,
    industryCode: null,
    establishedOn: null,
    capitalYen: null,
  }
  return [head, ...rest, ...prospects, duplicateOf(clients.find(client => client.party.key === 'client-06')!)]
}

/** The same company once more, as a colleague typed it years ago: no number, no old characters, half-width reading. */
function duplicateOf(original: DemoPartyWithCompany): DemoParty {
  const { company } = original
  const person = company.representative!
  return {
    ...partyOf(
      'duplicate-01',
      company,
      ['client'],
      'prospect',
      `${company.legalName}の重複候補（名寄せの練習用）。`,
    ),
    legalName: '高橋精機製作所（株）',
    basics: {
      ...original.party.basics,
      legalNameKana: 'タカハシセイキセイサクジョ',
      legalNameEn: null,
      corporateNumber: null,
      invoiceRegNo: null,
      capitalYen: null,
      employees: null,
    },
    people: [{ ...company.people[0]!, person: { ...person, familyName: '高橋' } }],
    account: null,
  }
}

/** The name a bank shows when the representative pays from his own account. */
export function personalPayerKana(company: Company): string {
  return company.representative === null
    ? bankHolderKana(company)
    : bankKana(fullKana(company.representative))
}
