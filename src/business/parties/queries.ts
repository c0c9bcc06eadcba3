import { sql } from 'kysely'
import type { z } from 'zod'
import type { Actor } from '../../platform/commands/actor.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import { todayInTokyo } from '../../platform/dates/today.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import { listTexts, marksOf, marksTogether, valuesShown } from '../customization/index.ts'
import { companyAsOf, namesOfRecordsAsOf } from './as-of.ts'
import type { listParties, openParty, Party, PartyRow } from './contract.ts'
import { customConditions, hasMark } from './custom-conditions.ts'
import { companiesShown, type PartyRecord, shownFields } from './identity.ts'
import { completenessOf, lacksRequired, type RequiredItem } from './required-items.ts'
import { companyRegisterNo } from './rules.ts'
import { ownKeysOf, requiredInForce } from './stage-rule.ts'
import './tables.ts'

export const rowColumns = [
  'id',
  'seen_no',
  'party_no',
  'legal_name',
  'legal_name_kana',
  'trade_name',
  'party_kind',
  'corporate_number',
  'roles',
  'stage',
  'status',
  'pref',
  'city',
  'owner_staff_id',
  'registered_at',
  'identity_roles',
  // What the share of required items is read from.
  'business_summary',
  'industry_code',
  'established_on',
  'capital_yen',
  'address_original',
  'phone',
  'held_roles',
] as const

/** Who looks, where, and on which day: an assignment ends by its date. */
export interface Reach {
  db: Db | Tx
  actor: Actor
  today: IsoDate
}

/** Records of parties within the actor's reach: all, or for contractors those of the companies assigned to them. */
export function partiesInReach({ db, actor, today }: Reach) {
  const all = db.selectFrom('party')
  if (actor.reach === 'all') return all
  return all.where('party.id', 'in', assignedParties(db, actor.id, today))
}

/** Every record of the companies of which one is assigned to the person. */
export function assignedParties(db: Db | Tx, staffId: Id, today: IsoDate) {
  return db
    .selectFrom('party_assignment as a')
    .innerJoin('party_identity as own', 'own.party_id', 'a.party_id')
    .innerJoin('party_identity as mate', 'mate.identity_id', 'own.identity_id')
    .select('mate.party_id')
    .where('a.staff_id', '=', staffId)
    .where('a.ended_at', 'is', null)
    .where('a.starts_on', '<=', today)
    .where('a.ends_on', '>=', today)
}

/** What the records of a company have together, for conditions; say it exactly so wherever an index should serve it. */
export const together = {
  roles: sql`coalesce(party.identity_roles, party.roles)`,
  stage: sql<string>`coalesce(party.identity_stage, party.stage)`,
  status: sql<string>`coalesce(party.identity_status, party.status)`,
}

export async function listPartyRows(
  context: QueryContext,
  input: z.output<typeof listParties.input>,
): Promise<Seen<{ rows: PartyRow[]; next: string | null }>> {
  let query = partiesInReach(context)
    .select(rowColumns)
    .where('party.folded_into', 'is', null)
    .where('party.disposed_at', 'is', null)
    .orderBy('party.id', 'desc')
    .limit(input.limit + 1)
  const { role, pref } = input
  // Written out, not as a parameter: the indexes of a role are used only where the role stands in the statement.
  if (role) query = query.where(sql<boolean>`${together.roles} @> array[${sql.lit(role)}]`)
  if (input.stage.length) query = query.where(together.stage, 'in', input.stage)
  if (input.status.length) query = query.where(together.status, 'in', input.status)
  if (pref) query = query.where('pref', '=', pref)
  if (input.incomplete) query = query.where(lacksRequired(await requiredInForce(context.db)))
  for (const condition of await customConditions(context.db, input.custom)) query = query.where(condition)
  if (input.mark.length) query = query.where(hasMark(input.mark))
  if (input.mine) query = query.where('owner_staff_id', '=', context.actor.id)
  if (input.after) query = query.where('party.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  const shown = await toRows(context.db, page)
  return {
    body: {
      rows: shown.rows,
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: shown.seen,
  }
}

export type SelectedRow = Pick<PartyRecord, (typeof rowColumns)[number]>

/** Rows as lists show them, one company each; and every record that stands in them. */
export async function toRows(db: Db, rows: SelectedRow[]): Promise<{ rows: PartyRow[]; seen: number[] }> {
  const [companies, names, custom, marks, required] = await Promise.all([
    companiesOf(
      db,
      rows.filter(row => row.identity_roles !== null).map(row => row.id),
    ),
    staffNames(
      db,
      rows.map(row => row.owner_staff_id),
    ),
    listTexts(
      db,
      'party',
      rows.map(row => row.id),
    ),
    marksOf(
      db,
      rows.map(row => row.id),
    ),
    requiredInForce(db),
  ])
  const ownKeys = await ownKeysOf(
    db,
    required,
    rows.map(row => row.id),
  )
  return {
    rows: rows.map(row => {
      const company = companies.get(row.id)
      const seen = { ...(company?.shown ?? row), own_keys: ownKeys.get(row.id) ?? [] }
      const shown = toRow(seen, company?.records.length ?? 1, names, required)
      return { ...shown, custom: custom.get(row.id) ?? {}, marks: marks.get(row.id) ?? [] }
    }),
    seen: rows.flatMap(
      row => companies.get(row.id)?.records.map((record: PartyRecord) => record.seen_no) ?? [row.seen_no],
    ),
  }
}

/** The companies behind records that were merged, by the id of the record that stands for each. */
async function companiesOf(db: Db, ids: readonly Id[]) {
  if (ids.length === 0) return new Map()
  return companiesShown(db, await db.selectFrom('party').selectAll().where('id', 'in', ids).execute())
}

function toRow(
  row: SelectedRow & { own_keys: readonly string[] },
  recordCount: number,
  names: ReadonlyMap<Id, string>,
  required: readonly RequiredItem[],
): PartyRow {
  const { percent, missingNow } = completenessOf(row, required)
  return {
    id: row.id,
    partyNo: row.party_no,
    legalName: row.legal_name,
    legalNameKana: row.legal_name_kana,
    tradeName: row.trade_name,
    partyKind: row.party_kind,
    corporateNumber: row.corporate_number,
    roles: row.roles,
    stage: row.stage,
    status: row.status,
    pref: row.pref,
    city: row.city,
    owner: { id: row.owner_staff_id, name: names.get(row.owner_staff_id) ?? '（不明）' },
    registeredAt: row.registered_at,
    recordCount,
    completePercent: percent,
    missingCount: missingNow.length,
    custom: {},
    marks: [],
  }
}

/**
 * The company of a record: opening any of its records shows the same page, with the values chosen at merges. With `own` the record
 * itself, for changing it.
 */
export async function openPartyRecord(
  context: QueryContext,
  { partyId, own, asOf, known }: z.output<typeof openParty.input>,
): Promise<Seen<Party>> {
  const { db, today } = context
  refuseUnless(asOf === undefined || asOf <= today, 'past_day_must_have_come', {
    kind: 'invalid',
    field: 'asOf',
  })
  const opened = found(
    await partiesInReach(context).selectAll('party').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const head = opened.folded_into
    ? await db.selectFrom('party').selectAll().where('id', '=', opened.folded_into).executeTakeFirstOrThrow()
    : opened
  const company = (await companiesShown(db, [head])).get(head.id)!
  const past = asOf ? await companyAsOf(db, company, asOf, known) : null
  const { shown, records, from } = past?.company ?? company
  const party = own ? (records.find(record => record.id === opened.id) ?? opened) : shown
  const standing = await namesOf(db, own ? [opened] : company.records)
  const names =
    past && asOf
      ? namesOfRecordsAsOf(standing, own ? [opened] : company.records, past.factsByNo, asOf)
      : standing
  const shownRecords = own ? [opened.id] : records.map(record => record.id)
  const [staff, customValues, marks] = await Promise.all([
    staffNames(db, [party.owner_staff_id]),
    valuesShown(db, 'party', shownRecords, asOf ? { asOf, known } : null),
    marksTogether(db, shownRecords),
  ])
  const required = await requiredInForce(db)
  const ownKeys = [...(await ownKeysOf(db, required, shownRecords)).values()].flat()
  const labels = new Map(shownFields.map(({ field, label }) => [field, label]))
  return {
    body: {
      ...toRow({ ...party, own_keys: ownKeys }, records.length, staff, required),
      rowVersion: party.row_version,
      disposedAt: opened.disposed_at,
      seenNo: party.seen_no,
      legalForm: party.legal_form,
      legalFormPosition: party.legal_form_position,
      legalNameEn: party.legal_name_en,
      invoiceRegNo: party.invoice_reg_no,
      industryCode: party.industry_code,
      businessSummary: party.business_summary,
      establishedOn: party.established_on,
      capitalYen: party.capital_yen,
      employees: party.employees,
      annualSalesYen: party.annual_sales_yen,
      fiscalYearEnd: party.fiscal_year_end,
      postalCode: party.postal_code,
      address: party.address_original,
      addressParts: {
        pref: party.pref,
        city: party.city,
        town: party.town,
        block: party.block,
        building: party.building,
      },
      phone: party.phone_display,
      website: party.website,
      emailDomain: party.email_domain,
      correspondencePostalCode: party.correspondence_postal_code,
      correspondenceAddress: party.correspondence_address,
      fax: party.fax_display,
      employeesAsOf: party.employees_as_of,
      establishedPrecision: party.established_precision,
      listing: party.listing,
      listingMarket: party.listing_market,
      securitiesCode: party.securities_code,
      moneyLenderRegNo: party.money_lender_reg_no,
      ownerStaffId: party.owner_staff_id,
      industryRev: party.industry_rev,
      companyRegisterNo: companyRegisterNo(party.legal_form, party.corporate_number),
      customValues,
      marks,
      completeness: completenessOf({ ...party, own_keys: ownKeys }, required),
      names,
      records: records.map(record => ({
        id: record.id,
        partyNo: record.party_no,
        legalName: record.legal_name,
        roles: record.roles,
        status: record.status,
        shows: Object.entries(from)
          .filter(([, id]) => id === record.id)
          .map(([field]) => labels.get(field) ?? field),
        opened: record.id === opened.id,
      })),
      past: asOf ? { asOf, known, registered: todayInTokyo(new Date(party.registered_at)) <= asOf } : null,
    },
    seen: records.map(record => record.seen_no),
  }
}

/** Names now and before; of a company made of several records with the record each stands in. */
async function namesOf(db: Db, records: readonly PartyRecord[]): Promise<Party['names']> {
  const rows = await db
    .selectFrom('party_name')
    .select(['party_id', 'kind', 'name', 'kana', 'valid_from', 'valid_to'])
    .where(
      'party_id',
      'in',
      records.map(record => record.id),
    )
    .orderBy('valid_to', order => order.desc().nullsFirst())
    .orderBy('recorded_at', 'desc')
    .execute()
  const numbers = new Map(records.map(record => [record.id, record.party_no]))
  return rows.map(name => ({
    kind: name.kind,
    name: name.name,
    kana: name.kana,
    validFrom: name.valid_from,
    validTo: name.valid_to,
    partyNo: records.length > 1 ? (numbers.get(name.party_id) ?? null) : null,
  }))
}
