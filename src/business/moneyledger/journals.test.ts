import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import type { CommandContext } from '../../platform/commands/command.ts'
import { newId } from '../../platform/ids/uuid.ts'
import { journalsOfRecord, trialBalance } from './contract.ts'
import { accountBalanceYen, postJournal, reverseJournal } from './journals.ts'

let world: World
let accounting: Actor
beforeAll(async () => {
  world = await createWorld()
  accounting = await world.person('経理', 'accounting')
})
afterAll(() => world.close())

/** What a command of a later slice does: posts through the door and says so in the trail. */
async function inCommand<T>(act: (context: CommandContext) => Promise<T>): Promise<T> {
  return world.db.transaction().execute(async tx => {
    const context = world.executor.context(tx, accounting, 'test')
    const answer = await act(context)
    await context.record({ verb: 'test_money_moved', subjects: [{ kind: 'test', id: newId() }] })
    return answer
  })
}

/** Example 2 of FF §4.7: the medical claim. */
function medical(receivableId: string, partyId: string) {
  return {
    kind: 'claims_purchased' as const,
    refs: { partyId },
    claims: [{ receivableId, advanceYen: 6_400_000, reserveYen: 1_600_000, feeYen: 120_000 }],
    charges: [
      { kind: 'licence_tax', amountYen: 7_500, taxCategory: 'outside' as const, borneBy: 'client' as const },
      {
        kind: 'scrivener',
        amountYen: 50_400,
        taxCategory: 'taxable_10' as const,
        borneBy: 'client' as const,
      },
    ],
    taxYen: 5_040,
  }
}

describe('a journal', () => {
  it('of a purchase leaves the net payout owed to the client, to the yen', async () => {
    const [receivableId, partyId] = [newId(), newId()]
    await inCommand(context => postJournal(context, medical(receivableId, partyId)))
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId })).toBe(6_217_060)
    expect(await accountBalanceYen(world.db, 'reserves', { receivableId })).toBe(1_600_000)
    expect(await accountBalanceYen(world.db, 'purchasedReceivables', { receivableId })).toBe(8_000_000)
    const { journals } = await world.ask(accounting, journalsOfRecord, {
      of: 'receivable',
      recordId: receivableId,
    })
    expect(journals.map(one => [one.eventKind, one.entries.length])).toEqual([['claims_purchased', 12]])
  })

  it('that moves nothing is not written', async () => {
    const event = { kind: 'reserve_released' as const, refs: { partyId: newId() }, yen: 0 }
    expect(await inCommand(context => postJournal(context, event))).toBeNull()
  })

  it('is taken back once, by its mirror image', async () => {
    const [receivableId, partyId] = [newId(), newId()]
    const id = await inCommand(context => postJournal(context, medical(receivableId, partyId)))
    await inCommand(context => reverseJournal(context, id ?? '', '誤って二度記帳した'))
    expect(await accountBalanceYen(world.db, 'payoutsDue', { partyId })).toBe(0)
    const again = inCommand(context => reverseJournal(context, id ?? '', '誤って二度記帳した'))
    expect(await world.refused(again)).toEqual(['journal_must_not_be_reversed_twice'])
    const { journals } = await world.ask(accounting, journalsOfRecord, { of: 'party', recordId: partyId })
    expect(journals.map(one => one.reversalOf !== null)).toEqual([true, false])
    expect(journals[1]?.reversed).toBe(true)
    const attempt = inCommand(context => reverseJournal(context, journals[0]?.id ?? '', '取消の取消'))
    expect(await world.refused(attempt)).toEqual(['reversal_must_not_be_reversed'])
  })

  it('counts from its value day, and was not known before it was recorded', async () => {
    const partyId = newId()
    const event = { kind: 'deposit_received' as const, refs: { partyId }, yen: 333 }
    const day = { valueOn: '2020-01-15' }
    await inCommand(context => postJournal(context, event, day))
    const bank = async (asOf: string, knownAt?: string) => {
      const { accounts } = await world.ask(accounting, trialBalance, {
        asOf,
        ...(knownAt ? { knownAt } : {}),
      })
      return accounts.find(account => account.code === '1110')?.balanceYen
    }
    expect(await bank('2020-01-14')).toBe(0)
    expect(await bank('2020-01-15')).toBe(333)
    expect(await bank('2020-01-15', '2026-11-24T00:59:59Z')).toBe(0)
  })
})

describe('the database', () => {
  const journal = (id: string, lines: number) =>
    sql`insert into journal (id, event_kind, value_on, recorded_at, recorded_by, entry_count)
      values (${id}, 'deposit_received', '2026-11-24', now(), ${accounting.id}, ${lines})`
  const entry = (id: string, line: number, lines: number, side: string, yen: number) =>
    sql`insert into ledger_entry (journal_id, line_no, entry_count, value_on, recorded_at, kind, side, amount_yen, account_code)
      values (${id}, ${line}, ${lines}, '2026-11-24', now(), 'collection', ${side}, ${yen}, '1110')`

  it('refuses a journal that does not balance', async () => {
    const attempt = inCommand(async ({ tx }) => {
      const id = newId()
      await journal(id, 2).execute(tx)
      await entry(id, 1, 2, 'debit', 100).execute(tx)
      await entry(id, 2, 2, 'credit', 99).execute(tx)
    })
    await expect(attempt).rejects.toMatchObject({ constraint: 'journal_must_balance' })
  })

  it('refuses a line added later, and any change', async () => {
    const id = newId()
    await inCommand(async ({ tx }) => {
      await journal(id, 2).execute(tx)
      await entry(id, 1, 2, 'debit', 100).execute(tx)
      await entry(id, 2, 2, 'credit', 100).execute(tx)
    })
    await expect(inCommand(({ tx }) => entry(id, 3, 3, 'debit', 5).execute(tx))).rejects.toThrow(
      /foreign key/,
    )
    const change = inCommand(({ tx }) =>
      sql`update ledger_entry set amount_yen = 1 where journal_id = ${id}`.execute(tx),
    )
    await expect(change).rejects.toThrow(/permission denied/)
  })
})
