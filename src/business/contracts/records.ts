import { sql } from 'kysely'
import type { CommandContext } from '../../platform/commands/command.ts'
import { found, refuseUnless } from '../../platform/commands/refusal.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { lockParty } from '../parties/index.ts'
import type { ContractTerms } from './terms.ts'
import './tables.ts'

/** The contract with its newest terms, locked until the end of the transaction; its party is within the actor's reach. */
export async function lockContract(context: CommandContext, id: Id, rowVersion?: number) {
  const row = found(
    await context.tx
      .selectFrom('contract as c')
      .innerJoin('contract_version as v', join =>
        join.onRef('v.contract_id', '=', 'c.id').onRef('v.version', '=', 'c.newest_version'),
      )
      .selectAll('c')
      .select('v.terms')
      .where('c.id', '=', id)
      .forUpdate('c')
      .executeTakeFirst(),
    'contract',
  )
  const party = await lockParty(context, row.party_id)
  if (rowVersion !== undefined) refuseUnless(row.row_version === rowVersion, 'record_must_be_unchanged')
  return { ...row, party }
}

export interface ContractInForce {
  id: Id
  contractNo: string
  partyId: Id
  state: string
  effectiveOn: IsoDate | null
  endsOn: IsoDate | null
  version: number
  terms: ContractTerms
  /** Who registered an individual contract, which is part of its deal; nobody for a master contract. */
  registrars: Id[]
}

/**
 * The contract with the version of its terms in force on a day: the newest whose `valid_from` has come. For pricing,
 * `payable_on`, damages and penalties of claims bought under it. Throws a `missing` refusal when there is none.
 */
export async function contractTermsOn(tx: Db | Tx, contractId: Id, on: IsoDate): Promise<ContractInForce> {
  const { rows } = await sql<{
    id: Id
    contract_no: string
    party_id: Id
    state: string
    effective_on: IsoDate | null
    ends_on: IsoDate | null
    version: number
    terms: ContractTerms
    registrars: Id[]
  }>`select c.id, c.contract_no, c.party_id, c.state, c.effective_on, c.ends_on, v.version, v.terms,
      case when c.contract_kind = 'individual' then array_remove(array[c.drafted_by, c.terms_by], null) else '{}'::uuid[] end as registrars
    from contract c join contract_version v on v.contract_id = c.id
    where c.id = ${contractId} and (v.valid_from is null or v.valid_from <= ${on} or v.version = 1)
    order by v.version desc limit 1`.execute(tx)
  const row = found(rows[0], 'contract')
  return {
    id: row.id,
    contractNo: row.contract_no,
    partyId: row.party_id,
    state: row.state,
    effectiveOn: row.effective_on,
    endsOn: row.ends_on,
    version: row.version,
    terms: row.terms,
    registrars: row.registrars,
  }
}

/** Names of the events' subjects: the contract and its party, so that both show it. */
export function subjectsOf(contract: { id: Id; party_id: Id }) {
  return [
    { kind: 'contract', id: contract.id },
    { kind: 'party', id: contract.party_id },
  ]
}
