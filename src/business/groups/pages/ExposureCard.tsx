import { useApi } from '../../../platform/web/api.ts'
import { Card, Gauge, type Loadable, Loaded, ScrollBox, UiLink, Yen } from '../../../ui/index.ts'
import type { Ownership } from '../../ownership/contract.ts'
import { roleLabels } from '../../parties/labels.ts'
import type { PartyRole } from '../../parties/tables.ts'
import { type GroupExposure, groupExposure } from '../contract.ts'
import { sideLabels } from '../labels.ts'

/** What stands at risk with the whole group, today, and the limits over it. */
export function ExposureCard({ recordId, ownership }: { recordId: string; ownership: Loadable<Ownership> }) {
  const exposure = useApi(groupExposure, { partyId: recordId })
  const parent = ownership.state === 'ready' ? ownership.value.parent.id : null
  return (
    <Card
      title="グループの与信残高（連結）"
      note="今日時点。議決権の過半数と、確認済みの関係でつながる会社の合計"
    >
      <Loaded from={exposure} rows={4}>
        {value => (
          <>
            {value.sides
              .filter(side => side.kind === 'group' || side.limitYen !== null || side.exposureYen > 0)
              .map(side => (
                <Gauge
                  key={side.kind}
                  label={sideLabels[side.kind]}
                  used={side.exposureYen - side.committedYen}
                  promised={side.committedYen}
                  limit={side.suspended ? 0 : side.limitYen}
                  note={side.sentence}
                />
              ))}
            <CompanyTable companies={value.companies} recordId={recordId} parent={parent} />
          </>
        )}
      </Loaded>
    </Card>
  )
}

interface CompanyTableProps {
  companies: GroupExposure['companies']
  recordId: string
  parent: string | null
}

function CompanyTable({ companies, recordId, parent }: CompanyTableProps) {
  const label = 'グループの会社'
  const total = (of: 'clientYen' | 'debtorYen') => companies.reduce((sum, one) => sum + one[of], 0)
  return (
    <ScrollBox label={label} className="ui-chart-table">
      <table>
        <caption className="ui-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">会社</th>
            <th scope="col">役割</th>
            <th scope="col">利用者としての残高</th>
            <th scope="col">売掛先としての残高</th>
          </tr>
        </thead>
        <tbody>
          {companies.map(one => (
            <tr key={one.id}>
              <th scope="row">
                <UiLink href={`/parties/${one.id}?tab=group`}>{one.name}</UiLink>
                <span className="ui-faint">
                  {`　${one.partyNo}${one.id === recordId ? '　この会社' : ''}${one.id === parent ? '　親会社' : ''}`}
                </span>
              </th>
              <td>{one.roles.map(role => roleLabels[role as PartyRole] ?? role).join('・')}</td>
              <td>
                <Yen value={one.clientYen} />
              </td>
              <td>
                <Yen value={one.debtorYen} />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">合計</th>
            <td />
            <td>
              <Yen value={total('clientYen')} />
            </td>
            <td>
              <Yen value={total('debtorYen')} />
            </td>
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  )
}
