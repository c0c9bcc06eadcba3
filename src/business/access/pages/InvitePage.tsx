import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { call } from '../../../platform/http/client.ts'
import { problemOfError } from '../../../platform/web/api.ts'
import { LoadingState, Reasons } from '../../../ui/index.ts'
import { acceptInvite, openInvite } from '../contract.ts'
import { EntranceField } from './EntranceField.tsx'
import { EntranceForm } from './EntranceForm.tsx'
import { EntranceFrame } from './EntranceFrame.tsx'
import { lengthNote } from './PasswordForm.tsx'
import { useAsk } from './use-ask.ts'

/** Where an invitation leads: who it is for, and a password of one's own. */
export default function InvitePage() {
  const [link] = useState(linkInAddress)
  if (link) return <OpenInvite link={link} />
  return (
    <EntranceFrame
      title="この招待は使えません"
      companyName={null}
      lead={<p>リンクが途中で切れています。メールに書かれたアドレスを最後までコピーして開いてください。</p>}
    >
      {null}
    </EntranceFrame>
  )
}

function OpenInvite({ link }: { link: InviteLink }) {
  const [password, setPassword] = useState('')
  const [done, setDone] = useState(false)
  const invite = useQuery({
    queryKey: [openInvite.name, link],
    queryFn: () => call(openInvite, link),
    staleTime: Infinity,
  })
  const accept = useAsk(acceptInvite)
  const send = async () => {
    if (await accept.ask({ ...link, password })) setDone(true)
  }
  if (invite.isPending) return <LoadingState rows={6} />
  if (done)
    return (
      <EntranceFrame
        title="パスワードを設定しました"
        companyName={invite.data?.companyName ?? null}
        lead={<p>設定したパスワードでログインしてください。続いて二段階認証を設定します。</p>}
      >
        <Button type="primary" size="large" block onClick={() => window.location.assign('/')}>
          ログインへ進む
        </Button>
      </EntranceFrame>
    )
  if (!invite.data)
    return (
      <EntranceFrame title="この招待は使えません" companyName={null}>
        <Reasons reasons={problemOfError(invite.error).reasons} />
      </EntranceFrame>
    )
  const { name, email, companyName, purpose } = invite.data
  return (
    <EntranceFrame
      title={purpose === 'first_password' ? '台帳へようこそ' : 'パスワードの再設定'}
      companyName={companyName}
      lead={
        <p>
          {name} さん（{email}）のパスワードを設定します。
        </p>
      }
    >
      <EntranceForm
        label="パスワードの設定"
        submitLabel="パスワードを設定する"
        running={accept.running}
        problem={accept.problem}
        ready={[...password].length >= 12}
        onSubmit={() => void send()}
      >
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <EntranceField
          label="新しいパスワード"
          kind="new-password"
          value={password}
          onChange={setPassword}
          note={`12文字以上。長い文や言葉の組み合わせが安全です。${lengthNote(password)}`}
          autoFocus
        />
      </EntranceForm>
    </EntranceFrame>
  )
}

interface InviteLink {
  inviteId: string
  token: string
}

/** The secret stands behind the #, which never reaches a server; null when the link was cut on the way. */
function linkInAddress(): InviteLink | null {
  const [, inviteId, token] = /^#([0-9a-f-]{36})\.([0-9a-f]{64})$/.exec(window.location.hash) ?? []
  return inviteId && token ? { inviteId, token } : null
}
