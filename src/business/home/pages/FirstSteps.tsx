import { useApi } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { Card, Stack, WorkList } from '../../../ui/index.ts'
import { roleLabels } from '../../access/labels.ts'
import { type FirstStepCode, firstSteps } from '../contract.ts'

interface Step {
  title: string
  /** Why, and what to do there. */
  why: string
  href: string
  permission: string
  /** Who does it, for those who may not. */
  who: string
}

const steps: Record<FirstStepCode, Step> = {
  people: {
    title: '担当者を招待し、役割を付与する',
    why: '役割の付与は、もう一人の管理者が承認します。',
    href: '/staff',
    permission: 'access.manageStaff',
    who: 'システム管理者',
  },
  company: {
    title: '会社設定の法人番号・委託者コードを入力する',
    why: '総合振込ファイルや帳票に使います。',
    href: '/company',
    permission: 'access.changeCompany',
    who: 'システム管理者',
  },
  lists: {
    title: '照合リストを読み込む',
    why: '付属の公表リストをすぐに使えます。',
    href: '/screening/lists',
    permission: 'screening.loadLists',
    who: 'コンプライアンス',
  },
  account: {
    title: '自社の支払用口座を登録する',
    why: '総合振込ファイルの振込元になります。',
    href: '/own-accounts',
    permission: 'accounts.registerOwn',
    who: '経理・出納',
  },
  party: {
    title: '最初の顧客を登録する',
    why: 'これまでの台帳は「移行・取込」で移せます。',
    href: '/parties/new',
    permission: 'parties.register',
    who: '営業・事務・審査',
  },
  contract: {
    title: '最初の契約を作る',
    why: '顧客の画面の「契約」タブで作ります。',
    href: '/parties',
    permission: 'contracts.draft',
    who: '営業・事務',
  },
}

/** What a new company still has to do before its first deal; gone once it has bought a claim or all is done. */
export function FirstSteps() {
  const left = useApi(firstSteps, {})
  const { permissions, roleLabels: held } = useSession()
  if (left.state !== 'ready' || left.value.steps.length === 0 || held.length === 0) return null
  const { steps: codes, rolesMissing } = left.value
  const missing = rolesMissing.map(ways => ways.map(role => roleLabels[role]).join('または')).join('、')
  const mine = codes.filter(code => permissions.has(steps[code].permission))
  const others = codes.filter(code => !permissions.has(steps[code].permission))
  return (
    <Card title="業務を始める準備">
      <Stack>
        {mine.length > 0 && (
          <WorkList
            label="業務を始める準備"
            items={{
              state: 'ready',
              value: mine.map(code => ({
                key: code,
                title: steps[code].title,
                why: steps[code].why,
                href: steps[code].href,
                due: { tone: 'accent', word: '未完了' },
              })),
            }}
            empty={{ title: '', hint: '' }}
          />
        )}
        {mine.includes('people') && missing !== '' && (
          <p className="ui-faint" style={{ padding: '0 16px' }}>
            まだ担当者がいない役割：{missing}
          </p>
        )}
        {others.length > 0 && (
          <p className="ui-faint" style={{ padding: '0 16px' }}>
            ほかの担当者が進める準備：
            {others.map(code => `${steps[code].title}（${steps[code].who}）`).join('、')}
          </p>
        )}
      </Stack>
    </Card>
  )
}
