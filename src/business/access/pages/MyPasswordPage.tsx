import { useApi } from '../../../platform/web/api.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { Card, Loaded, PageHeader, useSay } from '../../../ui/index.ts'
import { me } from '../contract.ts'
import { PasswordForm } from './PasswordForm.tsx'
import './entrance.css'

export default function MyPasswordPage() {
  const mine = useApi(me, {})
  const follow = useFollow()
  const say = useSay()
  const done = () => {
    say.done('パスワードを変更しました。ほかの端末のログインは終了しました。')
    follow('/my-sign-ins')
  }
  return (
    <>
      <PageHeader title="パスワードの変更" detail="変更すると、ほかの端末のログインはすべて終了します。" />
      <Loaded from={mine} rows={4}>
        {value => (
          <div style={{ maxWidth: 460 }}>
            <Card title="新しいパスワード">
              <PasswordForm email={value?.person.email ?? ''} onDone={done} />
            </Card>
          </div>
        )}
      </Loaded>
    </>
  )
}
