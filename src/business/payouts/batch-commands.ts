import { sql } from 'kysely'
import { type CommandContext, defineCommand } from '../../platform/commands/command.ts'
import { found, type Reason, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { jpBankCalendar } from '../../platform/dates/business-calendar.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { currentCompany } from '../access/index.ts'
import { accountTypeOfDigit, type TransferItem, writeTransferFile } from '../bankformats/index.ts'
import { createBatch, sendBatch } from './contract.ts'
import { claimsOf, hindrancesToPayout, refuseStopped } from './guards.ts'
import {
  handledBy,
  lockPayouts,
  movePayout,
  type Payout,
  refuseDayBeyondReach,
  refuseDealApprover,
  subjectsOf,
} from './records.ts'

/** Writes approved payments into one 総合振込 file; the bytes are kept as they are, with their hash (JR §2.4). */
export const create = defineCommand(createBatch, {
  constraints: { payout_batch_file_hash_key: 'file_must_not_be_sent_twice' },
  async run(context, { payoutIds, fromAccountId, transferOn }) {
    const { tx, actor, now, keys } = context
    await refuseDayBeyondReach(context, transferOn)
    const payouts = await lockPayouts(context, payoutIds)
    refuseUnless(
      payouts.every(payout => payout.state === 'approved'),
      'payouts_must_be_approved',
    )
    refuseDealApprover(context, payouts)
    await refuseStopped(context, payouts)
    await refuseHindered(context, payouts)
    const file = await transferFile(context, payouts, fromAccountId, transferOn)
    const id = newId()
    const { batch_no } = await tx
      .insertInto('payout_batch')
      .values({
        id,
        from_account_id: fromAccountId,
        transfer_on: transferOn,
        item_count: file.count,
        total_yen: file.totalYen,
        file_sealed: await keys.sealBytes(tx, id, Buffer.from(file.bytes)),
        file_hash: file.sha256,
        created_by: actor.id,
        created_at: now.toISOString(),
        sent_by: null,
        sent_at: null,
      })
      .returning('batch_no')
      .executeTakeFirstOrThrow()
    for (const payout of payouts)
      await movePayout(context, payout, 'batched', {
        batch_id: id,
        transfer_on: transferOn,
        handled_by: handledBy(context),
      })
    await context.record({
      verb: 'payout_batch_written',
      subjects: [{ kind: 'payout_batch', id }, ...payouts.flatMap(payout => subjectsOf(payout).slice(0, 1))],
      after: { count: file.count, totalYen: file.totalYen, transferOn },
      facts: {
        summary: `${batch_no} ${file.count}件 ${file.totalYen.toLocaleString('ja-JP')}円`,
        fileHash: file.sha256,
      },
    })
    return { id, batchNo: batch_no, count: file.count, totalYen: file.totalYen, fileHash: file.sha256 }
  },
})

/**
 * Days may lie between the approval and the file. What was blocked, replaced, found or run out since must not be paid, so every guard of
 * the approval is asked once more; the payment is cancelled, or waits until it holds again.
 */
async function refuseHindered(context: CommandContext, payouts: readonly Payout[]): Promise<void> {
  const reasons: Reason[] = []
  for (const payout of payouts) {
    const against = await hindrancesToPayout(context, payout, await claimsOf(context.tx, payout))
    reasons.push(
      ...against.map(reason => ({ ...reason, facts: { ...reason.facts, payoutNo: payout.payout_no } })),
    )
  }
  refuseAll(reasons)
}

async function transferFile(
  context: CommandContext,
  payouts: readonly Payout[],
  fromAccountId: Id,
  transferOn: string,
) {
  const { tx, today } = context
  const company = await currentCompany(tx)
  const code = company?.settings.originatorCode
  refuseUnless(Boolean(code), 'originator_code_must_be_set')
  const accounts = await tx
    .selectFrom('bank_account')
    .selectAll()
    .where('id', 'in', [fromAccountId, ...payouts.map(payout => payout.account_id)])
    .execute()
  const byId = new Map(accounts.map(account => [account.id, account]))
  const own = byId.get(fromAccountId)
  refuseUnless(
    own !== undefined && own.party_id === null && own.valid_to === null && own.blocked_at === null,
    'own_account_must_be_in_force',
    { field: 'fromAccountId' },
  )
  const items: TransferItem[] = []
  for (const payout of payouts) {
    const account = found(byId.get(payout.account_id), 'bank_account')
    items.push({
      ...(await addressOf(context, account)),
      payeeName: account.holder_kana,
      amountYen: payout.amount_yen,
      customerCode1: payout.payout_no.replace(/\D/g, '').padStart(10, '0').slice(-10),
      ...(payout.attempt > 1 ? { customerCode2: String(payout.attempt).padStart(10, '0') } : {}),
    })
  }
  const written = writeTransferFile(
    {
      consignorCode: code ?? '',
      consignorName: own.holder_kana,
      transferOn,
      from: await addressOf(context, own),
      items,
    },
    { createdOn: today, calendar: jpBankCalendar(), separator: 'crlf' },
  )
  if (!written.ok)
    refuseAll(
      written.problems.map(problem => ({
        code: 'transfer_file_must_be_valid',
        message: `${problem.message}${problem.remedy}`,
      })),
      'invalid',
    )
  return found(written.ok ? written.value : null, 'payout_batch')
}

type StoredAccount = {
  bank_code: string
  branch_code: string
  account_type: '1' | '2' | '4' | '9'
  account_no_sealed: string
}

async function addressOf({ tx, keys }: CommandContext, account: StoredAccount) {
  const accountNo = found(await keys.open(tx, account.account_no_sealed), 'bank_account')
  return {
    bankCode: account.bank_code,
    branchCode: account.branch_code,
    accountType: found(accountTypeOfDigit(account.account_type), 'bank_account'),
    accountNo,
  }
}

/** The file went to the bank. From here on only the bank's answer moves the payments; nothing is sent twice. */
export const send = defineCommand(sendBatch, {
  async run(context, { batchId }) {
    const { tx, actor, now } = context
    const batch = found(
      await tx
        .selectFrom('payout_batch')
        .select(['id', 'batch_no', 'sent_at'])
        .where('id', '=', batchId)
        .forUpdate()
        .executeTakeFirst(),
      'payout_batch',
    )
    refuseUnless(batch.sent_at === null, 'file_must_not_be_sent_twice')
    const inFile = await tx.selectFrom('payment_out').select('id').where('batch_id', '=', batch.id).execute()
    const payouts = await lockPayouts(
      context,
      inFile.map(row => row.id),
    )
    refuseDealApprover(context, payouts)
    await refuseStopped(context, payouts)
    for (const payout of payouts)
      await movePayout(context, payout, 'sent', { handled_by: handledBy(context) })
    await tx
      .updateTable('payout_batch')
      .set({ sent_by: actor.id, sent_at: now.toISOString(), row_version: sql`row_version + 1` })
      .where('id', '=', batch.id)
      .execute()
    await context.record({
      verb: 'payout_batch_sent',
      subjects: [
        { kind: 'payout_batch', id: batch.id },
        ...payouts.flatMap(payout => subjectsOf(payout).slice(0, 1)),
      ],
      facts: { summary: `${batch.batch_no} ${payouts.length}件` },
    })
    return { id: batch.id, sent: payouts.length }
  },
})
