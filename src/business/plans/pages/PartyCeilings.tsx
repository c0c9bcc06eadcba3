import { useApi } from '../../../platform/web/api.ts'
import { Card, Gauge, UiLink } from '../../../ui/index.ts'
import { ceilingsOfParty } from '../contract.ts'

/** 商品枠 beside the limits of a customer: they bind it too, though they are shared by all clients of the plan. */
export default function PartyCeilings({ typed }: { typed: Readonly<Record<string, unknown>> }) {
  const ceilings = useApi(ceilingsOfParty, { partyId: String(typed.partyId) })
  if (ceilings.state !== 'ready' || ceilings.value.rows.length === 0) return null
  return (
    <Card title="商品枠" note="商品の全利用者で共有します">
      {ceilings.value.rows.map(row => (
        <section key={row.planId} aria-label={`商品枠 ${row.name}`} className="ui-stack">
          <Gauge
            label={`${row.name}（${row.code}）`}
            used={row.exposureYen}
            limit={row.ceilingYen}
            note={`${row.sharedBy ? `${row.sharedBy}の全商品で共有　` : ''}うちこの会社 ${row.ownYen.toLocaleString('ja-JP')}円`}
          />
          <UiLink href={`/plans/${row.planId}`}>商品を見る</UiLink>
        </section>
      ))}
    </Card>
  )
}
