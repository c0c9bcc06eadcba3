import { call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  DateText,
  DateTimeText,
  KeyValue,
  type KeyValueItem,
  MaskedText,
  Row,
  StatusTag,
  type Tone,
  UiLink,
  type Unmasked,
} from '../../../ui/index.ts'
import { CustomCard } from '../../customization/web.tsx'
import { type Account, unmaskAccount } from '../contract.ts'
import {
  accountTypeLabels,
  callbackResultLabels,
  holderMatchLabels,
  numberOfLabels,
  ownUsageLabels,
  resultLabels,
  usageLabels,
  verificationLabels,
} from '../labels.ts'
import type { AccountDialog } from './AccountDialogs.tsx'

const resultTones: Record<Account['verificationResult'], Tone> = {
  pending: 'warning',
  confirmed: 'success',
  failed: 'danger',
  returned: 'danger',
}

const callbackTones: Record<Account['callbacks'][number]['result'], Tone> = {
  confirmed: 'success',
  denied: 'danger',
  not_reached: 'neutral',
}

async function unmaskNumber(accountId: string, reason: string): Promise<Unmasked> {
  try {
    return { text: (await call(unmaskAccount, { accountId, reason })).accountNo ?? '（廃棄済）' }
  } catch (error) {
    return { problem: problemOfError(error) }
  }
}

/** One account with what was verified and what stands against paying to it; `own`: the company's, which needs no check of the payee. */
export function OneAccount({
  account,
  own = false,
  onDialog,
}: {
  account: Account
  own?: boolean
  onDialog: (dialog: AccountDialog) => void
}) {
  const whyNot = useWhyNot()
  const use = (own && ownUsageLabels[account.usage]) || usageLabels[account.usage]
  const current = account.validTo === null
  return (
    <section aria-label={`${use} ${account.bankName}`}>
      <Row>
        <strong>
          {use}　{account.bankName} {account.branchName}
        </strong>
        <StatusTag tone={current ? 'accent' : 'neutral'} word={current ? '使用中' : '過去の口座'} />
        {!own && (
          <StatusTag
            tone={resultTones[account.verificationResult]}
            word={resultLabels[account.verificationResult] ?? ''}
          />
        )}
        {account.recordNo && <StatusTag tone="neutral" word={account.recordNo} />}
        {account.blockReason && <StatusTag tone="danger" word="使用停止" detail={account.blockReason} />}
        {current && callbackMissing(account) && <StatusTag tone="warning" word="折り返し確認がまだです" />}
        {account.releasedOn && <StatusTag tone="neutral" word="返却済" />}
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
          ...(account.yuchoSymbol
            ? [
                {
                  key: 'yucho',
                  label: 'ゆうちょの記号・番号',
                  value: `${account.yuchoSymbol}　${account.yuchoNumber ?? ''}`,
                },
              ]
            : []),
          ...(own ? [] : checksOf(account)),
          ...(account.coolingUntil
            ? [
                {
                  key: 'cooling',
                  label: '支払に使える日時',
                  value: <DateTimeText at={account.coolingUntil} />,
                },
              ]
            : []),
          ...callbackItems(account),
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
      {!own && <CustomCard kind="bank_account" recordId={account.id} quiet />}
      {current && (
        <Row>
          {!own && (
            <>
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
                {account.depositTest && !account.depositTest.answeredOn
                  ? 'テストの回答を記録'
                  : '小額入金テスト'}
              </ActionButton>
            </>
          )}
          {!own && account.usage === 'payout' && (
            <ActionButton
              size="small"
              disabledReason={whyNot('accounts.verify')}
              onClick={() => onDialog({ kind: 'callback', account })}
            >
              折り返し確認を記録
            </ActionButton>
          )}
          {account.usage === 'virtual' && (
            <ActionButton
              size="small"
              disabledReason={whyNot('accounts.register')}
              onClick={() => onDialog({ kind: 'release', account })}
            >
              返却
            </ActionButton>
          )}
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

function callbackMissing(account: Account): boolean {
  return account.callbackRequired && account.callbacks.every(one => one.result !== 'confirmed')
}

/** The calls that were made: who was called at which number, when, by whom, and what they said. */
function callbackItems(account: Account): KeyValueItem[] {
  return account.callbacks.map(one => ({
    key: one.id,
    label: '折り返し確認',
    wide: true,
    value: (
      <span>
        <StatusTag tone={callbackTones[one.result]} word={callbackResultLabels[one.result]} />
        {`　${numberOfLabels[one.numberOf]} ●●●●${one.numberLast}　${one.person ? `${one.person.name}　` : ''}`}
        <DateTimeText at={one.calledAt} />（{one.calledBy}）{one.note ? `　${one.note}` : ''}
      </span>
    ),
  }))
}

/** Whether the holder is the party, and what two people have seen of it. */
function checksOf(account: Account): KeyValueItem[] {
  return [
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
          {account.verifiedBy ? `　${account.verifiedBy}・${account.approvedBy}` : ''}
        </span>
      ) : (
        '未確認'
      ),
    },
  ]
}
