import { useQueryClient } from '@tanstack/react-query'
import { useFollow } from '../../../platform/web/url.ts'
import { Card, PageHeader, useSay } from '../../../ui/index.ts'
import { SecondFactorSetup } from './SecondFactorSetup.tsx'
import './entrance.css'

export default function SecondFactorPage() {
  const follow = useFollow()
  const queries = useQueryClient()
  const say = useSay()
  const done = async () => {
    await queries.invalidateQueries()
    say.done('二段階認証を設定しました。次のログインからコードを確認します。')
    follow('/my-sign-ins')
  }
  return (
    <>
      <PageHeader
        title="二段階認証の設定"
        crumbs={[{ label: 'ログイン状況と二段階認証', href: '/my-sign-ins' }]}
        detail="スマートフォンの認証アプリを使います。"
      />
      <div style={{ maxWidth: 560 }}>
        <Card title="認証アプリの登録">
          <SecondFactorSetup onDone={() => void done()} />
        </Card>
      </div>
    </>
  )
}
