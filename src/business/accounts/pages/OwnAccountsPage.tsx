import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Card, EmptyState, Loaded, PageHeader, Stack } from '../../../ui/index.ts'
import { ownAccounts } from '../contract.ts'
import { type AccountDialog, AccountDialogs } from './AccountDialogs.tsx'
import { OneAccount } from './OneAccount.tsx'
import { VirtualAccounts } from './VirtualAccounts.tsx'

/** 自社口座: what the bank's files are paid from and whose statements are taken in. */
export default function OwnAccountsPage() {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const accounts = useApi(ownAccounts, {})
  const [dialog, setDialog] = useState<AccountDialog | null>(null)
  return (
    <Stack>
      <PageHeader
        title="自社口座"
        detail="振込ファイルの出金元と、入出金明細を取り込む口座です。"
        actions={
          <ActionButton
            kind="primary"
            disabledReason={whyNot('accounts.registerOwn')}
            onClick={() => follow('/own-accounts/new')}
          >
            自社口座を登録
          </ActionButton>
        }
      />
      <Card title="口座">
        <Loaded from={accounts} rows={6}>
          {({ accounts: rows }) =>
            rows.length === 0 ? (
              <EmptyState
                title="自社口座はまだ登録されていません"
                hint="経理の担当者が、支払用と入金用の口座を登録します。登録すると、振込ファイルの作成と明細の取り込みができるようになります。"
              />
            ) : (
              <Stack>
                {rows.map(row => (
                  <OneAccount key={row.id} account={row} own onDialog={setDialog} />
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Card>
      <VirtualAccounts />
      <AccountDialogs dialog={dialog} partyId="" onClose={() => setDialog(null)} />
    </Stack>
  )
}
