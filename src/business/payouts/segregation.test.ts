import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { screenedBy } from '../../app/testing/screened.ts'
import { createWorld, type World } from '../../app/testing/world.ts'
import type { Actor } from '../../platform/commands/actor.ts'
import { Refusal } from '../../platform/commands/refusal.ts'
import { setupCompany } from '../access/index.ts'
import { registerAccountCommand } from '../accounts/index.ts'
import { amend, change, draft, execute, move } from '../contracts/commands.ts'
import { approve as approveClaim } from '../receivables/commands/approve.ts'
import { offer } from '../receivables/commands/offer.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import { verify } from '../receivables/commands/verify.ts'
import {
  type Desk,
  document,
  openDesk,
  party,
  readyPair,
  reason,
  secondPerson,
  twoPartyTerms,
} from '../receivables/testing/deal.ts'
import { create, send } from './batch-commands.ts'
import { approve, check, confirm, prepare } from './commands.ts'

/**
 * Over one deal: who registered does not approve, who approved does not pay out (architecture.md). One person here holds every role of the
 * business, as nobody may; so only the segregation over the deal stands between them and a second duty.
 */
let world: World
let desk: Desk
let all: Actor
let pair: Awaited<ReturnType<typeof readyPair>>
let ownAccountId: string
const day = { transferOn: '2026-11-26' }

beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  await setupCompany(world.db, world.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社自社', originatorCode: '0000012345' },
    staff: [1, 2].map(at => ({
      displayName: `管理 ${at}`,
      email: `administrator-${at}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  all = await world.person(
    '何でもできる人',
    'sales',
    'operations',
    'reviewer',
    'approver',
    'manager',
    'accounting',
  )
  pair = await readyPair(world, desk, 'ブンリ')
  const own = await world.done(desk.accounting, registerAccountCommand, {
    partyId: null,
    usage: 'collection',
    bankCode: '0005',
    branchCode: '001',
    accountType: '1',
    accountNo: '7654321',
    holderKana: 'カ）ジシャ',
    holderName: '株式会社自社',
  })
  ownAccountId = own.id
})
afterAll(() => world.close())

const duties = [
  'register',
  'approve',
  'purchase',
  'prepare',
  'check',
  'approvePayout',
  'batch',
  'send',
  'confirm',
] as const
type Duty = (typeof duties)[number]

let serial = 0
/** Plays one deal to its end; the named duties fall to the person who may do everything, all others to whoever has them. */
async function playedBy(mine: readonly Duty[]): Promise<void> {
  const who = (duty: Duty, other: Actor) => (mine.includes(duty) ? all : other)
  serial++
  const { id: receivableId } = await world.done(who('register', desk.sales), offer, {
    clientId: pair.clientId,
    debtorId: pair.debtorId,
    contractId: pair.contractId,
    invoiceNo: `SEG-${serial}-${serial * 7919}`,
    faceYen: 100_000 + serial * 1_003,
    issuedOn: '2026-07-01',
    dueOn: '2027-01-29',
    documentIds: [await document(world, desk)],
  })
  await world.done(desk.reviewer, verify, { receivableId, assignmentRestriction: 'none', setOffRisk: 'low' })
  await world.done(who('approve', desk.approver), approveClaim, { receivableId })
  const bought = await world.done(who('purchase', desk.operations), purchase, {
    receivableIds: [receivableId],
  })
  const { id: payoutId } = await world.done(who('prepare', desk.operations), prepare, {
    purchaseId: bought.id,
    ...day,
  })
  await world.done(who('check', desk.accounting), check, { payoutId })
  const asked = await world.run(desk.accounting, approve, { payoutId, change: reason })
  await secondPerson(world, who('approvePayout', desk.manager), asked)
  const { id: batchId } = await world.done(who('batch', desk.accounting), create, {
    payoutIds: [payoutId],
    fromAccountId: ownAccountId,
    ...day,
  })
  await world.done(who('send', desk.accounting), send, { batchId })
  await world.done(who('confirm', desk.accounting), confirm, {
    payoutIds: [payoutId],
    confirmedOn: '2026-11-24',
  })
}

/** What stops one person from two duties of one deal; null where both may be one person's. */
const expected: Readonly<Partial<Record<`${Duty}+${Duty}`, string>>> = {
  'register+approve': 'registrar_must_not_approve',
  'register+approvePayout': 'approver_must_be_independent',
  'approve+purchase': 'approver_must_not_purchase',
  'approve+prepare': 'deal_approver_must_not_pay_out',
  'approve+check': 'deal_approver_must_not_pay_out',
  'approve+approvePayout': 'approver_must_be_independent',
  'approve+batch': 'deal_approver_must_not_pay_out',
  'approve+send': 'deal_approver_must_not_pay_out',
  'approve+confirm': 'deal_approver_must_not_pay_out',
  'prepare+check': 'checker_must_not_have_prepared',
  'prepare+approvePayout': 'approver_must_be_independent',
}
const pairs = duties.flatMap((one, at) => duties.slice(at + 1).map(other => [one, other] as const))

describe('two duties over one deal', () => {
  it.each(pairs)('%s and %s', async (one, other) => {
    const codes = await playedBy([one, other]).then(
      () => [],
      (error: unknown) => {
        if (error instanceof Refusal) return error.reasons.map(refusal => refusal.code)
        throw error
      },
    )
    const code = expected[`${one}+${other}`]
    if (code) expect(codes).toContain(code)
    else expect(codes).toEqual([])
  })
})

describe('the database', () => {
  it('refuses each forbidden pair, whatever the program does', async () => {
    await playedBy([])
    const forced = async (statement: ReturnType<typeof sql>) => {
      const attempt = world.db.transaction().execute(tx => statement.execute(tx))
      return attempt.then(
        () => 'kept',
        (error: { constraint?: string }) => error.constraint ?? String(error),
      )
    }
    const claim = sql`where id = (select id from receivable where purchased_by is not null order by id desc limit 1)`
    const payout = sql`where id = (select id from payment_out order by id desc limit 1)`
    const cases: [string, ReturnType<typeof sql>][] = [
      ['approver_must_not_have_registered', sql`update receivable set approved_by = registered_by ${claim}`],
      [
        'exception_approver_must_not_have_registered',
        sql`update receivable set exception_approved_by = registered_by ${claim}`,
      ],
      ['approver_must_not_purchase', sql`update receivable set purchased_by = approved_by ${claim}`],
      [
        'deal_approver_must_not_pay_out',
        sql`update payment_out set prepared_by = deal_approvers[1] ${payout}`,
      ],
      [
        'deal_approver_must_not_pay_out',
        sql`update payment_out set checked_by = deal_approvers[1] ${payout}`,
      ],
      ['deal_approver_must_not_pay_out', sql`update payment_out set handled_by = deal_approvers ${payout}`],
      [
        'registrar_must_not_approve_payout',
        sql`update payment_out set approved_by = deal_registrars[1] ${payout}`,
      ],
    ]
    for (const [constraint, statement] of cases) expect(await forced(statement)).toBe(constraint)
  })
})

describe('a contract', () => {
  it('is executed by nobody who drafted it or wrote its terms, and amended by two', async () => {
    const clientId = await party(world, desk, 'ケイヤクブンリ', 'client')
    await screenedBy(world, desk.operations, [clientId])
    const { id: contractId } = await world.done(desk.sales, draft, {
      partyId: clientId,
      terms: twoPartyTerms,
    })
    await world.done(all, change, { contractId, rowVersion: 1, terms: { ...twoPartyTerms, feePpm: 40_000 } })
    for (const to of ['internal_check', 'ready', 'sent'] as const)
      await world.done(desk.operations, move, { contractId, to })
    const asked = await world.run(desk.operations, execute, {
      contractId,
      signedOn: '2026-07-01',
      effectiveOn: '2026-07-01',
      signMethod: 'e_sign',
      change: reason,
    })
    expect(await world.refused(secondPerson(world, all, asked))).toContain('approver_must_be_independent')
    await secondPerson(world, desk.manager, asked)
    const row = await world.db
      .selectFrom('contract')
      .select('row_version')
      .where('id', '=', contractId)
      .executeTakeFirstOrThrow()
    const amendment = await world.run(all, amend, {
      contractId,
      rowVersion: row.row_version,
      validFrom: '2026-12-01',
      terms: { ...twoPartyTerms, feePpm: 45_000 },
      change: reason,
    })
    expect(await world.refused(secondPerson(world, all, amendment))).toContain('maker_must_not_approve')
  })
})
