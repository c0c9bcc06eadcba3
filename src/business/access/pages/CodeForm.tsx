import { useState } from 'react'
import { verifyCode, verifyRecoveryCode } from '../sign-in-contract.ts'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { useAsk } from './use-ask.ts'

/** The second step of signing in: six digits from the app, or one of the recovery codes. */
export function CodeForm({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [way, setWay] = useState<'app' | 'recovery'>('app')
  const [code, setCode] = useState('')
  const app = useAsk(verifyCode)
  const recovery = useAsk(verifyRecoveryCode)
  const door = way === 'app' ? app : recovery
  const send = async () => {
    const answer = await door.ask({ code: way === 'app' ? plainDigits(code) : code.trim() })
    if (answer) onDone()
  }
  const change = (next: 'app' | 'recovery') => {
    setWay(next)
    setCode('')
    app.reset()
    recovery.reset()
  }
  return (
    <EntranceForm
      label="本人確認コード"
      submitLabel="確認する"
      running={door.running}
      problem={door.problem}
      ready={way === 'app' ? /^[0-9]{6}$/.test(plainDigits(code)) : code.trim().length >= 8}
      onSubmit={() => void send()}
      foot={
        <div className="entrance-links">
          <button type="button" onClick={() => change(way === 'app' ? 'recovery' : 'app')}>
            {way === 'app' ? '認証アプリが使えないとき' : '認証アプリのコードを使う'}
          </button>
          <button type="button" onClick={onBack}>
            ログインをやり直す
          </button>
        </div>
      }
    >
      {way === 'app' ? (
        <EntranceField
          key="app"
          label="認証アプリの6桁のコード"
          kind="code"
          value={code}
          onChange={setCode}
          note="スマートフォンの認証アプリに表示されている数字を入力します。"
          autoFocus
        />
      ) : (
        <EntranceField
          key="recovery"
          label="リカバリーコード"
          kind="recovery-code"
          value={code}
          onChange={setCode}
          note="設定時に控えたコードです。1つにつき1回だけ使えます。手元にない場合は、管理者に二段階認証の解除を依頼してください。"
          autoFocus
        />
      )}
    </EntranceForm>
  )
}

/** Full-width digits and spaces come from Japanese keyboards. */
export function plainDigits(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '')
}
