import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError, useApi } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateText,
  DateTimeText,
  EmptyState,
  KeyValue,
  Loaded,
  MaskedText,
  Row,
  StatusTag,
  type Tone,
  UiLink,
  type Unmasked,
} from '../../../ui/index.ts'
import { CustomCard } from '../../customization/web.tsx'
import { type Account, accountsOfParty, unmaskAccount } from '../contract.ts'
import {
  accountTypeLabels,
  holderMatchLabels,
  resultLabels,
  usageLabels,
  verificationLabels,
} from '../labels.ts'
import { type AccountDialog, AccountDialogs } from './AccountDialogs.tsx'

const resultTones: Record<Account['verificationResult'], Tone> = {
  pending: 'warning',
  confirmed: 'success',
  failed: 'danger',
  returned: 'danger',
}

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
              rows.map(row => <OneAccount key={row.id} account={row} onDialog={setDialog} />)
            )
          }
        </Loaded>
      </Card>
      <AccountDialogs dialog={dialog} partyId={recordId} onClose={() => setDialog(null)} />
    </>
  )
}

async function unmaskNumber(accountId: string, reason: string): Promise<Unmasked> {
  try {
    return { text: (await call(unmaskAccount, { accountId, reason })).accountNo ?? '（廃棄済）' }
  } catch (error) {
    return { problem: problemOfError(error) }
  }
}

function OneAccount({ account, onDialog }: { account: Account; onDialog: (dialog: AccountDialog) => void }) {
  const whyNot = useWhyNot()
  const current = account.validTo === null
  return (
    <section aria-label={`${usageLabels[account.usage]} ${account.bankName}`}>
      <Row>
        <strong>
          {usageLabels[account.usage]}　{account.bankName} {account.branchName}
        </strong>
        <StatusTag tone={current ? 'accent' : 'neutral'} word={current ? '使用中' : '過去の口座'} />
        <StatusTag
          tone={resultTones[account.verificationResult]}
          word={resultLabels[account.verificationResult] ?? ''}
        />
        {account.recordNo && <StatusTag tone="neutral" word={account.recordNo} />}
        {account.blockReason && <StatusTag tone="danger" word="使用停止" detail={account.blockReason} />}
        {account.coolingUntil && current && <StatusTag tone="waiting" word="変更後の待機期間" />}
      </Row>
      <KeyValue
        items={[
          {
            key: 'number',
            label: '口座番号',
            value: (
              <span>
                {accountTypeLabels[account.accountType]}{' '}
                <MaskedText
                  label="口座番号"
                  masked={`●●●●${account.accountNoLast}`}
                  disabledReason={whyNot('parties.seeSensitive')}
                  unmask={reason => unmaskNumber(account.id, reason)}
                />
              </span>
            ),
          },
          { key: 'holder', label: '名義', value: `${account.holderKana}　${account.holderName}` },
          {
            key: 'match',
            label: '名義の照合',
            value: (
              <StatusTag
                tone={
                  account.holderMatch === 'different'
                    ? 'danger'
                    : account.holderMatch === 'unknown'
                      ? 'warning'
                      : 'success'
                }
                word={holderMatchLabels[account.holderMatch]}
              />
            ),
          },
          {
            key: 'verified',
            label: '確認',
            value: account.verification ? (
              <span>
                {verificationLabels[account.verification]}　<DateText date={account.verifiedOn} />
              </span>
            ) : (
              '未確認'
            ),
          },
          ...(account.coolingUntil
            ? [
                {
                  key: 'cooling',
                  label: '支払に使える日時',
                  value: <DateTimeText at={account.coolingUntil} />,
                },
              ]
            : []),
          {
            key: 'period',
            label: '期間',
            value: `${account.validFrom} 〜 ${account.validTo ?? '現在'}`,
          },
          ...(account.sharedWith.length
            ? [
                {
                  key: 'shared',
                  label: '同じ口座を使う他の顧客',
                  wide: true,
                  value: account.sharedWith.map(other => (
                    <UiLink key={other.partyId} href={`/parties/${other.partyId}?tab=accounts`}>
                      {other.legalName}
                    </UiLink>
                  )),
                },
              ]
            : []),
        ]}
      />
      <CustomCard kind="bank_account" recordId={account.id} quiet />
      {current && (
        <Row>
          <ActionButton
            size="small"
            disabledReason={whyNot('accounts.verify')}
            onClick={() => onDialog({ kind: 'verify', account })}
          >
            確認を申請
          </ActionButton>
          <ActionButton
            size="small"
            disabledReason={whyNot('accounts.verify')}
            onClick={() =>
              onDialog({
                kind: account.depositTest && !account.depositTest.answeredOn ? 'answer' : 'test',
                account,
              })
            }
          >
            {account.depositTest && !account.depositTest.answeredOn ? 'テストの回答を記録' : '小額入金テスト'}
          </ActionButton>
          <ActionButton
            size="small"
            kind="danger"
            disabledReason={account.blockReason ? '既に使用停止です。' : whyNot('accounts.block')}
            onClick={() => onDialog({ kind: 'block', account })}
          >
            使用停止
          </ActionButton>
        </Row>
      )}
    </section>
  )
}
