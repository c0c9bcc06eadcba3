import { listChangeRequests } from '../../business/approvals/contract.ts'
import { useApi } from '../../platform/web/api.ts'
import { useSession } from '../../platform/web/session.ts'
import { Card, DateTimeText, EmptyState, Loaded, PageHeader, UiLink } from '../../ui/index.ts'

/** What needs me. Later slices add their own work; approvals stand first. */
export function HomePage() {
  const session = useSession()
  const mayRead = session.permissions.has('approvals.read')
  return (
    <>
      <PageHeader title="ホーム" detail={`${session.companyName}　${session.name} さん`} />
      {mayRead ? (
        <WaitingForMe />
      ) : (
        <EmptyState title="担当の仕事はありません" hint="左のメニューから開いてください。" />
      )}
    </>
  )
}

function WaitingForMe() {
  const waiting = useApi(listChangeRequests, { waitingForMe: 'true', limit: 10 })
  return (
    <Card title="自分の決裁を待つ申請">
      <Loaded from={waiting} rows={4}>
        {page =>
          page.rows.length === 0 ? (
            <EmptyState
              title="決裁を待つ申請はありません"
              hint="商号や口座の変更などの申請が届くと、ここに並びます。"
            />
          ) : (
            <ul className="home-list">
              {page.rows.map(row => (
                <li key={row.id}>
                  <UiLink href={`/change-requests/${row.id}`}>{row.summary}</UiLink>
                  <span className="ui-faint">
                    {row.changeNo}　{row.requestedBy.name}　<DateTimeText at={row.requestedAt} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}
