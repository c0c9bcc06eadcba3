import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, EmptyState, Loaded, Stack } from '../../../ui/index.ts'
import { accountsOfParty } from '../contract.ts'
import { type AccountDialog, AccountDialogs } from './AccountDialogs.tsx'
import { OneAccount } from './OneAccount.tsx'

/** A party's accounts, in force first, each with what was verified and what stands against paying to it. */
export default function AccountsTab({ recordId }: { recordId: string }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const accounts = useApi(accountsOfParty, { partyId: recordId })
  const [dialog, setDialog] = useState<AccountDialog | null>(null)
  const register = (
    <ActionButton
      kind="primary"
      disabledReason={whyNot('accounts.register')}
      onClick={() => follow(`/parties/${recordId}/accounts/new`)}
    >
      口座を登録・変更
    </ActionButton>
  )
  return (
    <>
      <Card title="口座" actions={register}>
        <Loaded from={accounts} rows={6}>
          {({ accounts: rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="口座はまだ登録されていません"
                hint="支払先口座を登録し、通帳の写しなどで2人が確認すると、支払に使えるようになります。"
              />
            ) : (
              <Stack>
                {rows.map(row => (
                  <OneAccount key={row.id} account={row} onDialog={setDialog} />
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Card>
      <AccountDialogs dialog={dialog} partyId={recordId} onClose={() => setDialog(null)} />
    </>
  )
}
