import type pg from 'pg'
import { searchKeys } from '../../src/business/parties/rules.ts'
import { newId } from '../../src/platform/ids/uuid.ts'
import { bankAccountOf } from '../generate/company.ts'
import { type CompanyCore, companyCore } from '../generate/company-core.ts'
import { type Cell, copyRows, withoutIndexes } from './copy-rows.ts'

export const LOAD_SEED = 20_261_124

const AT_A_TIME = 20_000

export interface CompaniesToLoad {
  companies: number
  staffId: string
  /** Also people, accounts and limits: what a customer page shows. */
  withBelongings: boolean
  log?(line: string): void
}

const PARTY =
  `id party_kind legal_name legal_form legal_form_position legal_name_kana legal_name_en trade_name corporate_number
  invoice_reg_no industry_code established_on postal_code pref city town block building address_original phone phone_display roles
  stage owner_staff_id registered_at`.split(/\s+/)
const NAME = 'id party_id kind name kana valid_from valid_to recorded_at'.split(' ')
const KEY = 'party_id kind key norm_version'.split(' ')
const TABLES = ['party', 'party_name', 'party_search_key', 'party_identity']
const BELONGINGS = ['person', 'party_person', 'bank_account', 'credit_limit']

/** Fills the ledger with `companies` invented companies straight by COPY, triggers off; returns their ids by index. */
export async function loadCompanies(client: pg.Client, wanted: CompaniesToLoad): Promise<string[]> {
  const ids = Array.from({ length: wanted.companies }, () => newId())
  const tables = wanted.withBelongings ? [...TABLES, ...BELONGINGS] : TABLES
  await client.query('set session_replication_role = replica')
  await client.query('alter table party_search_key drop constraint party_search_key_pkey')
  await withoutIndexes(client, tables, async () => {
    for (let from = 0; from < ids.length; from += AT_A_TIME) {
      const cores = ids
        .slice(from, from + AT_A_TIME)
        .map((id, at) => ({ id, core: companyCore(LOAD_SEED, from + at) }))
      await copyParties(client, cores, wanted.staffId)
      if (wanted.withBelongings) await copyBelongings(client, cores, wanted.staffId)
      wanted.log?.(`${from + cores.length} companies`)
    }
  })
  await client.query('alter table party_search_key add primary key (key, party_id, kind)')
  await client.query('set session_replication_role = default')
  for (const table of tables) await client.query(`vacuum analyze ${table}`)
  return ids
}

type Made = { id: string; core: CompanyCore }

async function copyParties(client: pg.Client, made: Made[], staffId: string): Promise<void> {
  const at = new Date().toISOString()
  await copyRows(
    client,
    'party',
    PARTY,
    made.map(({ id, core }) => partyCells(id, core, staffId, at)),
  )
  await copyRows(
    client,
    'party_name',
    NAME,
    made.flatMap(({ id, core }) => [
      [
        newId(),
        id,
        'legal',
        core.legalName,
        core.legalNameKana,
        core.formerNames.at(-1)?.to ?? null,
        null,
        at,
      ],
      ...core.formerNames.map(old => [
        newId(),
        id,
        'legal',
        old.name,
        old.kana,
        old.from <= old.to ? old.from : null,
        old.to,
        at,
      ]),
    ]),
  )
  await copyRows(
    client,
    'party_identity',
    ['party_id', 'identity_id'],
    made.map(({ id }) => [id, id]),
  )
  await copyRows(
    client,
    'party_search_key',
    KEY,
    made.flatMap(({ id, core }) =>
      searchKeys({ ...core, phone: digitsOf(core.phone) }).map(
        key => [id, key.kind, key.key, key.norm_version] as Cell[],
      ),
    ),
  )
}

function partyCells(id: string, core: CompanyCore, staffId: string, at: string): Cell[] {
  const { headOffice: place } = core
  const role = core.index % 2 === 0 ? 'client' : 'debtor'
  return [
    id,
    core.plan.kind,
    core.legalName,
    core.legalFormText || 'none',
    core.legalFormPosition,
    core.legalNameKana,
    core.legalNameEn,
    core.tradeName,
    core.corporateNumber,
    core.invoiceRegNo,
    core.industryCode,
    core.establishedOn,
    place.postalCode,
    place.prefecture,
    place.city,
    place.town,
    place.block,
    place.building,
    place.original,
    digitsOf(core.phone),
    core.phone,
    core.index % 5 === 0 ? ['client', 'debtor'] : [role],
    (['active', 'active', 'active', 'applied', 'prospect'] as const)[core.index % 5]!,
    staffId,
    at,
  ]
}

export const digitsOf = (phone: string) => phone.replace(/\D/g, '')

async function copyBelongings(client: pg.Client, made: Made[], staffId: string): Promise<void> {
  const at = new Date().toISOString()
  const people = made.flatMap(({ id, core }) =>
    core.representative ? [{ id: newId(), partyId: id, person: core.representative }] : [],
  )
  await copyRows(
    client,
    'person',
    'id family_name given_name family_kana given_kana phone_last name_key registered_at'.split(' '),
    people.map(({ id, person }) => [
      id,
      person.familyName,
      person.givenName,
      person.familyKana,
      person.givenKana,
      person.mobile.slice(-4),
      person.familyName + person.givenName,
      at,
    ]),
  )
  await copyRows(
    client,
    'party_person',
    'id party_id person_id person_role title valid_from recorded_at'.split(' '),
    people.map(({ id, partyId }) => [newId(), partyId, id, 'representative', '代表取締役', '2020-04-01', at]),
  )
  await copyRows(client, 'bank_account', ACCOUNT, accountCells(made, staffId, at))
  await copyRows(
    client,
    'credit_limit',
    `id limit_kind subject_id company_id term limit_yen in_force_from review_due_on assessed_on grounds requested_by granted_at`.split(
      ' ',
    ),
    made.map(({ id, core }) => [
      newId(),
      core.index % 2 === 0 ? 'client' : 'debtor',
      id,
      id,
      'permanent',
      50_000_000,
      '2026-04-01',
      '2027-03-31',
      '2026-03-20',
      '決算書による年次審査',
      staffId,
      at,
    ]),
  )
}

const ACCOUNT =
  `id party_id usage bank_code bank_name branch_code branch_name account_type account_no_sealed account_no_last
  account_hash holder_kana holder_name holder_match valid_from registered_by recorded_at`.split(/\s+/)

function accountCells(made: Made[], staffId: string, at: string): Cell[][] {
  return made.map(({ id, core }) => {
    const account = bankAccountOf(LOAD_SEED, core)
    return [
      newId(),
      id,
      'payout',
      account.bankCode,
      account.bankName,
      account.branchCode,
      account.branchName,
      account.accountType,
      'none',
      account.accountNo.slice(-3),
      `load-${core.index}`,
      account.holderKana,
      account.holderName,
      'equal',
      '2026-04-01',
      staffId,
      at,
    ]
  })
}
