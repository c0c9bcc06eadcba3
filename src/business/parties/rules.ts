import type { Reason } from '../../platform/commands/refusal.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import {
  isKanaOnly,
  looksLikeMyNumber,
  NORM_VERSION,
  normalizeCompanyName,
  normalizeReading,
  parseCorporateNumber,
  parseInvoiceRegNo,
  parsePhone,
  parsePostalCode,
  romajiSearchKey,
  splitAddress,
  toKatakana,
} from '../names/index.ts'
import type { PartyBasics } from './contract.ts'
import { isIndustryCode, JSIC_REVISION } from './industries.ts'
import { branchKeys } from './places-rules.ts'
import type { PartyKind, SearchKeyKind } from './tables.ts'

/** Basic items in the form they are stored in, with what stood against storing them. */
export interface StoredBasics {
  values: {
    legal_name_kana: string | null
    legal_name_en: string | null
    trade_name: string | null
    corporate_number: string | null
    invoice_reg_no: string | null
    industry_code: string | null
    business_summary: string | null
    established_on: IsoDate | null
    capital_yen: number | null
    employees: number | null
    annual_sales_yen: number | null
    fiscal_year_end: string | null
    postal_code: string | null
    pref: string | null
    city: string | null
    town: string | null
    block: string | null
    building: string | null
    address_original: string | null
    phone: string | null
    phone_display: string | null
    website: string | null
    email_domain: string | null
    correspondence_postal_code: string | null
    correspondence_address: string | null
    fax: string | null
    fax_display: string | null
    employees_as_of: IsoDate | null
    established_precision: 'day' | 'month' | 'year' | null
    listing: 'listed' | 'subsidiary_of_listed' | 'unlisted' | 'public' | null
    listing_market: string | null
    securities_code: string | null
    money_lender_reg_no: string | null
    industry_rev: string | null
  }
  reasons: Reason[]
}

interface Checks {
  kind: PartyKind
  today: IsoDate
  /** Put before each field's name, so that a reason lands at its input. */
  at: string
}

/** Brings typed basic items into stored form and names every rule that is broken (JR §1, §7; DD group 1). */
export function storedBasics(typed: PartyBasics, { kind, today, at }: Checks): StoredBasics {
  const reasons: Reason[] = []
  const refuse = (code: string, field: string, message?: string) =>
    reasons.push({ code, field: `${at}${field}`, ...(message ? { message } : {}) })
  const corporateNumber = checkedCorporateNumber(typed.corporateNumber, kind, refuse)
  const address = typed.address ? splitAddress(typed.address) : null
  const phone = checkedPhone(typed.phone, 'phone', refuse)
  const fax = checkedPhone(typed.fax, 'fax', refuse)
  for (const field of ['establishedOn', 'employeesAsOf'] as const)
    if (typed[field] && typed[field] > today) refuse('date_must_not_be_in_the_future', field)
  const industryCode = checkedIndustry(typed.industryCode, refuse)
  return {
    values: {
      legal_name_kana: checkedKana(typed.legalNameKana, refuse),
      legal_name_en: typed.legalNameEn ?? null,
      trade_name: typed.tradeName ?? null,
      corporate_number: corporateNumber,
      invoice_reg_no: checkedInvoiceNumber(typed.invoiceRegNo, kind, corporateNumber, refuse),
      industry_code: industryCode,
      industry_rev: industryCode === null ? null : JSIC_REVISION,
      business_summary: typed.businessSummary ?? null,
      established_on: typed.establishedOn ?? null,
      capital_yen: typed.capitalYen ?? null,
      employees: typed.employees ?? null,
      annual_sales_yen: typed.annualSalesYen ?? null,
      fiscal_year_end: typed.fiscalYearEnd ?? null,
      postal_code: checkedPostalCode(typed.postalCode, 'postalCode', refuse),
      pref: address?.prefecture ?? null,
      city: address?.city ?? null,
      town: address?.town ?? null,
      block: address?.block ?? null,
      building: address?.building ?? null,
      address_original: typed.address ?? null,
      phone: phone?.national ?? null,
      phone_display: phone?.display ?? null,
      website: typed.website ?? null,
      email_domain: typed.emailDomain?.toLowerCase() ?? null,
      correspondence_postal_code: checkedPostalCode(
        typed.correspondencePostalCode,
        'correspondencePostalCode',
        refuse,
      ),
      correspondence_address: typed.correspondenceAddress ?? null,
      fax: fax?.national ?? null,
      fax_display: fax?.display ?? null,
      employees_as_of: typed.employeesAsOf ?? null,
      established_precision: typed.establishedPrecision ?? null,
      listing: typed.listing ?? null,
      listing_market: typed.listingMarket ?? null,
      securities_code: checkedSecuritiesCode(typed.securitiesCode, refuse),
      money_lender_reg_no: typed.moneyLenderRegNo ?? null,
    },
    reasons,
  }
}

type Refuse = (code: string, field: string, message?: string) => void

function checkedPhone(typed: string | null | undefined, field: string, refuse: Refuse) {
  if (!typed) return null
  const phone = parsePhone(typed)
  if (phone.issues.length > 0) refuse('phone_must_be_valid', field, phone.issues[0]?.message)
  return phone
}

function checkedPostalCode(typed: string | null | undefined, field: string, refuse: Refuse): string | null {
  if (!typed) return null
  const { value } = parsePostalCode(typed)
  if (!value) refuse('postal_code_must_be_valid', field)
  return value
}

function checkedIndustry(typed: string | null | undefined, refuse: Refuse): string | null {
  if (!typed) return null
  const code = typed
    .normalize('NFKC')
    .trim()
    .replace(/^[A-Ta-t](?=\d)/, '')
  if (!isIndustryCode(code)) refuse('industry_must_be_known', 'industryCode')
  return code
}

function checkedSecuritiesCode(typed: string | null | undefined, refuse: Refuse): string | null {
  if (!typed) return null
  const code = typed.normalize('NFKC').toUpperCase().trim()
  if (!/^\d[0-9A-Z]\d[0-9A-Z]$/.test(code)) refuse('securities_code_must_be_valid', 'securitiesCode')
  return code
}

function checkedCorporateNumber(
  typed: string | null | undefined,
  kind: PartyKind,
  refuse: Refuse,
): string | null {
  if (!typed) return null
  if (looksLikeMyNumber(typed)) refuse('my_number_must_not_be_stored', 'corporateNumber')
  if (kind === 'sole_proprietor') {
    refuse('corporate_number_must_belong_to_a_body', 'corporateNumber')
    return null
  }
  const parsed = parseCorporateNumber(typed)
  if (!parsed.value) refuse('corporate_number_must_be_valid', 'corporateNumber', parsed.issues[0]?.message)
  return parsed.value
}

function checkedInvoiceNumber(
  typed: string | null | undefined,
  kind: PartyKind,
  corporateNumber: string | null,
  refuse: Refuse,
): string | null {
  if (!typed) return null
  const parsed = parseInvoiceRegNo(typed)
  if (!parsed.value) {
    refuse('invoice_number_must_be_valid', 'invoiceRegNo', parsed.issues[0]?.message)
    return null
  }
  if (kind === 'corporation' && corporateNumber && parsed.value !== `T${corporateNumber}`)
    refuse('invoice_number_must_match_corporate_number', 'invoiceRegNo')
  return parsed.value
}

function checkedKana(typed: string | null | undefined, refuse: Refuse): string | null {
  if (!typed) return null
  const kana = toKatakana(typed).trim()
  if (!isKanaOnly(kana.replace(/[\s・ー－A-Za-z0-9&.]/g, '')))
    refuse('kana_must_be_katakana', 'legalNameKana')
  return kana
}

export interface SearchKey {
  kind: SearchKeyKind
  key: string
  norm_version: number
}

export interface Findable {
  legalName: string
  legalNameKana: string | null
  legalNameEn: string | null
  tradeName: string | null
  corporateNumber: string | null
  invoiceRegNo: string | null
  phone: string | null
  formerNames: { name: string; kana: string | null }[]
  /** Values of other items which no longer hold. */
  former?: { numbers: string[]; phones: string[]; addresses: string[] }
  /** Open and closed ones. */
  branches?: { name: string; phone: string | null }[]
  /** Codes of other houses, ended ones too. */
  codes?: string[]
}

const KEY_LIMIT = 300

/** Everything one party can be found by: current and old names without legal form, readings, numbers, phone (matching.md §6.1–2). */
export function searchKeys(party: Findable): SearchKey[] {
  const keys = new Map<string, SearchKey>()
  const add = (kind: SearchKeyKind, key: string | null | undefined) => {
    const cut = key?.slice(0, KEY_LIMIT)
    if (cut) keys.set(`${kind} ${cut}`, { kind, key: cut, norm_version: NORM_VERSION })
  }
  const addName = (name: string, kana: string | null, old: boolean) => {
    const normal = normalizeCompanyName(name)
    add(old ? 'old_core' : 'core', normal.core)
    if (normal.foldedCore !== normal.core) add(old ? 'old_folded' : 'folded', normal.foldedCore)
    if (!kana) return
    const reading = normalizeReading(kana).key
    add(old ? 'old_reading' : 'reading', reading)
    if (!old) add('romaji', romajiSearchKey(reading))
  }
  addName(party.legalName, party.legalNameKana, false)
  if (party.tradeName) addName(party.tradeName, null, false)
  if (party.legalNameEn) {
    const english = normalizeCompanyName(party.legalNameEn).core
    add('english', english)
    if (romajiSearchKey(english) !== english) add('romaji', romajiSearchKey(english))
  }
  for (const former of party.formerNames) addName(former.name, former.kana, true)
  add('number', party.corporateNumber)
  add('number', party.invoiceRegNo?.slice(1))
  add('phone', party.phone)
  for (const number of party.former?.numbers ?? []) add('old_number', number.replace(/^T/, ''))
  for (const phone of party.former?.phones ?? []) add('old_phone', parsePhone(phone).national)
  for (const address of party.former?.addresses ?? []) add('old_place', placeKey(address))
  for (const branch of party.branches ?? []) {
    for (const key of branchKeys(party.legalName, branch.name)) add('branch', key)
    add('branch_phone', branch.phone)
  }
  for (const code of party.codes ?? []) add('code', code)
  return [...keys.values()]
}

/** City, town and numbers of an address as one key, as the columns of the head office hold them; null when the city is not known. */
export function placeKey(address: string): string | null {
  const split = splitAddress(address)
  return split.cityKnown ? [split.city, split.town, split.block].filter(Boolean).join('') : null
}

/** Legal form and its place, as stored; `none` for names without one. */
export function legalFormOfName(name: string): {
  legal_form: string
  legal_form_position: 'prefix' | 'suffix' | 'none'
} {
  const normal = normalizeCompanyName(name)
  if (!normal.form) return { legal_form: 'none', legal_form_position: 'none' }
  return {
    legal_form: normal.form,
    legal_form_position: normal.formPosition === 'before' ? 'prefix' : 'suffix',
  }
}

/** Forms of the Companies Act (kinds 301–305 of the tax agency): of these the corporate number is check digit + register number. */
const COMPANY_FORMS: readonly string[] = ['kabushiki', 'yugen', 'gomei', 'goshi', 'godo']

/** 会社法人等番号: the corporate number without its check digit, for companies of the Companies Act; else null (DD group 1, JR §1.1). */
export function companyRegisterNo(legalForm: string, corporateNumber: string | null): string | null {
  return corporateNumber !== null && COMPANY_FORMS.includes(legalForm) ? corporateNumber.slice(1) : null
}
