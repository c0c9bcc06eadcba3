import { otherCharacterForm, typingSlip } from './character-forms.ts'
import { type Branch, bankHolderKana } from './company.ts'
import { type CompanyCore, withLegalForm } from './company-core.ts'
import type { DirtRates } from './dirt.ts'
import { bankKana, fullWidth, halfWidthKana, hiragana } from './kana.ts'
import { legalForm } from './legal-forms.ts'
import type { Random } from './random.ts'

/** A name as somebody typed it, with the marks of what happened to it. */
export type TypedName = { name: string; kana: string; marks: string[] }

/** Writes the company's name and reading the way an office ledger does. */
export function typedName(
  company: CompanyCore,
  branch: Branch | null,
  rates: DirtRates,
  random: Random,
): TypedName {
  const marks: string[] = []
  const former = company.formerNames[0]
  if (former !== undefined && random.chance(rates.formerName)) {
    marks.push('former_name')
    const name = withForm(company, stripForm(former.name, company), rates, random, marks)
    return {
      name: surface(name, rates, random, marks),
      kana: typedKana(former.kana, company, rates, random, marks),
      marks,
    }
  }
  if (random.chance(rates.englishOnly)) {
    marks.push('english')
    return { name: englishName(company, random), kana: '', marks }
  }
  if (random.chance(rates.bankName)) {
    marks.push('bank_name')
    return { name: bankHolderKana(company), kana: '', marks }
  }
  const name = withForm(company, typedCore(company, rates, random), rates, random, marks)
  const placed = branch === null ? name : `${name}${random.chance(0.6) ? '　' : ''}${branch.name}`
  if (branch !== null) marks.push('branch')
  return {
    name: surface(placed, rates, random, marks),
    kana: typedKana(company.tradeNameKana ?? company.legalNameKana, company, rates, random, marks),
    marks,
  }
}

/** Sole proprietors appear under their shop name, their own, or both. */
function typedCore(company: CompanyCore, rates: DirtRates, random: Random): string {
  if (company.tradeName === null) return company.core.text
  if (rates.legalForm === 0) return company.tradeName
  const own = company.legalName.replace(' ', random.pick([' ', '　', '']))
  return random.pick([
    company.tradeName,
    company.tradeName,
    `${company.tradeName}　${own}`,
    `${company.tradeName}（${own}）`,
    own,
  ])
}

function withForm(
  company: CompanyCore,
  core: string,
  rates: DirtRates,
  random: Random,
  marks: string[],
): string {
  const form = legalForm(company.legalForm)
  if (form === null) return core
  const registered = withLegalForm(core, company.legalFormText, company.legalFormPosition)
  if (!random.chance(rates.legalForm)) return registered
  marks.push('legal_form')
  const kind = random.next()
  if (kind < 0.52) return withLegalForm(core, random.pick(form.shorts), company.legalFormPosition)
  if (kind < 0.7) {
    const gap = random.pick([' ', '　'])
    return company.legalFormPosition === 'prefix'
      ? company.legalFormText + gap + core
      : core + gap + company.legalFormText
  }
  if (kind < 0.92) return core
  const other = company.legalFormPosition === 'prefix' ? 'suffix' : 'prefix'
  return withLegalForm(core, random.chance(0.5) ? company.legalFormText : random.pick(form.shorts), other)
}

function stripForm(name: string, company: CompanyCore): string {
  return company.legalFormText === '' ? name : name.replace(company.legalFormText, '')
}

function surface(name: string, rates: DirtRates, random: Random, marks: string[]): string {
  let out = name
  if (random.chance(rates.characters)) {
    const other = otherCharacterForm(out, random)
    if (other !== null) {
      out = other
      marks.push('character_form')
    }
  }
  if (random.chance(rates.typo)) {
    const slipped = typingSlip(out, random)
    if (slipped !== out) {
      out = slipped
      marks.push('typo')
    }
  }
  if (random.chance(rates.width)) out = otherWidth(out, random)
  if (random.chance(rates.noise)) {
    marks.push('noise')
    out = random.pick([`${out} 様`, `${out}御中`, ` ${out}`, `${out}　`, `${out}（本社）`, `${out}※`])
  }
  return out
}

function otherWidth(text: string, random: Random): string {
  const narrow = text.replace(/[Ａ-Ｚａ-ｚ０-９]/g, letter =>
    String.fromCharCode(letter.charCodeAt(0) - 0xfee0),
  )
  const kind = random.next()
  if (kind < 0.5) return narrow
  if (kind < 0.7) return narrow.replace(/[A-Za-z0-9()&.]/g, letter => fullWidth(letter))
  if (kind < 0.85) return halfWidthKana(narrow)
  return narrow.replace(/[A-Z]{2,}/g, letters => letters[0] + letters.slice(1).toLowerCase())
}

function typedKana(
  kana: string,
  company: CompanyCore,
  rates: DirtRates,
  random: Random,
  marks: string[],
): string {
  if (random.chance(rates.fieldMissing * 2)) return ''
  let out = kana
  const form = legalForm(company.legalForm)
  if (form !== null && random.chance(rates.legalForm * 0.4)) {
    const reading = random.chance(0.3) ? form.kana.replace('ガイシャ', 'カイシャ') : form.kana
    out = company.legalFormPosition === 'suffix' ? out + reading : reading + out
  }
  if (random.chance(rates.typo)) {
    const slipped = typingSlip(out, random)
    if (slipped !== out) marks.push('kana_typo')
    out = slipped
  }
  if (!random.chance(rates.width)) return out
  const kind = random.next()
  if (kind < 0.6) return halfWidthKana(out)
  if (kind < 0.8) return bankKana(out)
  return kind < 0.9 ? hiragana(out) : out.replace(/[ッャュョ]/g, small => LARGE.get(small) ?? small)
}

const LARGE = new Map([
  ['ッ', 'ツ'],
  ['ャ', 'ヤ'],
  ['ュ', 'ユ'],
  ['ョ', 'ヨ'],
])

function englishName(company: CompanyCore, random: Random): string {
  const kind = random.next()
  if (kind < 0.5) return company.legalNameEn
  if (kind < 0.75) return company.legalNameEn.toUpperCase().replace('CO., LTD.', 'CO.,LTD.')
  return company.core.english
}
