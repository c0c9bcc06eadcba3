import { useSession } from '../../../platform/web/session.ts'
import { EmptyState, PageHeader, Stack } from '../../../ui/index.ts'
import { ClaimsDue } from './ClaimsDue.tsx'
import { FigureTiles } from './FigureTiles.tsx'
import { MyWork } from './MyWork.tsx'

/** The first page of the day: figures, my work by deadline, money expected. */
export default function HomePage() {
  const { permissions, companyName, name } = useSession()
  const mayWork = permissions.has('alerts.read') || permissions.has('approvals.read')
  const mayClaims = permissions.has('receivables.read')
  return (
    <>
      <PageHeader title="ホーム" detail={`${companyName}　${name} さん`} />
      <Stack>
        {permissions.has('home.figures') && <FigureTiles />}
        {mayWork && <MyWork />}
        {mayClaims && <ClaimsDue />}
        {!mayWork && !mayClaims && (
          <EmptyState title="担当の仕事はありません" hint="左のメニューから開いてください。" />
        )}
      </Stack>
    </>
  )
}
