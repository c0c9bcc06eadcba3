import type { IsoDate } from '../../src/platform/dates/iso-date.ts'
import { type Address, addressIn, pickTown, type Town } from './addresses.ts'
import { addMonths, dateIn, isoDate } from './calendar.ts'
import { type CoreName, coreName, formerCoreName, groupHeadName, groupMemberName } from './company-name.ts'
import { type CompanyPlan, MUNICIPALITIES, planOf } from './company-plan.ts'
import { corporateNumberOf, publicBodyNumber, soleProprietorInvoiceNumber } from './identifiers.ts'
import { INDUSTRIES, type Industry, PUBLIC_ADMINISTRATION } from './industries.ts'
import { type LegalForm, type LegalFormCode, legalForm } from './legal-forms.ts'
import { fullKana, fullName, type Person, representativeOf } from './people.ts'
import { fixedPhone } from './phones.ts'
import { type Random, stream } from './random.ts'
import { romaji } from './romaji.ts'

/** Dates of companies are drawn up to this day, so that no company is younger than the data it appears in. */
export const LAST_FOUNDED: IsoDate = '2025-12-31'

/** 有限会社 could be founded until this day, 合同会社 from it. */
const COMPANIES_ACT: IsoDate = '2006-05-01'

export type FormerName = { name: string; kana: string; from: IsoDate; to: IsoDate }

/** What a ledger row needs of a company; the rest is added by `generateCompany`. */
export type CompanyCore = {
  index: number
  plan: CompanyPlan
  industry: Industry | null
  industryCode: string
  legalForm: LegalFormCode
  /** As registered; 医療法人社団 and 医療法人 share one code. */
  legalFormText: string
  legalFormPosition: 'prefix' | 'suffix' | 'none'
  core: CoreName
  legalName: string
  /** Reading without the legal form. */
  legalNameKana: string
  legalNameEn: string
  /** 屋号 of a sole proprietor. */
  tradeName: string | null
  tradeNameKana: string | null
  formerNames: FormerName[]
  corporateNumber: string | null
  invoiceRegNo: string | null
  headOffice: Address
  phone: string
  representative: Person | null
  establishedOn: IsoDate
}

/** Company `index` of this seed: name, numbers, place, representative. Index 0, 1, 2 …; the same always. */
export function companyCore(seed: number, index: number): CompanyCore {
  const plan = planOf(seed, index)
  if (plan.kind === 'public_body') return publicBody(seed, index, plan)
  const town = townOf(seed, index, plan)
  const industry = industryFor(seed, index)
  const establishedOn = foundedOn(stream(seed, 'founded', index))
  if (plan.kind === 'sole_proprietor') return soleProprietor(seed, index, plan, town, industry, establishedOn)
  return corporation(seed, index, plan, town, industry, establishedOn)
}

/** A full registered name from form, position and name: 株式会社三和運輸. */
export function withLegalForm(
  name: string,
  formText: string,
  position: CompanyCore['legalFormPosition'],
): string {
  if (position === 'none') return name
  return position === 'prefix' ? formText + name : name + formText
}

function corporation(
  seed: number,
  index: number,
  plan: CompanyPlan,
  town: Town,
  industry: Industry,
  establishedOn: IsoDate,
): CompanyCore {
  const prefecture = town.cityCode.slice(0, 2)
  const core = nameFor(seed, index, plan, industry, prefecture)
  const form = formFor(seed, index, plan, industry, establishedOn)
  const { text: legalFormText, position } = form
  const corporateNumber = corporateNumberOf(seed, index, prefecture, form.form.registerKind)
  const random = stream(seed, 'corporation', index)
  return {
    index,
    plan,
    industry,
    industryCode: industry.code,
    legalForm: form.form.code,
    legalFormText,
    legalFormPosition: position,
    core,
    legalName: withLegalForm(core.text, legalFormText, position),
    legalNameKana: core.kana,
    legalNameEn: `${core.english} ${form.form.code === 'kk' ? random.pickRanked(form.form.english, 2) : form.form.english[0]}`,
    tradeName: null,
    tradeNameKana: null,
    formerNames: formerNames(seed, index, industry, prefecture, form, establishedOn),
    corporateNumber,
    invoiceRegNo: random.chance(0.9) ? `T${corporateNumber}` : null,
    headOffice: headOfficeOf(seed, index, plan, town),
    phone: phoneOf(seed, index, plan, prefecture),
    representative: representativeFor(seed, index, plan, core),
    establishedOn,
  }
}

function soleProprietor(
  seed: number,
  index: number,
  plan: CompanyPlan,
  town: Town,
  industry: Industry,
  establishedOn: IsoDate,
): CompanyCore {
  const core = coreName(seed, index, industry, town.cityCode.slice(0, 2))
  const person = representativeOf(seed, index, core.family)
  const random = stream(seed, 'sole-proprietor', index)
  return {
    index,
    plan,
    industry,
    industryCode: industry.code,
    legalForm: 'none',
    legalFormText: '',
    legalFormPosition: 'none',
    core,
    legalName: fullName(person),
    legalNameKana: fullKana(person),
    legalNameEn: `${romaji(person.givenKana)} ${romaji(person.familyKana)}`,
    tradeName: core.text,
    tradeNameKana: core.kana,
    formerNames: [],
    corporateNumber: null,
    invoiceRegNo: random.chance(0.6) ? soleProprietorInvoiceNumber(seed, index) : null,
    headOffice: headOfficeOf(seed, index, plan, town),
    phone: random.chance(0.5) ? person.mobile : phoneOf(seed, index, plan, town.cityCode.slice(0, 2)),
    representative: person,
    establishedOn: establishedOn < '1990-01-01' ? addMonths(establishedOn, 360) : establishedOn,
  }
}

/** A real municipality with its real number; only its phone is invented. */
function publicBody(seed: number, index: number, plan: CompanyPlan): CompanyCore {
  const town = MUNICIPALITIES[plan.municipality ?? 0]!
  const text = town.city.replace(/^.+?郡(?=.+[町村]$)/, '')
  const kana = text === town.city ? town.cityKana : town.cityKana.replace(/^.+?グン/, '')
  const core = { text, kana, english: romaji(kana), family: null }
  const corporateNumber = publicBodyNumber(town.cityCode)
  return {
    index,
    plan,
    industry: null,
    industryCode: PUBLIC_ADMINISTRATION.code,
    legalForm: 'none',
    legalFormText: '',
    legalFormPosition: 'none',
    core,
    legalName: text,
    legalNameKana: kana,
    legalNameEn: core.english,
    tradeName: null,
    tradeNameKana: null,
    formerNames: [],
    corporateNumber,
    invoiceRegNo: `T${corporateNumber}`,
    headOffice: addressIn(town, stream(seed, 'head-office', index)),
    phone: fixedPhone(town.cityCode.slice(0, 2), stream(seed, 'phone', index)),
    representative: null,
    establishedOn: '1947-05-03',
  }
}

function townOf(seed: number, index: number, plan: CompanyPlan): Town {
  if (plan.parent?.sameAddress) return pickTown(stream(seed, 'town', plan.parent.index))
  if (plan.namesakeOf === null) return pickTown(stream(seed, 'town', index))
  const original = pickTown(stream(seed, 'town', plan.namesakeOf))
  const random = stream(seed, 'town', index)
  for (;;) {
    const town = pickTown(random)
    if (town.prefecture !== original.prefecture) return town
  }
}

function industryFor(seed: number, index: number): Industry {
  return stream(seed, 'industry', index).pickWeighted(WEIGHTED_INDUSTRIES)
}

const WEIGHTED_INDUSTRIES = INDUSTRIES.map(industry => [industry.weight, industry] as const)

function nameFor(
  seed: number,
  index: number,
  plan: CompanyPlan,
  industry: Industry,
  prefecture: string,
): CoreName {
  if (plan.parent !== null) {
    const parentTown = pickTown(stream(seed, 'town', plan.parent.index))
    return groupMemberName(seed, plan.parent.index, index, industry, parentTown.cityCode.slice(0, 2))
  }
  if (plan.isGroupHead) return groupHeadName(seed, index, industry, prefecture)
  if (plan.namesakeOf === null) return coreName(seed, index, industry, prefecture)
  const original = companyCore(seed, plan.namesakeOf)
  return original.plan.kind === 'corporation' ? original.core : coreName(seed, index, industry, prefecture)
}

type ChosenForm = { form: LegalForm; text: string; position: 'prefix' | 'suffix' }

function formFor(
  seed: number,
  index: number,
  plan: CompanyPlan,
  industry: Industry,
  establishedOn: IsoDate,
): ChosenForm {
  if (plan.namesakeOf !== null) {
    const original = companyCore(seed, plan.namesakeOf)
    if (original.plan.kind === 'corporation' && original.legalForm !== 'none')
      return {
        form: legalForm(original.legalForm)!,
        text: original.legalFormText,
        position: original.legalFormPosition === 'suffix' ? 'suffix' : 'prefix',
      }
  }
  const random = stream(seed, 'form', index)
  const form = legalForm(formCode(industry, establishedOn, plan, random))!
  const suffix = form.code === 'kk' ? 0.42 : form.code === 'iryo' || form.registerKind === '05' ? 0 : 0.28
  const text = form.code === 'iryo' && random.chance(0.4) ? '医療法人社団' : form.text
  return { form, text, position: random.chance(suffix) ? 'suffix' : 'prefix' }
}

function formCode(
  industry: Industry,
  establishedOn: IsoDate,
  plan: CompanyPlan,
  random: Random,
): LegalFormCode {
  if (plan.isGroupHead) return 'kk'
  if (industry.field === 'medical' && industry.code !== '6033' && random.chance(0.8)) return 'iryo'
  if (industry.field === 'care' && random.chance(0.2)) return random.chance(0.5) ? 'shafuku' : 'npo'
  const draw = random.next()
  if (draw < 0.02) return random.pick(['gsk', 'gmk', 'shadan'])
  if (establishedOn < COMPANIES_ACT) return draw < 0.34 ? 'yk' : 'kk'
  return draw < 0.24 ? 'gk' : 'kk'
}

function formerNames(
  seed: number,
  index: number,
  industry: Industry,
  prefecture: string,
  form: ChosenForm,
  from: IsoDate,
): FormerName[] {
  const random = stream(seed, 'former', index)
  if (!random.chance(0.06)) return []
  const to = dateIn(random, Math.min(Number(from.slice(0, 4)) + 2, 2024), 2025)
  const name = formerCoreName(seed, index, industry, prefecture)
  return [{ name: withLegalForm(name.text, form.text, form.position), kana: name.kana, from, to }]
}

function headOfficeOf(seed: number, index: number, plan: CompanyPlan, town: Town): Address {
  const shared = plan.parent?.sameAddress ? plan.parent.index : index
  return addressIn(town, stream(seed, 'head-office', shared))
}

function phoneOf(seed: number, index: number, plan: CompanyPlan, prefecture: string): string {
  const shared = plan.parent?.samePhone ? plan.parent.index : index
  return fixedPhone(prefecture, stream(seed, 'phone', shared))
}

function representativeFor(seed: number, index: number, plan: CompanyPlan, core: CoreName): Person {
  if (plan.parent?.sameRepresentative)
    return representativeFor(seed, plan.parent.index, planOf(seed, plan.parent.index), core)
  const named = core.family !== null && stream(seed, 'family', index).chance(0.7)
  return representativeOf(seed, index, named ? core.family : null)
}

/** More companies are young than old. */
function foundedOn(random: Random): IsoDate {
  const year = random.chance(0.45) ? random.whole(2006, 2025) : random.whole(1948, 2005)
  const month = random.whole(1, 12)
  return random.chance(0.4) ? isoDate(year, month, 1) : isoDate(year, month, random.whole(1, 28))
}
