import { useApi } from '../../../platform/web/api.ts'
import { Card, Loaded } from '../../../ui/index.ts'
import { type AlertRow, listAlerts } from '../contract.ts'

const MOST = 200

interface CompanyAfter {
  companyId: string
  members: readonly { id: string; partyNo: string; legalName: string }[]
}

/** Open alerts of a merged company by the company each goes with when the merge is undone: an alert stays on its record. */
export default function AlertsAfterUnmerge({ typed }: { typed: Readonly<Record<string, unknown>> }) {
  const companies = typed.companies as readonly CompanyAfter[]
  const first = companies[0]?.members[0]?.id
  const found = useApi(listAlerts, { partyId: first, limit: MOST }, { enabled: first !== undefined })
  return (
    <Card title="解除後の未解決アラート" note="アラートは、発生した記録に残ります">
      <Loaded from={found} rows={2}>
        {({ rows, next }) => (
          <>
            {companies.map(company => (
              <Alerts
                key={company.companyId}
                company={company}
                alerts={rows.filter(row => company.members.some(member => member.id === row.party?.id))}
              />
            ))}
            {next && <p className="ui-faint">{`期限の早い${MOST}件まで表示しています。`}</p>}
          </>
        )}
      </Loaded>
    </Card>
  )
}

function Alerts({ company, alerts }: { company: CompanyAfter; alerts: readonly AlertRow[] }) {
  return (
    <>
      <p>
        {company.members.map(member => `${member.partyNo} ${member.legalName}`).join('、')}：{alerts.length}件
      </p>
      {alerts.length > 0 && (
        <ul className="ui-plain-list">
          {alerts.map(alert => (
            <li key={alert.id}>
              {alert.sentence}
              <span className="ui-faint">{`　${alert.alertNo}　期限 ${alert.dueOn}`}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
