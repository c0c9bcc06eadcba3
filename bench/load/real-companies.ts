import type pg from 'pg'
import { edinetLedger } from '../../src/business/matching/engine/testing/ledger-files.ts'
import { normalizeReading } from '../../src/business/names/index.ts'
import { legalFormOfName, searchKeys } from '../../src/business/parties/rules.ts'
import { newId } from '../../src/platform/ids/uuid.ts'
import { stream } from '../generate/random.ts'
import { copyRows } from './copy-rows.ts'

/** A real corporation of the EDINET code list as a searcher may know it; its telephone number is invented. */
export interface RealCompany {
  legalName: string
  /** Reading without the legal form. */
  legalNameKana: string
  legalNameEn: string | null
  corporateNumber: string
  phone: string
  /** Names it had at the earlier of the two dates of the list. */
  formerNames: { name: string; kana: string | null }[]
}

/** `count` companies of the list, chosen by seed; all which changed their name between the two dates come first. */
export function realCompanies(count: number, seed: number): RealCompany[] {
  const byNumber = new Map<string, ReturnType<typeof edinetLedger>>()
  for (const row of edinetLedger()) byNumber.set(row.company, [...(byNumber.get(row.company) ?? []), row])
  const companies = [...byNumber].map(([corporateNumber, rows]): RealCompany => {
    const newest = rows.at(-1)!.row
    const formerNames = rows.flatMap(({ row }) =>
      row.name === newest.name ? [] : [{ name: row.name, kana: row.name_kana || null }],
    )
    return {
      legalName: newest.name,
      legalNameKana: normalizeReading(newest.name_kana).reading,
      legalNameEn: newest.name_en || null,
      corporateNumber,
      phone: `03${3000_0000 + (Number(corporateNumber.slice(-9)) % 3_0000_000)}`,
      formerNames,
    }
  })
  const random = stream(seed, 'real-companies', 0)
  const drawn = companies.map(company => ({ company, draw: random.next() }))
  drawn.sort((a, b) => b.company.formerNames.length - a.company.formerNames.length || a.draw - b.draw)
  return drawn.slice(0, count).map(({ company }) => company)
}

/** Puts the companies which are not there yet into the ledger, past the program; returns all their ids by corporate number. */
export async function loadRealCompanies(
  client: pg.Client,
  companies: readonly RealCompany[],
  staffId: string,
): Promise<Map<string, string>> {
  const numbers = companies.map(company => company.corporateNumber)
  const ids = async () => {
    const { rows } = await client.query<{ id: string; corporate_number: string }>(
      'select id, corporate_number from party where corporate_number = any($1)',
      [numbers],
    )
    return new Map(rows.map(row => [row.corporate_number, row.id]))
  }
  const known = await ids()
  const added = companies
    .filter(company => !known.has(company.corporateNumber))
    .map(company => ({ id: newId(), ...company }))
  await client.query('set session_replication_role = replica')
  const at = new Date().toISOString()
  await copyRows(
    client,
    'party',
    'id party_kind legal_name legal_form legal_form_position legal_name_kana legal_name_en corporate_number phone roles stage owner_staff_id registered_at'.split(
      ' ',
    ),
    added.map(company => {
      const form = legalFormOfName(company.legalName)
      return [
        company.id,
        'corporation',
        company.legalName,
        form.legal_form,
        form.legal_form_position,
        company.legalNameKana,
        company.legalNameEn,
        company.corporateNumber,
        company.phone,
        ['client'],
        'active',
        staffId,
        at,
      ]
    }),
  )
  await copyRows(
    client,
    'party_identity',
    ['party_id', 'identity_id'],
    added.map(company => [company.id, company.id]),
  )
  await copyRows(
    client,
    'party_search_key',
    ['party_id', 'kind', 'key', 'norm_version'],
    added.flatMap(company =>
      searchKeys({ ...company, tradeName: null, invoiceRegNo: `T${company.corporateNumber}` }).map(key => [
        company.id,
        key.kind,
        key.key,
        key.norm_version,
      ]),
    ),
  )
  await client.query('set session_replication_role = default')
  if (added.length) await client.query('vacuum analyze party_search_key')
  return ids()
}
