import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { CompanyCore } from '../../../../bench/generate/company-core.ts'
import type { DemoParty } from './demo-types.ts'

type Row = Record<
  | 'corporate_number'
  | 'name'
  | 'name_kana'
  | 'name_en'
  | 'legal_form'
  | 'form_position'
  | 'postal_code'
  | 'prefecture'
  | 'city'
  | 'city_code'
  | 'town'
  | 'address_rest'
  | 'former_name'
  | 'industry',
  string
>

/** The day of the older of the two lists; a former name was in force then. */
const OLDER_LIST = '2018-08-09'

const rows: Row[] = parse(readFileSync(new URL('real-corporations.csv', import.meta.url)), { columns: true })

/** 60 real corporations (EDINET code list, see SOURCES.md) as debtors; what the list does not tell stays empty. */
export function realCorporations(): DemoParty[] {
  return rows.map((row, at) => ({
    key: `debtor-real-${String(at + 1).padStart(3, '0')}`,
    roles: ['debtor'],
    partyKind: 'corporation',
    stage: 'active',
    legalName: row.name,
    basics: {
      legalNameKana: row.name_kana,
      legalNameEn: row.name_en || null,
      tradeName: null,
      corporateNumber: row.corporate_number,
      invoiceRegNo: null,
      industryCode: null,
      businessSummary: row.industry,
      establishedOn: null,
      capitalYen: null,
      employees: null,
      annualSalesYen: null,
      fiscalYearEnd: null,
      postalCode: row.postal_code,
      address: row.prefecture + row.city + row.town + row.address_rest,
      phone: null,
      website: null,
      emailDomain: null,
    },
    legalForm: 'kk',
    legalFormPosition: positionOf(row),
    formerNames: row.former_name === '' ? [] : [{ name: row.former_name, kana: null, from: null, to: null }],
    branches: [],
    people: [],
    account: null,
    owner: 'sales',
    isReal: true,
    story:
      row.former_name === ''
        ? null
        : `${OLDER_LIST}時点の商号は「${row.former_name}」。旧商号でも検索できます。`,
  }))
}

/** The same corporations in the generator's shape, for writing them in other spellings; −1, −2 … are their indexes. */
export function realCorporationCores(): CompanyCore[] {
  return rows.map((row, at) => {
    const name = row.name.replace(row.legal_form, '').trim()
    return {
      index: -1 - at,
      plan: { kind: 'corporation', parent: null, isGroupHead: false, namesakeOf: null, municipality: null },
      industry: null,
      industryCode: '',
      legalForm: 'kk',
      legalFormText: row.legal_form,
      legalFormPosition: positionOf(row),
      core: { text: name, kana: row.name_kana, english: row.name_en || name, family: null },
      legalName: row.name,
      legalNameKana: row.name_kana,
      legalNameEn: row.name_en || name,
      tradeName: null,
      tradeNameKana: null,
      formerNames: row.former_name === '' ? [] : [{ name: row.former_name, kana: '', from: '', to: '' }],
      corporateNumber: row.corporate_number,
      invoiceRegNo: null,
      headOffice: {
        postalCode: row.postal_code,
        prefecture: row.prefecture,
        city: row.city,
        cityCode: row.city_code,
        town: row.town,
        block: row.address_rest,
        building: null,
        original: row.prefecture + row.city + row.town + row.address_rest,
      },
      phone: '',
      representative: null,
      establishedOn: '',
    }
  })
}

function positionOf(row: Row): 'prefix' | 'suffix' {
  return row.form_position === 'prefix' ? 'prefix' : 'suffix'
}
