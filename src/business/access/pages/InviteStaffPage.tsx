import { useState } from 'react'
import { useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { FieldInput, FormSection, FormShell, PageHeader } from '../../../ui/index.ts'
import { inviteStaff } from '../contract.ts'

/** Registers somebody and opens their page, where the link or the state of the mail is shown. */
export default function InviteStaffPage() {
  const follow = useFollow()
  const [displayName, setName] = useState('')
  const [email, setEmail] = useState('')
  const [endsOn, setEndsOn] = useState<string | null>(null)
  const invite = useCommand(inviteStaff, { onDone: ({ staffId }) => follow(`/staff/${staffId}`) })
  return (
    <>
      <PageHeader
        title="ユーザーを招待"
        detail="招待の後で、ユーザーの画面から役割の付与を申請します。"
        crumbs={[{ label: 'ユーザーと役割', href: '/staff' }]}
      />
      <FormShell
        label="ユーザーの招待"
        loading={false}
        submitError={invite.problem}
        submitting={invite.running}
        submitLabel="招待する"
        submitDisabledReason={
          displayName.trim() === '' || email.trim() === '' ? '氏名とメールアドレスを入力してください。' : null
        }
        onSubmit={() => invite.run({ displayName, email: email.trim(), endsOn })}
        onCancel={() => follow('/staff')}
        dirty={displayName !== '' || email !== ''}
        draft={{ state: 'off' }}
      >
        <FormSection title="ユーザー">
          <FieldInput
            field={{
              name: 'displayName',
              type: 'text',
              label: '氏名',
              required: true,
              maxLength: 100,
              example: '佐藤 直子',
              why: '変更履歴や承認の記録に、この名前で残ります。',
            }}
            value={displayName}
            onChange={setName}
          />
          <FieldInput
            field={{
              name: 'email',
              type: 'email',
              label: 'メールアドレス',
              required: true,
              example: 'sato@example.co.jp',
              help: 'ログインに使います。一人に一つ、共有のアドレスは使わないでください。',
            }}
            value={email}
            onChange={setEmail}
          />
          <FieldInput
            field={{
              name: 'endsOn',
              type: 'date',
              label: '利用期限',
              help: '契約期間が決まっている人と外部委託先は、最終日を入力します。翌日から使えなくなります。',
            }}
            value={endsOn}
            onChange={setEndsOn}
          />
        </FormSection>
      </FormShell>
    </>
  )
}
