import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import {
  ActionButton,
  Card,
  DateTimeText,
  Loaded,
  Notice,
  PageHeader,
  ScrollBox,
  useSay,
} from '../../../ui/index.ts'
import { mySignIns, revokeOwnSignIn } from '../contract.ts'
import { attemptKindLabels } from '../labels.ts'
import { newRecoveryCodes, revokeOtherSignIns } from '../sign-in-contract.ts'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SignInTable } from './SignInTable.tsx'
import { OutcomeTag, SecondFactorTag } from './tags.tsx'
import { useAsk } from './use-ask.ts'
import './access-table.css'
import './entrance.css'

type Mine = z.output<typeof mySignIns.output>

/** The own sign-ins: where, since when, what was tried, and the second factor. */
export default function MySignInsPage() {
  const mine = useApi(mySignIns, {})
  const follow = useFollow()
  return (
    <>
      <PageHeader
        title="ログイン状況と二段階認証"
        detail="覚えのない端末や失敗があれば、ログインを終了し、パスワードを変更して、管理者に知らせてください。"
        actions={<Button onClick={() => follow('/my-password')}>パスワードの変更</Button>}
      />
      <Loaded from={mine} rows={10}>
        {value => (
          <div style={{ display: 'grid', gap: 14 }}>
            <SecondFactorCard on={value.secondFactor === 'on'} />
            <OwnSignIns signIns={value.signIns} refetch={mine.refetch} />
            <Attempts attempts={value.attempts} />
          </div>
        )}
      </Loaded>
    </>
  )
}

function SecondFactorCard({ on }: { on: boolean }) {
  const follow = useFollow()
  const [renewing, setRenewing] = useState(false)
  return (
    <Card title="二段階認証" actions={<SecondFactorTag on={on} />}>
      {!on && (
        <Notice
          tone="warning"
          title="パスワードだけでログインできる状態です"
          action={
            <Button type="primary" onClick={() => follow('/second-factor')}>
              設定する
            </Button>
          }
        >
          <p>認証アプリを登録すると、パスワードが漏れても他人はログインできません。</p>
        </Notice>
      )}
      {on && !renewing && (
        <p>
          ログインのたびに認証アプリのコードを確認します。リカバリーコードを失くした場合は再発行できます。{' '}
          <Button size="small" onClick={() => setRenewing(true)}>
            リカバリーコードを再発行
          </Button>
        </p>
      )}
      {on && renewing && <RenewCodes onDone={() => setRenewing(false)} />}
    </Card>
  )
}

function RenewCodes({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const door = useAsk(newRecoveryCodes)
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  const send = async () => {
    const answer = await door.ask({ password })
    if (answer) setCodes(answer.recoveryCodes)
  }
  return (
    <div style={{ maxWidth: 420 }}>
      <EntranceForm
        label="リカバリーコードの再発行"
        submitLabel="再発行する"
        running={door.running}
        problem={door.problem}
        ready={password !== ''}
        onSubmit={() => void send()}
      >
        <EntranceField
          label="パスワード"
          kind="password"
          value={password}
          onChange={setPassword}
          note="以前のリカバリーコードは使えなくなります。"
          autoFocus
        />
      </EntranceForm>
    </div>
  )
}

function OwnSignIns({ signIns, refetch }: { signIns: Mine['signIns']; refetch: () => void }) {
  const say = useSay()
  const revoke = useCommand(revokeOwnSignIn, { onDone: () => say.done('ログインを終了しました。') })
  const others = useAsk(revokeOtherSignIns)
  const endOthers = async () => {
    if (await others.ask({})) {
      say.done('ほかの端末のログインをすべて終了しました。')
      refetch()
    }
  }
  return (
    <Card
      title="ログイン中の端末"
      flush
      actions={
        <ActionButton
          size="small"
          disabledReason={signIns.length < 2 ? 'この端末のほかにログインはありません。' : null}
          running={others.running}
          onClick={() => void endOthers()}
        >
          ほかの端末をすべて終了
        </ActionButton>
      }
    >
      <SignInTable
        signIns={signIns}
        action={signIn => (
          <Button
            size="small"
            danger
            loading={revoke.running}
            onClick={() => revoke.run({ signInId: signIn.id })}
          >
            終了
          </Button>
        )}
      />
    </Card>
  )
}

function Attempts({ attempts }: { attempts: Mine['attempts'] }) {
  return (
    <Card title="最近のログインの試み" note="新しい順に20件" flush>
      <ScrollBox label="最近のログインの試み">
        <table className="access-table">
          <thead>
            <tr>
              <th scope="col">日時</th>
              <th scope="col">方法</th>
              <th scope="col">結果</th>
              <th scope="col">接続元</th>
              <th scope="col">端末</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map(attempt => (
              <tr key={attempt.id}>
                <td>
                  <DateTimeText at={attempt.at} />
                </td>
                <td>{attemptKindLabels[attempt.kind]}</td>
                <td>
                  <OutcomeTag outcome={attempt.outcome} />
                </td>
                <td>{attempt.ip}</td>
                <td>{attempt.device}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </Card>
  )
}
