import { call } from '../../platform/http/client.ts'
import type { OfferedPast } from '../../platform/web/page.ts'
import { accountsOfParty } from './contract.ts'
import { accountTypeLabels, usageLabels } from './labels.ts'

/** Which accounts of a party were in force on a past day, and whether they had been verified by then. */
export const accountsPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'accounts',
    title: '口座',
    order: 400,
    permission: 'accounts.read',
    async facts(partyId, { asOf }, signal) {
      const { accounts } = await call(accountsOfParty, { partyId }, { signal })
      return accounts
        .filter(account => account.validFrom <= asOf && (account.validTo === null || account.validTo > asOf))
        .map(account => ({
          key: account.id,
          label: usageLabels[account.usage],
          value: [
            `${account.bankName} ${account.branchName}`,
            accountTypeLabels[account.accountType],
            `●●●●${account.accountNoLast}`,
            account.holderName,
            account.verifiedOn !== null && account.verifiedOn <= asOf
              ? `確認済（${account.verifiedOn}）`
              : '未確認',
          ].join('　'),
        }))
    },
  },
]
