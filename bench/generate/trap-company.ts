import { type Address, addressIn, pickTown } from './addresses.ts'
import { corporateNumberFrom } from './identifiers.ts'
import { fixedPhone } from './phones.ts'
import type { Random } from './random.ts'
import { TRAP_FAMILIES, TRAP_GIVENS, TRAP_SECONDS, TRAP_STEMS, TRAP_TRADES } from './words/trap-words.ts'

type Word = readonly [text: string, kana: string, latin: string]

/** What is true of one legal entity of the trap ledger. */
export type TrapCompany = {
  id: number
  stem: Word
  trade: Word
  form: '株式会社' | '有限会社' | '合同会社' | ''
  before: boolean
  number: string
  place: Address
  phone: string
  family: Word
  given: Word
  /** yyyy-mm-dd */
  founded: string
}

/** A company which shares nothing with any other on purpose. */
export function trapCompany(id: number, random: Random): TrapCompany {
  const first = random.pick(TRAP_STEMS)
  const second = random.chance(0.6) ? random.pick(TRAP_SECONDS) : (['', '', ''] as const)
  const town = pickTown(random)
  const form = random.pickWeighted([
    [70, '株式会社'],
    [20, '有限会社'],
    [10, '合同会社'],
  ] as const)
  const kind = form === '株式会社' ? '01' : form === '有限会社' ? '02' : '03'
  const month = String(random.whole(1, 12)).padStart(2, '0')
  return {
    id,
    stem: [first[0] + second[0], first[1] + second[1], [first[2], second[2]].filter(Boolean).join(' ')],
    trade: random.chance(0.85) ? random.pick(TRAP_TRADES) : ['', '', ''],
    form,
    before: random.chance(0.55),
    number: corporateNumberFrom(`${town.cityCode.slice(0, 2)}00${kind}${random.digits(6)}`),
    place: addressIn(town, random),
    phone: fixedPhone(town.cityCode.slice(0, 2), random),
    family: random.pick(TRAP_FAMILIES),
    given: random.pick(TRAP_GIVENS),
    founded: `${random.whole(1951, 2023)}-${month}-${String(random.whole(1, 28)).padStart(2, '0')}`,
  }
}

/** Another company which keeps of `like` what is named, and is a stranger in everything else. */
export function relative(
  like: TrapCompany,
  id: number,
  random: Random,
  keep: readonly (keyof TrapCompany)[],
  change: Partial<TrapCompany> = {},
): TrapCompany {
  const kept = Object.fromEntries(keep.map(key => [key, like[key]]))
  return { ...trapCompany(id, random), ...kept, ...change, id }
}

export const coreOf = (company: TrapCompany) => company.stem[0] + company.trade[0]
export const kanaOf = (company: TrapCompany) => company.stem[1] + company.trade[1]

/** 株式会社 in front or behind, as registered. */
export function registeredName(company: TrapCompany): string {
  return company.before ? company.form + coreOf(company) : coreOf(company) + company.form
}
