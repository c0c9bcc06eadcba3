import { useApi } from '../../../platform/web/api.ts'
import { useRecordHref } from '../../../platform/web/catalogue.ts'
import { useToday } from '../../../platform/web/session.ts'
import { Card, mapLoadable, WorkList, yenText } from '../../../ui/index.ts'
import { dueWord } from '../../alerts/web.tsx'
import { claimsDue } from '../contract.ts'

const SHOWN = 10

/** Money expected today and in the coming week. */
export function ClaimsDue() {
  const page = useApi(claimsDue, {}, { refetchMs: 60_000 })
  const hrefOf = useRecordHref()
  const today = useToday()
  return (
    <Card title="入金予定（7日以内）">
      <WorkList
        label="入金予定"
        items={mapLoadable(page, ({ rows }) =>
          rows.slice(0, SHOWN).map(row => ({
            key: row.id,
            title: `${row.clientName}　${yenText(row.openYen)}`,
            why: `${row.receivableNo}　${row.debtorName}　${row.payableOn}`,
            href: hrefOf('receivable', row.id) ?? '/receivables',
            due: dueWord(row.payableOn, today),
          })),
        )}
        allHref="/receivables"
        empty={{
          title: '7日以内の入金予定はありません',
          hint: '買い取った債権の回収期日が近づくと、ここに並びます。',
        }}
      />
    </Card>
  )
}
