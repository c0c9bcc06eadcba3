import { useSession } from '../../../platform/web/session.ts'
import { Card, EmptyState, PageHeader, Stack } from '../../../ui/index.ts'
import { ClaimsDue } from './ClaimsDue.tsx'
import { FigureTiles } from './FigureTiles.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { MyWork } from './MyWork.tsx'

/** Somebody from outside sees little on the first day, and should know that this is right and whom to ask. */
function OwnReach() {
  return (
    <Card title="ご覧いただける範囲">
      <p style={{ margin: 0 }}>
        担当として割り当てられた顧客と、その契約・債権・書類だけが表示されます。顧客が一覧にないときは、割当を社内の担当者に依頼してください。
      </p>
    </Card>
  )
}

/** The first page of the day: figures, my work by deadline, money expected. */
export default function HomePage() {
  const { permissions, companyName, name, roleLabels } = useSession()
  const mayWork = ['alerts.read', 'approvals.read', 'tasks.read'].some(code => permissions.has(code))
  const mayClaims = permissions.has('receivables.read')
  return (
    <>
      <PageHeader title="ホーム" detail={`${companyName}　${name} さん`} />
      <Stack>
        <FirstSteps />
        {permissions.has('home.figures') && <FigureTiles />}
        {mayWork && <MyWork />}
        {mayClaims && !mayWork && <OwnReach />}
        {mayClaims && <ClaimsDue />}
        {!mayWork && !mayClaims && (
          <EmptyState
            title={roleLabels.length === 0 ? '役割がまだ付与されていません' : '担当の仕事はありません'}
            hint={
              roleLabels.length === 0
                ? 'システム管理者に、担当する役割の付与を依頼してください。承認されると、業務の画面が開きます。'
                : '左のメニューから開いてください。'
            }
          />
        )}
      </Stack>
    </>
  )
}
