import { sql } from 'kysely'
import { found } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import type { FoundRecord } from '../../platform/records.ts'
import { staffNames } from '../access/index.ts'
import { type CompanyRecords, companyRecords } from '../audit/index.ts'
import { partiesInReach, type Reach } from '../parties/index.ts'
import type { Account } from './contract.ts'
import type { PayableFacts } from './rules.ts'
import './tables.ts'

export async function accountsOf(
  context: QueryContext,
  partyId: Id | null,
): Promise<Seen<{ accounts: Account[] }>> {
  const { db } = context
  const owner = partyId
    ? found(
        await partiesInReach(context)
          .select('party.seen_no')
          .where('party.id', '=', partyId)
          .executeTakeFirst(),
        'party',
      )
    : null
  const company = partyId ? await companyRecords(db, partyId) : null
  const rows = await db
    .selectFrom('bank_account')
    .selectAll()
    .where(eb => (company ? eb('party_id', 'in', company.ids) : eb('party_id', 'is', null)))
    .orderBy('valid_to', order => order.desc().nullsFirst())
    .orderBy('recorded_at', 'desc')
    .limit(100)
    .execute()
  const ids = rows.map(row => row.id)
  const [tests, shared, calls] = ids.length
    ? await Promise.all([testsOf(db, ids), sharedWith(context, ids), callbacksOf(db, ids)])
    : [new Map(), { byAccount: new Map(), seen: [] }, { byAccount: new Map(), seen: [] }]
  const names = await staffNames(
    db,
    rows.flatMap(row => [row.verified_by, row.verification_approved_by]).filter(id => id !== null),
  )
  return {
    body: {
      accounts: rows.map(row => ({
        id: row.id,
        usage: row.usage,
        bankCode: row.bank_code,
        bankName: row.bank_name,
        branchCode: row.branch_code,
        branchName: row.branch_name,
        accountType: row.account_type,
        accountNoLast: row.account_no_last,
        holderKana: row.holder_kana,
        holderName: row.holder_name,
        holderMatch: row.holder_match,
        verification: row.verification,
        verificationResult: row.verification_result,
        verifiedOn: row.verified_on,
        coolingUntil: row.cooling_until,
        blockReason: row.block_reason,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        depositTest: tests.get(row.id) ?? null,
        verifiedBy: row.verified_by ? (names.get(row.verified_by) ?? '') : null,
        approvedBy: row.verification_approved_by ? (names.get(row.verification_approved_by) ?? '') : null,
        yuchoSymbol: row.yucho_symbol,
        yuchoNumber: row.yucho_number && `●●●●${row.yucho_number.slice(-3)}`,
        callbackRequired: row.callback_required,
        callbacks: calls.byAccount.get(row.id) ?? [],
        virtualOf: row.usage === 'virtual' ? row.party_id : null,
        releasedOn: row.released_on,
        sharedWith: otherCompanies(shared.byAccount.get(row.id) ?? [], company),
        recordNo: company?.numberOf(row.party_id) ?? null,
      })),
    },
    seen: [...(owner ? [owner.seen_no] : []), ...rows.map(row => row.seen_no), ...shared.seen, ...calls.seen],
  }
}

/** Records of the own company share nothing with each other. */
function otherCompanies(
  sharing: Account['sharedWith'],
  company: CompanyRecords | null,
): Account['sharedWith'] {
  return sharing.filter(other => !company?.ids.includes(other.partyId))
}

async function callbacksOf(db: Db, ids: Id[]) {
  const rows = await db
    .selectFrom('account_callback as c')
    .leftJoin('person as p', 'p.id', 'c.person_id')
    .selectAll('c')
    .select(['p.family_name', 'p.given_name', 'p.seen_no'])
    .where('c.account_id', 'in', ids)
    .orderBy('c.called_at', 'desc')
    .orderBy('c.id', 'desc')
    .execute()
  const names = await staffNames(
    db,
    rows.map(row => row.called_by),
  )
  const byAccount = new Map<Id, Account['callbacks']>()
  for (const row of rows)
    byAccount.set(row.account_id, [
      ...(byAccount.get(row.account_id) ?? []),
      {
        id: row.id,
        calledAt: row.called_at,
        calledBy: names.get(row.called_by) ?? '',
        person: row.person_id ? { id: row.person_id, name: `${row.family_name} ${row.given_name}` } : null,
        numberOf: row.number_of,
        numberLast: row.number_last,
        result: row.result,
        note: row.note,
      },
    ])
  return { byAccount, seen: rows.flatMap(row => row.seen_no ?? []) }
}

async function testsOf(db: Db, ids: Id[]): Promise<Map<Id, NonNullable<Account['depositTest']>>> {
  const rows = await db
    .selectFrom('deposit_test')
    .selectAll()
    .where('account_id', 'in', ids)
    .orderBy('id')
    .execute()
  return new Map(
    rows.map(row => [
      row.account_id,
      {
        sentOn: row.sent_on,
        answeredOn: row.answered_on,
        right: row.answered_yen === null ? null : row.answered_yen === row.sent_yen,
      },
    ]),
  )
}

/** Who else has the same account, as far as the asker may see them. */
async function sharedWith(context: QueryContext, ids: Id[]) {
  const { rows } = await sql<{ id: Id; party_id: Id; legal_name: string; seen_no: number }>`
    select distinct a.id, o.party_id, p.legal_name, p.seen_no from bank_account a
    join bank_account o on o.account_hash = a.account_hash and o.party_id is not null and o.party_id is distinct from a.party_id
      and o.valid_to is null
    join (${partiesInReach(context).select(['party.id', 'party.legal_name', 'party.seen_no'])}) p on p.id = o.party_id
    where a.id = any(${ids}::uuid[]) order by p.legal_name`.execute(context.db)
  const byAccount = new Map<Id, Account['sharedWith']>()
  for (const row of rows)
    byAccount.set(row.id, [
      ...(byAccount.get(row.id) ?? []),
      { partyId: row.party_id, legalName: row.legal_name },
    ])
  return { byAccount, seen: rows.map(row => row.seen_no) }
}

export async function unmask(keys: SubjectKeys, { db }: QueryContext, accountId: Id) {
  const row = found(
    await db
      .selectFrom('bank_account as a')
      .leftJoin('party as p', 'p.id', 'a.party_id')
      .select(['a.account_no_sealed', 'a.seen_no', 'p.seen_no as party_seen_no'])
      .where('a.id', '=', accountId)
      .executeTakeFirst(),
    'bank_account',
  )
  return {
    body: { accountNo: await keys.open(db, row.account_no_sealed) },
    seen: [row.seen_no, ...(row.party_seen_no === null ? [] : [row.party_seen_no])],
  }
}

/** A changed account that nobody has confirmed at a known number. */
const callbackMissing = sql<boolean>`callback_required and not exists (select from account_callback c
  where c.account_id = bank_account.id and c.result = 'confirmed')`

/** The facts by which payout accounts in force are judged, by party; parties without one are left out. */
export async function payableFactsOf(
  db: Db | Tx,
  partyIds: readonly Id[],
): Promise<Map<Id | null, PayableFacts>> {
  const rows = await db
    .selectFrom('bank_account')
    .select(['party_id', 'usage', 'verification_result', 'cooling_until', 'blocked_at', 'valid_to'])
    .select(callbackMissing.as('callback_missing'))
    .where('party_id', '=', sql<Id>`any(${[...partyIds]}::uuid[])`)
    .where('usage', '=', 'payout')
    .where('valid_to', 'is', null)
    .execute()
  return new Map(
    rows.map(row => [
      row.party_id,
      {
        usage: row.usage,
        verificationResult: row.verification_result,
        coolingUntil: row.cooling_until,
        blocked: row.blocked_at !== null,
        validTo: row.valid_to,
        callbackMissing: row.callback_missing,
      },
    ]),
  )
}

/** The client's payout account in force with the facts payments are judged by; null when there is none. */
export async function payoutAccount(db: Db | Tx, partyId: Id) {
  const row = await db
    .selectFrom('bank_account')
    .selectAll()
    .select(callbackMissing.as('callback_missing'))
    .where('party_id', '=', partyId)
    .where('usage', '=', 'payout')
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** An account of a party within reach, or one of our own for who reaches everything. */
export async function accountInReach(at: Reach, accountId: Id): Promise<FoundRecord | null> {
  let query = at.db
    .selectFrom('bank_account')
    .select(['id', 'party_id', 'seen_no'])
    .where('id', '=', accountId)
  if (at.actor.reach !== 'all') query = query.where('party_id', 'in', partiesInReach(at).select('party.id'))
  const row = await query.executeTakeFirst()
  return row ? { dataSubjectId: row.party_id ?? row.id, seenNo: row.seen_no } : null
}
