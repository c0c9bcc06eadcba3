import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { searchBanks, searchBranches } from '../bankformats/index.ts'
import { callBack } from './callback.ts'
import { commands as ofAccounts } from './commands.ts'
import { accountsOfParty, findBanks, ownAccounts, unmaskAccount, virtualAccounts } from './contract.ts'
import { accountInReach, accountsOf, unmask } from './queries.ts'
import { release, virtualAccountsOf } from './virtual.ts'

const commands = [...ofAccounts, callBack, release]

/** 口座台帳: bank accounts, ours and theirs, dated, verified, changed by two people. */
export const accounts: Slice = {
  name: 'accounts',
  permissions: [
    {
      code: 'accounts.read',
      label: '口座を見る（番号は下3桁）',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'accounts.register',
      label: '口座を登録する・変更を申請する',
      roles: ['sales', 'operations', 'accounting'],
    },
    { code: 'accounts.registerOwn', label: '自社の口座を登録する', roles: ['accounting'] },
    {
      code: 'accounts.verify',
      label: '口座の確認を申請する・小額入金テストを行う',
      roles: ['operations', 'accounting'],
    },
    {
      code: 'accounts.block',
      label: '口座を使用停止にする',
      roles: ['operations', 'accounting', 'compliance', 'manager'],
    },
    { code: 'accounts.approveChange', label: '口座の変更を承認する', roles: ['compliance', 'manager'] },
    { code: 'accounts.approveOwn', label: '自社口座の変更を承認する', roles: ['manager'] },
    { code: 'accounts.approveVerification', label: '口座の確認を承認する', roles: ['compliance', 'manager'] },
  ],
  commands,
  records: [{ kind: 'bank_account', read: 'accounts.read', find: accountInReach }],
  routes: ({ keys }) => [
    answerQuery(accountsOfParty, (context, { partyId }) => accountsOf(context, partyId)),
    answerQuery(ownAccounts, context => accountsOf(context, null)),
    answerQuery(virtualAccounts, virtualAccountsOf),
    answerQuery(unmaskAccount, (context, { accountId }) => unmask(keys, context, accountId)),
    answerQuery(findBanks, async (_context, { text, bankCode }) => {
      const rows = bankCode ? searchBranches(bankCode, text) : searchBanks(text)
      return { body: { rows: rows.map(({ code, name, kana }) => ({ code, name, kana })) }, seen: [] }
    }),
    ...commands.map(runCommand),
  ],
}

export {
  answerTest as answerDepositTestCommand,
  block as blockAccountCommand,
  register as registerAccountCommand,
  sendTest as sendDepositTestCommand,
  verify as verifyAccountCommand,
} from './commands.ts'
export { payableFactsOf, payoutAccount } from './queries.ts'
export { hindrancesToPay, type PayableFacts } from './rules.ts'
export {
  type AccountToTakeOver,
  accountTakeOverRefusals,
  type TakenOverAccount,
  takeBackAccount,
  takeOverAccount,
} from './take-over.ts'
