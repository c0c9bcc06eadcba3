import { Button, QRCode } from 'antd'
import { useState } from 'react'
import { startSecondFactor, verifyCode } from '../sign-in-contract.ts'
import { plainDigits } from './CodeForm.tsx'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { useAsk } from './use-ask.ts'

interface Begun {
  uri: string
  key: string
  recoveryCodes: string[]
}

/** Password, then the key for the app, then the first code, then the recovery codes to keep. */
export function SecondFactorSetup({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [begun, setBegun] = useState<Begun | null>(null)
  const [confirmed, setConfirmed] = useState(false)
  const start = useAsk(startSecondFactor)
  if (begun && confirmed) return <RecoveryCodes codes={begun.recoveryCodes} onDone={onDone} />
  if (begun) return <ScanAndConfirm begun={begun} onConfirmed={() => setConfirmed(true)} />
  const begin = async () => {
    const answer = await start.ask({ password })
    if (answer) setBegun(answer)
  }
  return (
    <EntranceForm
      label="二段階認証の開始"
      submitLabel="設定を始める"
      running={start.running}
      problem={start.problem}
      ready={password !== ''}
      onSubmit={() => void begin()}
    >
      <EntranceField
        label="パスワード"
        kind="password"
        value={password}
        onChange={setPassword}
        note="本人であることを確認します。"
        autoFocus
      />
    </EntranceForm>
  )
}

function ScanAndConfirm({ begun, onConfirmed }: { begun: Begun; onConfirmed: () => void }) {
  const [code, setCode] = useState('')
  const verify = useAsk(verifyCode)
  const send = async () => {
    if (await verify.ask({ code: plainDigits(code) })) onConfirmed()
  }
  return (
    <>
      <div className="second-factor-setup">
        <div className="second-factor-code" role="img" aria-label="認証アプリで読み取るQRコード">
          <div aria-hidden="true">
            <QRCode
              value={begun.uri}
              type="svg"
              size={152}
              bordered={false}
              color="#000000"
              bgColor="#ffffff"
            />
          </div>
        </div>
        <div>
          <p>認証アプリ（Google Authenticator、Microsoft Authenticator など）で読み取ってください。</p>
          <p className="ui-faint" style={{ marginTop: 8 }}>
            読み取れない場合は、次のキーを入力します。
          </p>
          <code className="second-factor-key">{begun.key.match(/.{1,4}/g)?.join(' ')}</code>
          <Button size="small" onClick={() => void navigator.clipboard.writeText(begun.key)}>
            キーをコピー
          </Button>
        </div>
      </div>
      <EntranceForm
        label="最初のコード"
        submitLabel="コードを確認する"
        running={verify.running}
        problem={verify.problem}
        ready={/^[0-9]{6}$/.test(plainDigits(code))}
        onSubmit={() => void send()}
      >
        <EntranceField
          label="アプリに表示された6桁のコード"
          kind="code"
          value={code}
          onChange={setCode}
          autoFocus
        />
      </EntranceForm>
    </>
  )
}
