import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { signInInfo } from '../contract.ts'
import { roleLabels } from '../labels.ts'
import { signIn } from '../sign-in-contract.ts'
import { CodeForm } from './CodeForm.tsx'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'
import { useAsk } from './use-ask.ts'

interface SignInPageProps {
  onDone: () => void
  /** The sign-in ran out while somebody was working. */
  interrupted: boolean
}

/** E-mail and password, then the code when one is set up; in the demo every login is one click away. */
export function SignInPage({ onDone, interrupted }: SignInPageProps) {
  const info = useQuery({
    queryKey: [signInInfo.name],
    queryFn: () => call(signInInfo, {}),
    staleTime: 60_000,
  })
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<'password' | 'code'>('password')
  const door = useAsk(signIn)
  useEffect(() => {
    document.title = 'ログイン｜台帳'
  }, [])
  const enter = async (as: { email: string; password: string }) => {
    const answer = await door.ask(as)
    if (!answer) return
    setPassword('')
    if (answer.next === 'code') setStep('code')
    else onDone()
  }
  const companyName = info.data?.companyName ?? null
  if (step === 'code')
    return (
      <EntranceFrame title="本人確認コード" companyName={companyName}>
        <CodeForm onDone={onDone} onBack={() => setStep('password')} />
      </EntranceFrame>
    )
  const logins = info.data?.demoLogins ?? []
  return (
    <EntranceFrame
      title="ログイン"
      companyName={companyName}
      lead={
        interrupted ? (
          <p>
            しばらく操作がなかったため、ログインが終了しました。ログインし直すと、入力中の画面に戻ります。
          </p>
        ) : info.data?.practice ? (
          <p className="entrance-practice">
            練習用の会社です。本番の台帳とは別のもので、操作は本番に影響しません。
          </p>
        ) : undefined
      }
      aside={
        logins.length > 0 ? (
          <DemoLogins logins={logins} running={door.running} onChoose={login => void enter(login)} />
        ) : undefined
      }
    >
      <EntranceForm
        label="ログイン"
        submitLabel="ログイン"
        running={door.running}
        problem={door.problem}
        ready={email.trim() !== '' && password !== ''}
        onSubmit={() => void enter({ email, password })}
        foot={
          <p className="ui-faint">
            パスワードを忘れた場合や、ログインできない場合は、社内のシステム管理者に連絡してください。
          </p>
        }
      >
        <EntranceField label="メールアドレス" kind="email" value={email} onChange={setEmail} autoFocus />
        <EntranceField label="パスワード" kind="password" value={password} onChange={setPassword} />
      </EntranceForm>
    </EntranceFrame>
  )
}

interface DemoLoginsProps {
  logins: readonly {
    email: string
    password: string
    name: string
    roles: readonly (keyof typeof roleLabels)[]
  }[]
  running: boolean
  onChoose: (login: { email: string; password: string }) => void
}

function DemoLogins({ logins, running, onChoose }: DemoLoginsProps) {
  return (
    <aside className="entrance-aside" aria-label="体験版のログイン">
      <h2>体験版：この担当者として入る</h2>
      <p className="ui-faint">
        架空の会社のデータで、すべての役割を試せます。承認には申請した人とは別の担当者が必要です。パスワードは共通で「
        {logins[0]?.password}」です。
      </p>
      <ul className="entrance-logins">
        {logins.map(login => (
          <li key={login.email}>
            <button
              type="button"
              disabled={running}
              onClick={() => onChoose({ email: login.email, password: login.password })}
            >
              <span>{login.name}</span>
              <span className="entrance-role">{login.roles.map(role => roleLabels[role]).join('・')}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}
