import { useState } from 'react'
import { useWhyNot } from '../../../platform/web/session.ts'
import {
  ActionButton,
  Card,
  CopyText,
  DateTimeText,
  KeyValue,
  Notice,
  Reasons,
  Stack,
} from '../../../ui/index.ts'
import { type StaffDetail, showInviteLink } from '../contract.ts'
import { mailFaultSentence, mailStateLabels } from '../labels.ts'
import { useAsk } from './use-ask.ts'

/** An invitation nobody has used yet: how it travels, until when, and the link for handing over in person. */
export function InviteCard({ invite }: { invite: NonNullable<StaffDetail['invite']> }) {
  const whyNot = useWhyNot()
  const link = useAsk(showInviteLink)
  const [path, setPath] = useState<string | null>(null)
  const show = async () => {
    const answer = await link.ask({ inviteId: invite.id })
    if (answer) setPath(answer.path)
  }
  return (
    <Card
      title={invite.purpose === 'first_password' ? '招待中' : 'パスワード再設定の案内中'}
      actions={
        path === null && (
          <ActionButton
            size="small"
            disabledReason={whyNot('access.manageStaff')}
            running={link.running}
            onClick={() => void show()}
          >
            リンクを表示
          </ActionButton>
        )
      }
    >
      <Stack>
        <KeyValue
          items={[
            { key: 'mail', label: '送り方', value: mailStateLabels[invite.mailState] },
            { key: 'invitedAt', label: '発行', value: <DateTimeText at={invite.invitedAt} /> },
            { key: 'expiresAt', label: '有効期限', value: <DateTimeText at={invite.expiresAt} /> },
          ]}
        />
        {invite.mailFault !== null && (
          <Notice
            tone="warning"
            title={invite.nextMailAt === null ? 'メールを送れませんでした' : 'メールをまだ送れていません'}
          >
            <p>
              {mailFaultSentence(invite.mailFault)}（{invite.mailFault}、{invite.mailTries}回失敗）
              {invite.nextMailAt !== null && (
                <>
                  　次の送信は <DateTimeText at={invite.nextMailAt} /> ごろです。
                </>
              )}
            </p>
            <p>
              招待は有効です。「リンクを表示」して本人に渡すか、メールの設定を直してから「招待を再発行」してください。
            </p>
          </Notice>
        )}
        {link.problem && <Reasons reasons={link.problem.reasons} />}
        {path !== null && (
          <Notice tone="warning" title="このリンクを本人だけに渡してください" live>
            <p>リンクを開いた人がパスワードを設定できます。表示したことは記録されました。</p>
            <p style={{ overflowWrap: 'anywhere', marginTop: 6 }}>
              <code>
                <CopyText text={`${window.location.origin}${path}`} />
              </code>
            </p>
          </Notice>
        )}
      </Stack>
    </Card>
  )
}
