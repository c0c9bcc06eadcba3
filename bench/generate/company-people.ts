import type { CompanyCore } from './company-core.ts'
import { type CompanyPerson, type Person, type PersonRole, personFrom } from './people.ts'
import { fixedPhone } from './phones.ts'
import { type Random, stream } from './random.ts'
import { romaji } from './romaji.ts'
import type { Word } from './words/word-list.ts'

const DEPARTMENTS = ['経理部', '総務部', '営業部', '管理部', '業務部', '購買部', '財務課', '工事部']
const CONTACT_TITLES = ['部長', '課長', '主任', '係長', null]

/** How votes are split among natural persons, in ppm of what the parent does not hold; 1 = the representative's part. */
const SPLITS: readonly (readonly number[])[] = [
  [1_000_000],
  [1_000_000],
  [600_000, 400_000],
  [700_000, 300_000],
  [510_000, 490_000],
  [500_000, 500_000],
  [400_000, 300_000, 300_000],
  [250_000, 250_000, 250_000, 250_000],
  [800_000, 100_000, 100_000],
]

/** Representative, officers, shareholders, beneficial owners and contacts of one company, one row per role. */
export function peopleOf(seed: number, core: CompanyCore, emailDomain: string): CompanyPerson[] {
  const random = stream(seed, 'people', core.index)
  const contacts = contactsOf(core, emailDomain, random)
  const representative = core.representative
  if (representative === null) return contacts
  const title = core.plan.kind === 'sole_proprietor' ? '代表' : titleFor(core)
  const rows: CompanyPerson[] = [row('representative', representative, { title })]
  if (core.plan.kind === 'corporation') {
    const officers = officersOf(core, representative, random)
    rows.push(...officers, ...ownersOf(core, representative, officers, random))
  }
  return [...rows, ...contacts]
}

function titleFor(core: CompanyCore): string {
  if (core.legalForm === 'gk') return '代表社員'
  if (core.legalForm === 'kk' || core.legalForm === 'yk') return '代表取締役'
  return core.legalForm === 'gsk' || core.legalForm === 'gmk' ? '無限責任社員' : '理事長'
}

function officersOf(core: CompanyCore, representative: Person, random: Random): CompanyPerson[] {
  const family: Word = { text: representative.familyName, kana: representative.familyKana }
  const count = random.whole(0, 3)
  const rows: CompanyPerson[] = []
  for (let i = 0; i < count; i++) {
    const relative = random.chance(0.5)
    rows.push(row('director', personFrom(random, relative ? family : null, 1946, 1994), { title: '取締役' }))
  }
  if (core.legalForm === 'kk' && count >= 2 && random.chance(0.5))
    rows.push(row('auditor', personFrom(random, null, 1944, 1985), { title: '監査役' }))
  return rows
}

/**
 * Shareholders and beneficial owners (JR §3.6): more than 50 % → that person alone, else everyone above 25 %, else the
 * representative. Where a parent holds the majority the owner is found through it, by the staff: here the
 * representative stands in.
 */
function ownersOf(
  core: CompanyCore,
  representative: Person,
  officers: CompanyPerson[],
  random: Random,
): CompanyPerson[] {
  const withShares = core.legalForm === 'kk' || core.legalForm === 'yk'
  if (!withShares) return [row('beneficial_owner', representative, { boBasis: 'representative' })]
  const parts = random.pick(SPLITS)
  const own = 1_000_000 - (core.plan.parent?.sharePpm ?? 0)
  const totalVotes = random.pick([100, 200, 400, 600, 1000, 2000])
  const people = [representative, ...officers.map(officer => officer.person)]
  while (people.length < parts.length) people.push(personFrom(random, null, 1944, 1996))
  const holders = parts.map((part, at) => {
    const votes = Math.floor((totalVotes * part * own) / 1e12)
    return { person: people[at]!, votes, sharePpm: Math.floor((votes * 1_000_000) / totalVotes) }
  })
  const shareholders = holders
    .filter(holder => holder.votes > 0)
    .map(holder =>
      row('shareholder', holder.person, { votes: holder.votes, totalVotes, sharePpm: holder.sharePpm }),
    )
  const major = holders.filter(holder => holder.sharePpm > 500_000)
  const quarter = holders.filter(holder => holder.sharePpm > 250_000)
  const owners = major.length > 0 ? major : quarter
  if (owners.length === 0)
    return [...shareholders, row('beneficial_owner', representative, { boBasis: 'representative' })]
  const boBasis = major.length > 0 ? 'votes_over_50' : 'votes_over_25'
  return [
    ...shareholders,
    ...owners.map(owner =>
      row('beneficial_owner', owner.person, {
        votes: owner.votes,
        totalVotes,
        sharePpm: owner.sharePpm,
        boBasis,
      }),
    ),
  ]
}

function contactsOf(core: CompanyCore, emailDomain: string, random: Random): CompanyPerson[] {
  const count = random.whole(1, 2)
  const rows: CompanyPerson[] = []
  for (let i = 0; i < count; i++) {
    const person =
      core.plan.kind === 'sole_proprietor' && core.representative
        ? core.representative
        : personFrom(random, null, 1962, 2000)
    rows.push(
      row('contact', person, {
        department: core.plan.kind === 'sole_proprietor' ? null : random.pick(DEPARTMENTS),
        title: random.pick(CONTACT_TITLES),
        phone: random.chance(0.7) ? fixedPhone(core.headOffice.cityCode.slice(0, 2), random) : person.mobile,
        email: `${romaji(person.familyKana)
          .toLowerCase()
          .replace(/[^a-z]/g, '')}@${emailDomain}`,
      }),
    )
    if (core.plan.kind === 'sole_proprietor') break
  }
  return rows
}

function row(role: PersonRole, person: Person, more: Partial<CompanyPerson>): CompanyPerson {
  return {
    role,
    person,
    title: null,
    department: null,
    votes: null,
    totalVotes: null,
    sharePpm: null,
    boBasis: null,
    phone: null,
    email: null,
    ...more,
  }
}
