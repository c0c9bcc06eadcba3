import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { refuseDayOutside } from '../../platform/commands/days.ts'
import { refuseUnless } from '../../platform/commands/refusal.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { thresholdsInForce } from '../access/index.ts'
import { partiesInReach, sameCompany } from '../parties/index.ts'
import { releaseVirtualAccount, type VirtualAccount } from './contract.ts'
import { lockAccount, subjectsOf } from './records.ts'
import { reusableFrom } from './rules.ts'
import './tables.ts'

/** Gives a virtual account back: it ends on that day, and its number rests before another company may have it (JR §8). */
export const release = defineCommand(releaseVirtualAccount, {
  async run(context, input) {
    const { tx, today } = context
    const account = await lockAccount(context, input.accountId)
    refuseUnless(account.usage === 'virtual', 'account_must_be_virtual')
    refuseDayOutside({ field: 'releasedOn', day: input.releasedOn }, { from: account.valid_from, to: today })
    await tx
      .updateTable('bank_account')
      .set({
        valid_to: input.releasedOn,
        released_on: input.releasedOn,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', account.id)
      .execute()
    const { virtualRestMonths } = await thresholdsInForce(tx)
    const from = reusableFrom(input.releasedOn, virtualRestMonths)
    await context.record({
      verb: 'virtual_account_released',
      subjects: subjectsOf(account),
      before: { releasedOn: null },
      after: { releasedOn: input.releasedOn },
      facts: { summary: `${from}から別の会社に割当可` },
      reason: input.reason,
    })
    return { id: account.id, reusableFrom: from }
  },
})

/** A number goes to one company at a time, and rests between two of them; its own company may have it back at any time. */
export async function refuseTakenNumber(
  { tx, today }: CommandContext,
  { hash, partyId }: { hash: string; partyId: Id },
): Promise<void> {
  // Two registrations of one number wait for each other: neither sees the other before it is committed.
  await sql`select pg_advisory_xact_lock(hashtext(${`virtual-account ${hash}`}))`.execute(tx)
  const others = await tx
    .selectFrom('bank_account')
    .select(['valid_to', 'released_on'])
    .where('account_hash', '=', hash)
    .where('usage', '=', 'virtual')
    .where(eb => eb.or([eb('party_id', 'is', null), eb.not(eb('party_id', 'in', sameCompany(partyId)))]))
    .orderBy('recorded_at', 'desc')
    .execute()
  refuseUnless(
    others.every(other => other.valid_to !== null),
    'virtual_account_must_be_free',
    { field: 'accountNo' },
  )
  const { virtualRestMonths } = await thresholdsInForce(tx)
  const free = others
    .map(other => reusableFrom(other.released_on ?? other.valid_to!, virtualRestMonths))
    .sort()
    .at(-1)
  refuseUnless(free === undefined || free <= today, 'virtual_account_must_have_rested', {
    field: 'accountNo',
    message: `この口座番号は別の会社から返却されたばかりです。${free}から割り当てられます。`,
  })
}

const MOST_SHOWN = 200

/** The virtual accounts whose company the asker may see, in use first, then the newest release; says when there are more. */
export async function virtualAccountsOf(
  context: QueryContext,
): Promise<Seen<{ rows: VirtualAccount[]; more: boolean }>> {
  const { db } = context
  const found = await partiesInReach(context)
    .innerJoin('bank_account as a', 'a.party_id', 'party.id')
    .select(['party.id as party_id', 'party.legal_name', 'party.party_no', 'party.seen_no as party_seen_no'])
    .select(['a.id', 'a.bank_name', 'a.branch_name', 'a.account_no_last', 'a.valid_from', 'a.valid_to'])
    .select(['a.released_on', 'a.seen_no'])
    .where('a.usage', '=', 'virtual')
    .orderBy('a.valid_to', order => order.desc().nullsFirst())
    .orderBy('a.recorded_at', 'desc')
    .limit(MOST_SHOWN + 1)
    .execute()
  const rows = found.slice(0, MOST_SHOWN)
  const { virtualRestMonths } = await thresholdsInForce(db)
  return {
    body: {
      more: found.length > MOST_SHOWN,
      rows: rows.map(row => {
        const ended = row.released_on ?? row.valid_to
        return {
          id: row.id,
          virtualOf: { partyId: row.party_id, partyNo: row.party_no, legalName: row.legal_name },
          bankName: row.bank_name,
          branchName: row.branch_name,
          accountNoLast: row.account_no_last,
          validFrom: row.valid_from,
          releasedOn: ended,
          reusableFrom: ended === null ? null : reusableFrom(ended, virtualRestMonths),
        }
      }),
    },
    seen: rows.flatMap(row => [row.seen_no, row.party_seen_no]),
  }
}
