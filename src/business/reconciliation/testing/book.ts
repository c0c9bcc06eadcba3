import type { z } from 'zod'
import type { World } from '../../../app/testing/world.ts'
import { furtherOwnAccount } from '../../accounts/testing/own-account.ts'
import { writeTransactionsFile } from '../../bankformats/index.ts'
import { importStatementCommand } from '../../payments/index.ts'
import { fundPurchase, purchaseReceivablesCommand } from '../../receivables/index.ts'
import { approvedClaim, type Desk, openDesk, type readyPair } from '../../receivables/testing/deal.ts'
import { accept } from '../commands.ts'

export type Terms = NonNullable<NonNullable<Parameters<typeof readyPair>[3]>['terms']>
export const remits: Terms = {
  legalKind: 'two_party',
  collectionRoute: 'client_remits',
  advancePpm: 1_000_000,
  feePpm: 50_000,
  remitRule: { kind: 'days_after_due', days: 1, unit: 'business', holidayRoll: 'following' },
}
export const direct: Terms = {
  ...remits,
  legalKind: 'three_party',
  collectionRoute: 'debtor_direct',
  remitRule: null,
}

interface ClaimToBuy {
  invoiceNo: string
  faceYen: number
  askedYen?: number
  dueOn?: string
  receivableKind?: 'medical'
}

/** A company on the day of FF §4.7, with two accounts of its own: buys claims, gets money, matches it. */
export interface Book {
  desk: Desk
  /** Claims bought together and paid out, as the purchase command and the payout leave them. */
  bought(
    pair: Awaited<ReturnType<typeof readyPair>>,
    claims: ClaimToBuy[],
  ): Promise<{ ids: string[]; purchase: z.output<typeof purchaseReceivablesCommand.contract.output> }>
  /** One deposit from a payer, in a file of its own; answers its id. */
  deposited(amountYen: number, payerKana: string, bookedOn: string, accountNo?: string): Promise<string>
  /** Matches a deposit with claims, as accounting decides. */
  take(
    paymentId: string,
    ...lines: [receivableId: string, yen: number][]
  ): Promise<z.output<typeof accept.contract.output>>
}

export async function openBook(world: World): Promise<Book> {
  world.clock.set(new Date('2026-07-13T10:00:00+09:00'))
  const desk = await openDesk(world)
  for (const accountNo of ['7654321', '7654322'])
    await furtherOwnAccount(world, desk, {
      usage: 'collection',
      bankCode: '0001',
      branchCode: '001',
      accountNo,
    })
  let serial = 0
  return {
    desk,
    async bought(pair, claims) {
      const ids: string[] = []
      for (const claim of claims)
        ids.push(
          await approvedClaim(world, desk, {
            clientId: pair.clientId,
            debtorId: pair.debtorId,
            contractId: pair.contractId,
            dueOn: '2026-08-31',
            ...claim,
          }),
        )
      const purchase = await world.done(desk.operations, purchaseReceivablesCommand, {
        receivableIds: ids,
      })
      await world.db.transaction().execute(async tx => {
        const context = world.executor.context(tx, desk.accounting, 'test')
        await fundPurchase(context, purchase.id, '2026-07-13')
        await context.record({ verb: 'test_funded', subjects: [{ kind: 'purchase', id: purchase.id }] })
      })
      return { ids, purchase }
    },
    async deposited(amountYen, payerKana, bookedOn, accountNo = '7654321') {
      serial++
      const content = writeTransactionsFile([
        {
          createdOn: bookedOn,
          from: bookedOn,
          to: bookedOn,
          bankCode: '0001',
          branchCode: '001',
          accountType: 'ordinary',
          accountNo,
          accountName: 'ｶ)ｼﾞｼﾔ',
          openingYen: serial,
          lines: [
            {
              bookedOn,
              direction: 'in',
              kind: 'transfer',
              amountYen,
              payerKana,
              payerBank: 'ﾐﾂﾋﾞｼﾕ-ｴﾌｼﾞｴｲ',
              payerBranch: 'ﾎﾝﾃﾝ',
            },
          ],
        },
      ])
      const { fileId } = await world.done(desk.accounting, importStatementCommand, {
        fileName: `${serial}.txt`,
        contentBase64: Buffer.from(content).toString('base64'),
      })
      const { id } = await world.db
        .selectFrom('payment_in as p')
        .innerJoin('bank_line as l', 'l.id', 'p.line_id')
        .select('p.id')
        .where('l.file_id', '=', fileId)
        .executeTakeFirstOrThrow()
      return id
    },
    take: (paymentId, ...lines) =>
      world.done(desk.accounting, accept, {
        paymentId,
        lines: lines.map(([receivableId, yen]) => ({ receivableId, yen })),
      }),
  }
}
