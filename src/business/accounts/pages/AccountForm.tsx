import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { Card, FieldInput, FormSection, FormShell } from '../../../ui/index.ts'
import { useFirstOwn } from '../../customization/web.tsx'
import { ChangeReasonSection, noReason, toReason } from '../../documents/web.tsx'
import { ownAccounts, registerAccount } from '../contract.ts'
import { accountTypeLabels, ownUsageLabels, usageLabels } from '../labels.ts'
import type { AccountUsage } from '../tables.ts'
import { BankChoice } from './BankChoice.tsx'

const options = (labels: Record<string, string>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }))

/** A virtual account is registered with the company that pays in to it. */
const { virtual: _, ...ownUsages } = ownUsageLabels

/** The form of one account; `partyId` null: an account of the own company. */
export function AccountForm({ partyId, home }: { partyId: string | null; home: string }) {
  const follow = useFollow()
  const [usage, setUsage] = useState<string | null>(partyId ? 'payout' : 'remit_from')
  const [bankCode, setBankCode] = useState('')
  const [branchCode, setBranchCode] = useState('')
  const [accountType, setAccountType] = useState<string | null>('1')
  const [accountNo, setAccountNo] = useState('')
  const [yucho, setYucho] = useState({ symbol: '', number: '' })
  const [holder, setHolder] = useState({ kana: '', name: '' })
  const [reason, setReason] = useState(noReason)
  const register = useCommand(registerAccount, {
    onDone: () => follow(home),
    onPending: answer => follow(`/change-requests/${answer.changeRequestId}`),
  })
  const ownFields = useFirstOwn('bank_account')
  const own = useApi(ownAccounts, {}, { enabled: partyId === null })
  const isFurther =
    own.state === 'ready' &&
    own.value.accounts.some(account => account.usage === usage && !account.validTo && !account.blockReason)
  const post = bankCode === '9900'
  const missing = !bankCode
    ? '金融機関を選んでください。'
    : !holder.kana.trim()
      ? '口座名義（カナ）を入力してください。'
      : ownFields.missing
  return (
    <Card title="口座の内容">
      <FormShell
        label="口座の登録"
        loading={ownFields.loading}
        submitError={register.problem}
        submitting={register.running}
        submitLabel="登録する"
        submitDisabledReason={missing}
        onSubmit={() =>
          register.run({
            partyId,
            usage: usage as AccountUsage,
            bankCode,
            branchCode: post && yucho.symbol ? null : branchCode || null,
            accountType: accountType as '1' | '2' | '4' | '9',
            accountNo: post && yucho.symbol ? null : accountNo || null,
            yuchoSymbol: post ? yucho.symbol || null : null,
            yuchoNumber: post ? yucho.number || null : null,
            holderKana: holder.kana,
            holderName: holder.name || holder.kana,
            custom: ownFields.custom,
            ...(reason.reasonText ? { change: toReason(reason) } : {}),
          })
        }
        onCancel={() => follow(home)}
        dirty={bankCode !== '' || accountNo !== '' || ownFields.dirty}
        draft={{ state: 'off' }}
        footnote={
          partyId
            ? '使用中の支払先口座がある場合は変更の申請になり、理由と裏付け資料が必要です。承認後24時間が過ぎ、登録済みの番号への折り返し確認が済むまで、支払に使えません。'
            : `振込ファイルの出金口座と、入出金明細を取り込む口座になります。名義は銀行に届け出たカナのとおりに入力してください。${isFurther ? '同じ用途の口座がすでにあるため、変更の申請になり、もう一人の承認が必要です。' : ''}`
        }
      >
        <FormSection title="どの口座か">
          <FieldInput
            field={{
              name: 'usage',
              type: 'choice',
              label: '用途',
              required: true,
              options: options(partyId ? usageLabels : ownUsages),
            }}
            value={usage}
            onChange={setUsage}
          />
          <BankChoice label="金融機関" value={bankCode} onChange={setBankCode} />
          {post ? (
            <>
              <FieldInput
                field={{ name: 'yuchoSymbol', type: 'code', label: '記号', example: '10170' }}
                value={yucho.symbol}
                onChange={symbol => setYucho({ ...yucho, symbol })}
              />
              <FieldInput
                field={{ name: 'yuchoNumber', type: 'code', label: '番号', example: '12345671' }}
                value={yucho.number}
                onChange={number => setYucho({ ...yucho, number })}
              />
            </>
          ) : (
            <>
              <BankChoice label="支店" bankCode={bankCode} value={branchCode} onChange={setBranchCode} />
              <FieldInput
                field={{
                  name: 'accountType',
                  type: 'choice',
                  label: '預金種目',
                  required: true,
                  options: options(accountTypeLabels),
                }}
                value={accountType}
                onChange={setAccountType}
              />
              <FieldInput
                field={{
                  name: 'accountNo',
                  type: 'code',
                  label: '口座番号',
                  required: true,
                  example: '1234567',
                }}
                value={accountNo}
                onChange={setAccountNo}
              />
            </>
          )}
        </FormSection>
        <FormSection title="名義">
          <FieldInput
            field={{
              name: 'holderKana',
              type: 'kana',
              label: '口座名義（カナ）',
              required: true,
              help: '通帳のとおりに入力します。銀行の半角カナへは自動で変換します。',
              example: 'カ）マルマルショウジ',
            }}
            value={holder.kana}
            onChange={kana => setHolder({ ...holder, kana })}
          />
          <FieldInput
            field={{ name: 'holderName', type: 'text', label: '口座名義（漢字）' }}
            value={holder.name}
            onChange={name => setHolder({ ...holder, name })}
          />
        </FormSection>
        {ownFields.section}
        {(partyId || isFurther) && (
          <ChangeReasonSection
            record={partyId ? { kind: 'party', id: partyId } : null}
            value={reason}
            onChange={part => setReason({ ...reason, ...part })}
          />
        )}
      </FormShell>
    </Card>
  )
}
