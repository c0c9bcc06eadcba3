import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { TOWNS } from './addresses.ts'
import { generateCompany } from './company.ts'
import { companyCore } from './company-core.ts'
import { corporateCheckDigit, corporateNumberFrom, localCheckDigit, publicBodyNumber } from './identifiers.ts'
import { bankKana, cutBankKana, halfWidthKana } from './kana.ts'
import { Random, scatter } from './random.ts'
import { romaji } from './romaji.ts'
import { SURNAMES } from './words/surnames.ts'

const SEED = 7
const companies = Array.from({ length: 3000 }, (_, index) => generateCompany(SEED, index))

const hashOf = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

describe('identifiers', () => {
  test('check digits follow the published examples', () => {
    expect(corporateNumberFrom('000012050002')).toBe('7000012050002')
    expect(corporateNumberFrom('010705000725')).toBe('7010705000725')
    expect(corporateCheckDigit('234567890123')).toBe('9')
    expect(['13101', '01100', '27100', '47201'].map(localCheckDigit)).toEqual(['6', '2', '4', '8'])
  })

  test('a prefecture has the number its local code gives', () => {
    expect(publicBodyNumber('13000')).toBe('8000020130001')
  })

  test('every corporate number is valid, unique and equal to the T number', () => {
    const numbers = companies.flatMap(company => company.corporateNumber ?? [])
    for (const number of numbers) expect(corporateNumberFrom(number.slice(1))).toBe(number)
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { corporateNumber, invoiceRegNo } of companies)
      if (corporateNumber !== null && invoiceRegNo !== null) expect(invoiceRegNo).toBe(`T${corporateNumber}`)
  })

  test('scattered numbers never meet', () => {
    const size = 10_007
    expect(new Set(Array.from({ length: size }, (_, at) => scatter(3, at, size))).size).toBe(size)
  })
})

describe('companies', () => {
  test('the same seed gives the same companies, another seed others', () => {
    expect(hashOf(Array.from({ length: 500 }, (_, index) => generateCompany(SEED, index)))).toBe(
      hashOf(companies.slice(0, 500)),
    )
    expect(hashOf(generateCompany(8, 3))).not.toBe(hashOf(companies[3]))
  })

  test('a company does not depend on which others are made', () => {
    expect(generateCompany(SEED, 2999)).toEqual(companies[2999])
  })

  test('readings are full-width katakana, bank names are letters which a bank accepts', () => {
    for (const company of companies) {
      expect(company.legalNameKana).toMatch(/^[ァ-ヴー ]+$/)
      expect(company.bankAccount.holderKana).toMatch(/^[ｱ-ﾝﾞﾟA-Z0-9().\- ]{1,30}$/)
      expect(company.bankAccount.holderKana).not.toMatch(/[ｧ-ｯｰ]/)
      expect(company.bankAccount.accountNo).toMatch(/^\d{7}$/)
    }
  })

  test('towns carry a seven-digit postal code and phones have ten or eleven digits', () => {
    const codes = new Set(TOWNS.map(town => town.postalCode))
    for (const company of companies) {
      expect(codes.has(company.headOffice.postalCode)).toBe(true)
      expect(company.phone.replaceAll('-', '')).toMatch(/^0\d{9,10}$/)
    }
  })

  test('a group shares what its plan says', () => {
    const members = companies.filter(company => company.plan.parent !== null)
    expect(members.length).toBeGreaterThan(50)
    for (const member of members) {
      const parent = companyCore(SEED, member.plan.parent!.index)
      if (member.plan.parent!.sameAddress) expect(member.headOffice).toEqual(parent.headOffice)
      if (member.plan.parent!.sameRepresentative) expect(member.representative).toEqual(parent.representative)
      expect(member.corporateNumber).not.toBe(parent.corporateNumber)
    }
  })

  test('a namesake has the same name in another prefecture', () => {
    const namesakes = companies.filter(company => company.plan.namesakeOf !== null)
    expect(namesakes.length).toBeGreaterThan(5)
    for (const company of namesakes) {
      const original = companyCore(SEED, company.plan.namesakeOf!)
      if (original.plan.kind !== 'corporation') continue
      expect(company.legalName).toBe(original.legalName)
      expect(company.headOffice.prefecture).not.toBe(original.headOffice.prefecture)
    }
  })

  test('beneficial owners follow the 50 % and 25 % rule', () => {
    for (const company of companies.filter(({ partyKind }) => partyKind === 'corporation')) {
      const owners = company.people.filter(row => row.role === 'beneficial_owner')
      expect(owners.length).toBeGreaterThan(0)
      for (const owner of owners) {
        if (owner.boBasis === 'votes_over_50') expect(owner.sharePpm).toBeGreaterThan(500_000)
        if (owner.boBasis === 'votes_over_25') expect(owner.sharePpm).toBeGreaterThan(250_000)
      }
      if (owners.some(owner => owner.boBasis === 'votes_over_50')) expect(owners).toHaveLength(1)
    }
  })

  test('a 有限会社 is older than the Companies Act, a 合同会社 younger', () => {
    const originals = companies.filter(company => company.plan.namesakeOf === null)
    for (const company of originals) {
      if (company.legalForm === 'yk') expect(company.establishedOn < '2006-05-01').toBe(true)
      if (company.legalForm === 'gk') expect(company.establishedOn >= '2006-05-01').toBe(true)
    }
  })
})

describe('writing', () => {
  test('bank letters follow the transfer rules', () => {
    expect(bankKana('マルマルショウジ')).toBe('ﾏﾙﾏﾙｼﾖｳｼﾞ')
    expect(bankKana('ヴィクター')).toBe('ｳﾞｲｸﾀ-')
    expect(bankKana('キャノン')).toBe('ｷﾔﾉﾝ')
    expect(halfWidthKana('ヴィクター')).toBe('ｳﾞｨｸﾀｰ')
    expect(cutBankKana('ﾏﾙﾏﾙｼﾖｳｼﾞ', 8)).toBe('ﾏﾙﾏﾙｼﾖｳ')
  })

  test('readings become Latin letters', () => {
    expect(['サトウショウジ', 'ニッシン', 'ナンバ', 'オオトリ', 'マッチ'].map(romaji)).toEqual([
      'Satoshoji',
      'Nisshin',
      'Namba',
      'Otori',
      'Matchi',
    ])
  })

  test('every family name has a katakana reading', () => {
    for (const name of SURNAMES) expect(name.kana).toMatch(/^[ァ-ヴー]+$/)
  })

  test('a stream of chance stays within its bounds', () => {
    const random = new Random(1, 2, 3)
    const drawn = Array.from({ length: 2000 }, () => random.whole(3, 9))
    expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([3, 9])
  })
})
