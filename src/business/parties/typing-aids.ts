import type { z } from 'zod'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { parsePostalCode, splitAddress } from '../names/index.ts'
import type { findOwners, readAddress } from './contract.ts'
import { placesOfPostalCode, postalAgreement } from './postal.ts'

const MOST_PLACES = 12
const MOST_OWNERS = 20

/** How an address is read, what its postal code says, and whether the two agree. Shows no record. */
export function addressAid({
  address,
  postalCode,
}: z.output<typeof readAddress.input>): Seen<z.input<typeof readAddress.output>> {
  const code = postalCode ? parsePostalCode(postalCode).value : null
  const split = address ? splitAddress(address) : null
  return {
    body: {
      parts: split && {
        pref: split.prefecture,
        city: split.city,
        town: split.town,
        block: split.block,
        building: split.building,
        cityKnown: split.cityKnown,
        townKnown: split.townKnown,
      },
      sentences: split?.issues.map(issue => issue.message) ?? [],
      places: code ? placesOfPostalCode(code).slice(0, MOST_PLACES) : [],
      agreement: code && address ? postalAgreement(code, address) : null,
    },
    seen: [],
  }
}

/** People of our own who may be put in charge: signed up and not gone, by name. */
export async function owners(
  { db }: QueryContext,
  { text }: z.output<typeof findOwners.input>,
): Promise<Seen<z.input<typeof findOwners.output>>> {
  let query = db
    .selectFrom('staff_member')
    .select(['id', 'display_name'])
    .where('left_at', 'is', null)
    .orderBy('display_name')
    .limit(MOST_OWNERS)
  if (text) query = query.where('display_name', 'ilike', `%${text.replace(/[\\%_]/g, '\\$&')}%`)
  const rows = await query.execute()
  return { body: { rows: rows.map(row => ({ id: row.id, name: row.display_name })) }, seen: [] }
}
