import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../app/testing/world.ts'
import { setupCompany } from '../access/index.ts'
import { register as registerAccount } from '../accounts/commands.ts'
import { endGuarantee, registerGuarantee } from '../assessment/commands.ts'
import { setWatchCommand } from '../assessment/index.ts'
import { registerPartyCommand } from '../parties/index.ts'
import { purchase } from '../receivables/commands/purchase.ts'
import {
  approvedClaim,
  type Desk,
  openDesk,
  readyPair,
  reason,
  secondPerson,
} from '../receivables/testing/deal.ts'
import { create, send } from './batch-commands.ts'
import { approve, check, prepare } from './commands.ts'

/** A company somebody stops is stopped at the next act on its money, whatever was approved before. */
let world: World
let desk: Desk
let ownAccountId: string
beforeAll(async () => {
  world = await createWorld()
  desk = await openDesk(world)
  await setupCompany(world.db, world.clock.now(), {
    mode: 'demo',
    company: { legalName: '株式会社みなとファイナンス', originatorCode: '0000012345' },
    staff: [1, 2].map(at => ({
      displayName: `管理 ${at}`,
      email: `administrator-${at}@example.co.jp`,
      roles: [{ role: 'administrator' as const }],
      password: 'correct horse 12',
    })),
  })
  ownAccountId = (
    await world.done(desk.accounting, registerAccount, {
      partyId: null,
      usage: 'collection',
      bankCode: '0005',
      branchCode: '001',
      accountType: '1',
      accountNo: '7654321',
      holderKana: 'カ）ミナトフアイナンス',
      holderName: '株式会社みなとファイナンス',
    })
  ).id
})
afterAll(() => world.close())

const STOPPED = 'watch_status_must_not_be_stop'
const day = { transferOn: '2026-11-26' }

const stop = (partyId: string) =>
  world.done(desk.compliance, setWatchCommand, {
    partyId,
    watchState: 'stop',
    change: { ...reason, reasonText: '手形の不渡りの情報' },
  })
async function lift(partyId: string) {
  const answer = await world.run(desk.compliance, setWatchCommand, {
    partyId,
    watchState: 'watch',
    change: reason,
  })
  await secondPerson(world, desk.manager, answer)
}

async function claim(name: string) {
  const pair = await readyPair(world, desk, name)
  const receivableId = await approvedClaim(world, desk, {
    ...pair,
    invoiceNo: `${name}-1`,
    faceYen: 1_000_000,
  })
  return { ...pair, receivableId }
}

describe('who answers for a client', () => {
  it('is screened before the client sells, as long as the guarantee stands', async () => {
    const deal = await claim('ホショウツキ')
    const guarantor = await world.done(desk.operations, registerPartyCommand, {
      partyKind: 'corporation',
      legalName: '株式会社ホショウカイシャ',
      roles: ['guarantor'],
    })
    const { id: guaranteeId } = await world.done(desk.operations, registerGuarantee, {
      partyId: deal.clientId,
      guarantorPartyId: guarantor.id,
      guaranteeKind: 'joint',
      amountYen: 1_000_000,
      validFrom: '2026-11-24',
    })
    const buy = () => world.run(desk.operations, purchase, { receivableIds: [deal.receivableId] })
    expect(await world.refused(buy())).toEqual(['subject_must_be_screened'])
    await world.done(desk.operations, endGuarantee, {
      guaranteeId,
      endedOn: '2026-11-24',
      reason: '保証契約の解約',
    })
    expect((await buy()).status).toBe(200)
  })
})

describe('a stopped company', () => {
  it.each(['clientId', 'debtorId'] as const)(
    'sells nothing and is bought nothing of while stopped (%s)',
    async side => {
      const deal = await claim(side === 'clientId' ? 'テイシウリテ' : 'テイシカイテ')
      const buy = () => world.run(desk.operations, purchase, { receivableIds: [deal.receivableId] })
      await stop(deal[side])
      expect(await world.refused(buy())).toEqual([STOPPED])
      await expect(buy()).rejects.toMatchObject({
        reasons: [{ message: expect.stringContaining('手形の不渡りの情報') }],
      })
      await lift(deal[side])
      expect((await buy()).status).toBe(200)
    },
  )

  it('is paid nothing: not approved, not by an approval that waited, not into a bank file, and not out with it', async () => {
    const deal = await claim('テイシシハライ')
    const { id: purchaseId } = await world.done(desk.operations, purchase, {
      receivableIds: [deal.receivableId],
    })
    const { id: payoutId } = await world.done(desk.operations, prepare, { purchaseId, ...day })
    await world.done(desk.accounting, check, { payoutId })
    const ask = () => world.run(desk.accounting, approve, { payoutId, change: reason })
    await stop(deal.clientId)
    expect(await world.refused(ask())).toEqual([STOPPED])
    await lift(deal.clientId)
    const waiting = await ask()
    await stop(deal.debtorId)
    expect(await world.refused(secondPerson(world, desk.manager, waiting))).toEqual([STOPPED])
    await lift(deal.debtorId)
    await secondPerson(world, desk.manager, waiting)
    const write = () =>
      world.run(desk.accounting, create, { payoutIds: [payoutId], fromAccountId: ownAccountId, ...day })
    await stop(deal.clientId)
    expect(await world.refused(write())).toEqual([STOPPED])
    await lift(deal.clientId)
    const { id: batchId } = (await write()).body as { id: string }
    await stop(deal.debtorId)
    expect(await world.refused(world.run(desk.accounting, send, { batchId }))).toEqual([STOPPED])
    await lift(deal.debtorId)
    expect((await world.run(desk.accounting, send, { batchId })).status).toBe(200)
  })
})
