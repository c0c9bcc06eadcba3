import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import { currentCompany, type Role } from '../access/index.ts'
import type { FirstStepCode, firstSteps } from './contract.ts'

/** The work of a day needs one of each of these: to take a customer in, to decide, to check, to pay. */
const NEEDED: readonly (readonly Role[])[] = [
  ['sales', 'operations'],
  ['approver', 'manager'],
  ['compliance'],
  ['accounting'],
]

interface Facts {
  roles: Role[]
  lists: boolean
  account: boolean
  party: boolean
  contract: boolean
}

/** What a new company has not done yet; nothing once it has bought a claim, however it came there, and nothing for people from outside. */
export async function stepsLeft({
  db,
  today,
  actor,
}: QueryContext): Promise<Seen<z.output<typeof firstSteps.output>>> {
  if (actor.reach === 'assigned' || (await hasBegun(db)))
    return { body: { steps: [], rolesMissing: [] }, seen: [] }
  const company = (await currentCompany(db))?.settings
  const { rows } = await sql<Facts>`select
    array(select distinct g.role from role_grant g join staff_member s on s.id = g.staff_id
      where s.left_at is null and g.revoked_at is null and g.valid_from <= ${today}::date
        and (g.valid_to is null or g.valid_to >= ${today}::date)) as roles,
    exists (select from watch_list_version where superseded_at is null) as lists,
    exists (select from bank_account where party_id is null and usage = 'payout' and valid_to is null) as account,
    exists (select from party) as party,
    exists (select from contract) as contract`.execute(db)
  const { roles, lists, account, party, contract } = rows[0]!
  const rolesMissing = NEEDED.filter(ways => !ways.some(role => roles.includes(role))).map(ways => [...ways])
  const done: [FirstStepCode, boolean][] = [
    ['people', rolesMissing.length === 0],
    ['company', !!company?.corporateNumber && !!company.originatorCode],
    ['lists', lists],
    ['account', account],
    ['party', party],
    ['contract', contract],
  ]
  return {
    body: { steps: done.flatMap(([code, isDone]) => (isDone ? [] : [code])), rolesMissing },
    seen: [],
  }
}

async function hasBegun(db: Db): Promise<boolean> {
  const { rows } = await sql<{ begun: boolean }>`select exists (select from purchase) as begun`.execute(db)
  return rows[0]!.begun
}
