import { sql } from 'kysely'
import type { z } from 'zod'
import { mayDo } from '../../platform/commands/actor.ts'
import { type CommandContext, type CriticalChange, defineCommand } from '../../platform/commands/command.ts'
import { refuseDayOutside, refuseFutureDays } from '../../platform/commands/days.ts'
import { Refusal, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { askedOf } from '../approvals/index.ts'
import { applyFirst, decideFirst, eventValues, requestItems } from '../customization/index.ts'
import { lockParty } from '../parties/index.ts'
import {
  answerDepositTest,
  blockAccount,
  registerAccount,
  sendDepositTest,
  verifyAccount,
} from './contract.ts'
import { holderMatchLabels, resultLabels, usageLabels, verificationLabels } from './labels.ts'
import { lockAccount, subjectsOf } from './records.ts'
import { matchHolder, type StoredAccount, storedAccount } from './rules.ts'
import './tables.ts'
import { refuseTakenNumber } from './virtual.ts'

const COOLING_MS = 24 * 3_600_000

type Register = z.output<typeof registerAccount.input>

/**
 * Registers an account; replacing a payout account in force is the change which must never be silent: two people, then a wait. Two
 * people also add an account of our own beside one of the same use.
 */
export const register = defineCommand(registerAccount, {
  constraints: { bank_account_once: 'account_must_be_new', bank_account_one_payout: 'account_must_be_new' },
  async critical(context, input): Promise<CriticalChange | null> {
    const account = checked(context, input)
    const party = input.partyId ? await lockParty(context, input.partyId) : null
    const standing = (await replacedBy(context, input)) ?? (await ownBeside(context, input))
    if (!standing) return null
    const own = await ownValuesOf(context, input, newId())
    const said = (row: { bank: string; branch: string; last: string; holder: string }) =>
      `${row.bank} ${row.branch} ●●●●${row.last} ${row.holder}`
    return {
      subject: party ? { kind: 'party', id: party.id } : { kind: 'bank_account', id: standing.id },
      related: [{ kind: 'bank_account', id: standing.id }],
      summary: party
        ? `${usageLabels[input.usage]}口座の変更　${party.legal_name}`
        : `自社口座の追加　${usageLabels[input.usage]}`,
      readSet: [{ table: 'bank_account', id: standing.id, version: standing.row_version }],
      items: [
        {
          field: 'account',
          label: '口座',
          old: said({
            bank: standing.bank_name,
            branch: standing.branch_name,
            last: standing.account_no_last,
            holder: standing.holder_kana,
          }),
          new: said({
            bank: account.bankName,
            branch: account.branchName,
            last: account.accountNo.slice(-3),
            holder: account.holderKana,
          }),
        },
        { field: 'accountNo', label: '口座番号', old: null, new: account.accountNo, sensitive: true },
        {
          field: 'holderMatch',
          label: '名義の照合',
          old: holderMatchLabels[standing.holder_match],
          new: holderMatchLabels[
            party ? matchHolder(account.holderKana, party.legal_name_kana, party.legal_name) : 'equal'
          ],
        },
        ...requestItems(own.items),
      ],
      // Of an account of our own there is no record yet to file a paper with.
      evidenceRequired: party !== null,
      approve: input.partyId ? 'accounts.approveChange' : 'accounts.approveOwn',
    }
  },
  async run(context, input) {
    const id = newId()
    return registered(context, input, id, await ownValuesOf(context, input, id))
  },
})

/** Writes an account with own values that were decided; null: whoever calls gives it those by itself, as an import does. */
export async function registered(
  context: CommandContext,
  input: Register,
  id: Id,
  own: Awaited<ReturnType<typeof ownValuesOf>> | null,
): Promise<{ id: Id; sharedWithOthers: boolean }> {
  const { tx, actor, now, today, keys } = context
  const account = checked(context, input)
  const party = input.partyId ? await lockParty(context, input.partyId) : null
  const standing = await replacedBy(context, input)
  if (standing)
    await tx
      .updateTable('bank_account')
      .set({ valid_to: today, row_version: sql`row_version + 1` })
      .where('id', '=', standing.id)
      .execute()
  const hash = accountHash(context, account)
  if (input.usage === 'virtual' && input.partyId)
    await refuseTakenNumber(context, { hash, partyId: input.partyId })
  await tx
    .insertInto('bank_account')
    .values({
      id,
      party_id: input.partyId,
      usage: input.usage,
      bank_code: account.bankCode,
      bank_name: account.bankName,
      branch_code: account.branchCode,
      branch_name: account.branchName,
      account_type: account.accountType,
      account_no_sealed: await keys.seal(tx, input.partyId ?? id, account.accountNo),
      account_no_last: account.accountNo.slice(-3),
      account_hash: hash,
      yucho_symbol: input.yuchoSymbol?.replace(/-.*/, '') ?? null,
      yucho_number: input.yuchoNumber ?? null,
      holder_kana: account.holderKana,
      holder_name: input.holderName,
      holder_match: party
        ? matchHolder(account.holderKana, party.legal_name_kana, party.legal_name)
        : 'equal',
      verification: null,
      verified_on: null,
      verified_by: null,
      verification_approved_by: null,
      cooling_until:
        standing && input.usage === 'payout' ? new Date(now.getTime() + COOLING_MS).toISOString() : null,
      asked_at: (await askedOf(tx, context.approval))?.requestedAt ?? null,
      callback_required: standing !== undefined && input.usage === 'payout',
      released_on: null,
      blocked_at: null,
      block_reason: null,
      valid_from: today,
      valid_to: null,
      replaces: standing?.id ?? null,
      registered_by: actor.id,
      recorded_at: now.toISOString(),
    })
    .execute()
  if (own) await applyFirst(context, own)
  const others = await otherParties(context, hash, input.partyId)
  await context.record({
    verb: standing ? 'account_replaced' : 'account_registered',
    subjects: [
      { kind: 'bank_account', id },
      ...(standing ? [{ kind: 'bank_account', id: standing.id }] : []),
      ...(input.partyId ? [{ kind: 'party', id: input.partyId }] : []),
      ...others.map(other => ({ kind: 'party', id: other })),
    ],
    after: {
      ...eventValues(own?.items ?? [], 'newText'),
      usage: input.usage,
      bank: account.bankCode,
      branch: account.branchCode,
      last: account.accountNo.slice(-3),
    },
    facts: {
      summary: `${usageLabels[input.usage]} ${account.bankName} ${account.branchName} ●●●●${account.accountNo.slice(-3)}`,
      sharedWithOthers: others.length > 0,
    },
    ...(input.change ? { reason: input.change.reasonText, evidence: input.change.evidence } : {}),
  })
  return { id, sharedWithOthers: others.length > 0 }
}

/** Verification is two people's word, whatever the result; the first who may be asked is whoever saw the passbook. */
export const verify = defineCommand(verifyAccount, {
  async critical(context, input): Promise<CriticalChange> {
    refuseFutureDays(context.today, { field: 'verifiedOn', day: input.verifiedOn })
    const account = await lockAccount(context, input.accountId)
    await refuseWrongTest(context, input)
    return {
      subject: account.party_id
        ? { kind: 'party', id: account.party_id }
        : { kind: 'bank_account', id: account.id },
      related: [{ kind: 'bank_account', id: account.id }],
      summary: `口座の確認　${account.bank_name} ${account.branch_name} ●●●●${account.account_no_last} ${account.holder_kana}`,
      readSet: [{ table: 'bank_account', id: account.id, version: account.row_version }],
      items: [
        {
          field: 'verificationResult',
          label: '確認結果',
          old: resultLabels[account.verification_result] ?? '',
          new: resultLabels[input.result] ?? '',
        },
        { field: 'method', label: '確認方法', old: null, new: verificationLabels[input.method] },
        {
          field: 'holderMatch',
          label: '名義の照合',
          old: null,
          new: holderMatchLabels[account.holder_match],
        },
        { field: 'verifiedOn', label: '確認日', old: account.verified_on, new: input.verifiedOn },
      ],
      evidenceRequired: input.method === 'document',
      approve: 'accounts.approveVerification',
    }
  },
  async run(context, input) {
    const { tx, approval } = context
    const account = await lockAccount(context, input.accountId)
    await refuseWrongTest(context, input)
    if (!approval) throw new Error('an account is verified by two people only')
    await tx
      .updateTable('bank_account')
      .set({
        verification: input.method,
        verification_result: input.result,
        verified_on: input.verifiedOn,
        verified_by: approval.requestedBy,
        verification_approved_by: approval.approvedBy,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', account.id)
      .execute()
    await context.record({
      verb: input.result === 'confirmed' ? 'account_verified' : 'account_verification_failed',
      subjects: subjectsOf(account),
      before: { result: account.verification_result },
      after: { result: input.result, method: input.method, verifiedOn: input.verifiedOn },
      facts: { summary: `${verificationLabels[input.method]}：${resultLabels[input.result]}` },
      reason: input.change.reasonText,
      evidence: input.change.evidence,
    })
    return { id: account.id }
  },
})

export const block = defineCommand(blockAccount, {
  async run(context, input) {
    const account = await lockAccount(context, input.accountId)
    refuseUnless(account.blocked_at === null, 'account_must_not_be_blocked')
    await context.tx
      .updateTable('bank_account')
      .set({
        blocked_at: context.now.toISOString(),
        block_reason: input.reason,
        row_version: sql`row_version + 1`,
      })
      .where('id', '=', account.id)
      .execute()
    await context.record({ verb: 'account_blocked', subjects: subjectsOf(account), reason: input.reason })
    return { id: account.id }
  },
})

export const sendTest = defineCommand(sendDepositTest, {
  async run(context, input) {
    const { tx, actor } = context
    refuseFutureDays(context.today, { field: 'sentOn', day: input.sentOn })
    const account = await lockAccount(context, input.accountId)
    const id = newId()
    await tx
      .insertInto('deposit_test')
      .values({
        id,
        account_id: account.id,
        sent_yen: input.sentYen,
        sent_on: input.sentOn,
        sent_by: actor.id,
        answered_yen: null,
        answered_on: null,
        answered_by: null,
      })
      .execute()
    // The sum is what the holder must tell; it does not stand in the history they could be read from.
    await context.record({
      verb: 'deposit_test_sent',
      subjects: subjectsOf(account),
      after: { sentOn: input.sentOn },
    })
    return { id }
  },
})

export const answerTest = defineCommand(answerDepositTest, {
  async run(context, input) {
    const { tx, actor } = context
    const account = await lockAccount(context, input.accountId)
    const test = await latestTest(context, account.id)
    refuseUnless(test !== undefined && test.answered_on === null, 'test_must_be_waiting')
    refuseDayOutside(
      { field: 'answeredOn', day: input.answeredOn },
      { from: test.sent_on, to: context.today },
    )
    await tx
      .updateTable('deposit_test')
      .set({ answered_yen: input.answeredYen, answered_on: input.answeredOn, answered_by: actor.id })
      .where('id', '=', test.id)
      .execute()
    const right = test.sent_yen === input.answeredYen
    await context.record({
      verb: 'deposit_test_answered',
      subjects: subjectsOf(account),
      after: { right, answeredOn: input.answeredOn },
    })
    return { id: test.id, right }
  },
})

export const commands = [register, verify, block, sendTest, answerTest]

function ownValuesOf(context: CommandContext, input: Register, id: Id) {
  const record = { kind: 'bank_account' as const, id, dataSubjectId: input.partyId ?? id }
  return decideFirst(context, record, input.custom)
}

function checked({ actor }: CommandContext, input: Register): StoredAccount {
  refuseUnless(
    input.partyId !== null || mayDo(actor, 'accounts.registerOwn'),
    'own_account_must_be_set_by_accounting',
    {
      kind: 'forbidden',
    },
  )
  refuseUnless(input.usage !== 'virtual' || input.partyId !== null, 'virtual_account_must_have_its_company', {
    kind: 'invalid',
    field: 'partyId',
  })
  const { account, reasons } = storedAccount(input)
  refuseAll(reasons, 'invalid')
  if (!account) throw new Refusal('invalid', [{ code: 'account_number_must_be_valid' }])
  return account
}

/** The account that the new one takes the place of: a client's payout account; other usages may stand side by side. */
async function replacedBy({ tx }: CommandContext, input: Register) {
  if (input.usage !== 'payout' || input.partyId === null) return undefined
  return tx
    .selectFrom('bank_account')
    .selectAll()
    .where('party_id', '=', input.partyId)
    .where('usage', '=', 'payout')
    .where('valid_to', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

/** An own account in force for the same use: a further one says where money may come from or go to, so two people say it. */
async function ownBeside({ tx }: CommandContext, input: Register) {
  if (input.partyId !== null) return undefined
  return tx
    .selectFrom('bank_account')
    .selectAll()
    .where('party_id', 'is', null)
    .where('usage', '=', input.usage)
    .where('valid_to', 'is', null)
    .where('blocked_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}

async function refuseWrongTest(
  context: CommandContext,
  input: z.output<typeof verifyAccount.input>,
): Promise<void> {
  if (input.method !== 'small_deposit_test' || input.result !== 'confirmed') return
  const test = await latestTest(context, input.accountId)
  refuseUnless(test !== undefined && test.answered_yen === test.sent_yen, 'test_must_be_answered_rightly')
}

async function latestTest({ tx }: CommandContext, accountId: Id) {
  return tx
    .selectFrom('deposit_test')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function accountHash({ keys }: CommandContext, account: StoredAccount): string {
  return keys.keyedHash(
    'bank-account',
    [account.bankCode, account.branchCode, account.accountType, account.accountNo].join('-'),
  )
}

async function otherParties({ tx }: CommandContext, hash: string, partyId: Id | null): Promise<Id[]> {
  const rows = await tx
    .selectFrom('bank_account')
    .select('party_id')
    .distinct()
    .where('account_hash', '=', hash)
    .where('valid_to', 'is', null)
    .execute()
  return rows.flatMap(row => (row.party_id && row.party_id !== partyId ? [row.party_id] : []))
}
