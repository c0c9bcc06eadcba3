import { Button } from 'antd'
import { call } from '../../../platform/http/client.ts'
import type { Me } from '../contract.ts'
import { signOut } from '../sign-in-contract.ts'
import { EntranceFrame } from './EntranceFrame.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { SecondFactorSetup } from './SecondFactorSetup.tsx'

/** What must be done after the password and before the work: an own password, then the second factor. */
export function NextStepPage({ me, onDone }: { me: Omit<Me, 'now'>; onDone: () => void }) {
  const first = me.nextStep === 'password_must_be_changed'
  return (
    <EntranceFrame
      title={first ? '新しいパスワードの設定' : '二段階認証の設定'}
      companyName={me.companyName}
      lead={
        <p>
          {me.person.name} さん、
          {first
            ? '仮のパスワードでログインしています。ご自身のパスワードに変更してください。'
            : '業務を始める前に、認証アプリを登録してください。パスワードが漏れても、他人がログインできないようにするためです。'}
        </p>
      }
    >
      {first ? (
        <PasswordForm email={me.person.email} onDone={onDone} />
      ) : (
        <SecondFactorSetup onDone={onDone} />
      )}
      <p style={{ marginTop: 16, textAlign: 'center' }}>
        <Button type="text" onClick={() => void leave()}>
          ログアウト
        </Button>
      </p>
    </EntranceFrame>
  )
}

async function leave(): Promise<void> {
  await call(signOut, {})
  window.location.assign('/')
}
