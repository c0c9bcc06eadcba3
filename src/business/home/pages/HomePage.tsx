import { useSession } from '../../../platform/web/session.ts'
import { EmptyState, PageHeader, Stack } from '../../../ui/index.ts'
import { ClaimsDue } from './ClaimsDue.tsx'
import { FigureTiles } from './FigureTiles.tsx'
import { FirstSteps } from './FirstSteps.tsx'
import { MyWork } from './MyWork.tsx'

/** The first page of the day: figures, my work by deadline, money expected. */
export default function HomePage() {
  const { permissions, companyName, name, roleLabels } = useSession()
  const mayWork = permissions.has('alerts.read') || permissions.has('approvals.read')
  const mayClaims = permissions.has('receivables.read')
  return (
    <>
      <PageHeader title="ホーム" detail={`${companyName}　${name} さん`} />
      <Stack>
        <FirstSteps />
        {permissions.has('home.figures') && <FigureTiles />}
        {mayWork && <MyWork />}
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
