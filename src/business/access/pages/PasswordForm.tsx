import { useState } from 'react'
import { changePassword } from '../sign-in-contract.ts'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { useAsk } from './use-ask.ts'

/** The own password: the current one, and a new one of twelve characters or more. */
export function PasswordForm({ email, onDone }: { email: string; onDone: () => void }) {
  const [currentPassword, setCurrent] = useState('')
  const [newPassword, setNew] = useState('')
  const door = useAsk(changePassword)
  const send = async () => {
    if (await door.ask({ currentPassword, newPassword })) onDone()
  }
  return (
    <EntranceForm
      label="パスワードの変更"
      submitLabel="パスワードを変更する"
      running={door.running}
      problem={door.problem}
      ready={currentPassword !== '' && [...newPassword].length >= 12}
      onSubmit={() => void send()}
    >
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <EntranceField
        label="現在のパスワード"
        kind="password"
        value={currentPassword}
        onChange={setCurrent}
        autoFocus
      />
      <EntranceField
        label="新しいパスワード"
        kind="new-password"
        value={newPassword}
        onChange={setNew}
        note={`12文字以上。長い文や言葉の組み合わせが安全です。${lengthNote(newPassword)}`}
      />
    </EntranceForm>
  )
}

export function lengthNote(password: string): string {
  const missing = 12 - [...password].length
  if (password === '') return ''
  return missing > 0 ? `あと${missing}文字必要です。` : '長さは十分です。'
}
