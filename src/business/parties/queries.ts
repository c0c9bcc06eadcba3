import { sql } from 'kysely'
import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { Db } from '../../platform/database/database.ts'
import { markOf, readMark } from '../../platform/database/paging.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { staffNames } from '../access/index.ts'
import type { listParties, Party, PartyRow } from './contract.ts'
import type { PartyTable } from './tables.ts'

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
] as const

/** Parties within the actor's reach: all, or for contractors the assigned ones. */
export function partiesInReach({ db, actor }: Pick<QueryContext, 'db' | 'actor'>) {
  const all = db.selectFrom('party')
  if (actor.reach === 'all') return all
  return all.where(eb =>
    eb.exists(
      eb
        .selectFrom('party_assignment')
        .select('party_id')
        .whereRef('party_assignment.party_id', '=', 'party.id')
        .where('party_assignment.staff_id', '=', actor.id),
    ),
  )
}

export async function listPartyRows(
  context: QueryContext,
  input: z.output<typeof listParties.input>,
): Promise<Seen<{ rows: PartyRow[]; next: string | null }>> {
  let query = partiesInReach(context)
    .select(rowColumns)
    .orderBy('party.id', 'desc')
    .limit(input.limit + 1)
  const { role, pref } = input
  if (role) query = query.where(sql<boolean>`roles @> array[${role}]`)
  if (input.stage.length) query = query.where('stage', 'in', input.stage)
  if (input.status.length) query = query.where('status', 'in', input.status)
  if (pref) query = query.where('pref', '=', pref)
  if (input.mine) query = query.where('owner_staff_id', '=', context.actor.id)
  if (input.after) query = query.where('party.id', '<', String(readMark(input.after, 1)[0]))
  const rows = await query.execute()
  const page = rows.slice(0, input.limit)
  const last = page.at(-1)
  return {
    body: {
      rows: await toRows(context.db, page),
      next: rows.length > input.limit && last ? markOf([last.id]) : null,
    },
    seen: page.map(row => row.seen_no),
  }
}

export type SelectedRow = Pick<
  { [K in keyof PartyTable]: PartyTable[K] extends { readonly __select__: infer S } ? S : PartyTable[K] },
  (typeof rowColumns)[number]
>

export async function toRows(db: Db, rows: SelectedRow[]): Promise<PartyRow[]> {
  const names = await staffNames(
    db,
    rows.map(row => row.owner_staff_id),
  )
  return rows.map(row => ({
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
  }))
}

export async function openPartyRecord(context: QueryContext, partyId: Id): Promise<Seen<Party>> {
  const { db } = context
  const party = found(
    await partiesInReach(context).selectAll('party').where('party.id', '=', partyId).executeTakeFirst(),
    'party',
  )
  const names = await db
    .selectFrom('party_name')
    .select(['kind', 'name', 'kana', 'valid_from', 'valid_to'])
    .where('party_id', '=', partyId)
    .orderBy('valid_to', order => order.desc().nullsFirst())
    .orderBy('recorded_at', 'desc')
    .execute()
  const [row] = await toRows(db, [party])
  return {
    body: {
      ...row!,
      rowVersion: party.row_version,
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
      names: names.map(name => ({
        kind: name.kind,
        name: name.name,
        kana: name.kana,
        validFrom: name.valid_from,
        validTo: name.valid_to,
      })),
    },
    seen: [party.seen_no],
  }
}
