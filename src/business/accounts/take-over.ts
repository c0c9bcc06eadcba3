import type { CommandContext } from '../../platform/commands/command.ts'
import { Refusal, refuseAll, refuseUnless } from '../../platform/commands/refusal.ts'
import { type Id, newId } from '../../platform/ids/uuid.ts'
import { accountHash, registered } from './commands.ts'
import { registerAccount } from './contract.ts'
import { storedAccount, type TypedAccount } from './rules.ts'
import type { AccountUsage } from './tables.ts'
import './tables.ts'

/** An account of a party as another system knew it. It stays unverified, and nothing is paid to it, until two people have confirmed it. */
export interface AccountToTakeOver extends TypedAccount {
  partyId: Id
  usage: AccountUsage
  holderName: string
}

export type TakenOverAccount = {
  accountId: Id
  partyId: Id
  outcome: 'new' | 'merged'
  sharedWithOthers: boolean
}

export const accountTakeOverRefusals = {
  payout_account_must_not_be_replaced:
    '別の支払先口座がすでに登録されています。変更は口座の画面で申請してください（2人の確認と待機期間が必要です）。',
  account_must_be_untouched: '取込後に確認・変更されたため、口座を残しました。',
} as const

/**
 * Registers an account of an old system, unverified. The same account in the same use is there already: nothing changes. A payout
 * account in force is never replaced by an import. Refuses by the rules of `registerAccount`.
 */
export async function takeOverAccount(
  context: CommandContext,
  input: AccountToTakeOver,
): Promise<TakenOverAccount> {
  const { tx } = context
  const { account, reasons } = storedAccount(input)
  refuseAll(reasons, 'invalid')
  if (!account) throw new Refusal('invalid', [{ code: 'account_number_must_be_valid', field: 'accountNo' }])
  const standing = await tx
    .selectFrom('bank_account')
    .select(['id', 'account_hash', 'usage'])
    .where('party_id', '=', input.partyId)
    .where('usage', '=', input.usage)
    .where('valid_to', 'is', null)
    .execute()
  const same = standing.find(row => row.account_hash === accountHash(context, account))
  if (same) {
    await context.record({
      verb: 'account_import_matched',
      subjects: [
        { kind: 'bank_account', id: same.id },
        { kind: 'party', id: input.partyId },
      ],
    })
    return { accountId: same.id, partyId: input.partyId, outcome: 'merged', sharedWithOthers: false }
  }
  refuseUnless(input.usage !== 'payout' || standing.length === 0, 'payout_account_must_not_be_replaced', {
    field: 'accountNo',
  })
  const { id, sharedWithOthers } = await registered(
    context,
    registerAccount.input.parse(input),
    newId(),
    null,
  )
  return { accountId: id, partyId: input.partyId, outcome: 'new', sharedWithOthers }
}

/** Takes an account out again; refuses once it was verified, blocked, tested or paid to. */
export async function takeBackAccount(context: CommandContext, taken: TakenOverAccount): Promise<void> {
  if (taken.outcome === 'new') {
    const gone = await context.tx
      .deleteFrom('bank_account')
      .where('id', '=', taken.accountId)
      .where('row_version', '=', 1)
      .returning('id')
      .executeTakeFirst()
    refuseUnless(gone !== undefined, 'account_must_be_untouched')
  }
  await context.record({
    verb: 'account_take_over_reverted',
    subjects: [
      { kind: 'bank_account', id: taken.accountId },
      { kind: 'party', id: taken.partyId },
    ],
  })
}
