import { useApi } from '../../../platform/web/api.ts'
import { Card, EmptyState, Loaded, UiLink, yenText } from '../../../ui/index.ts'
import { type DueRow, listDues } from '../contract.ts'
import { dueSourceLabels } from '../labels.ts'
import { PayDues } from './DueTable.tsx'
import { DueStateTag } from './payout-words.tsx'

interface DueCardProps {
  /** Which claim or deposit, or which party. */
  of: { receivableId?: string; paymentInId?: string; partyId?: string }
  empty: string
}

/** What is owed from one claim, deposit or to one party: how much, how far its payment is, and the button that asks for it. */
export function DueCard({ of, empty }: DueCardProps) {
  const dues = useApi(listDues, { ...of, limit: 200 })
  return (
    <Card title="返還・返金">
      <Loaded from={dues} rows={2}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="返還・返金はありません" hint={empty} />
          ) : (
            rows.map(row => <DueLine key={row.id} due={row} />)
          )
        }
      </Loaded>
    </Card>
  )
}

function DueLine({ due }: { due: DueRow }) {
  return (
    <p>
      {`${dueSourceLabels[due.source]}　${yenText(due.leftYen)}　`}
      <DueStateTag state={due.state} />
      {due.setOffYen > 0 && `　うち相殺 ${yenText(due.setOffYen)}`}
      {due.payout && (
        <>
          {'　'}
          <UiLink href={`/payouts/${due.payout.id}`}>{due.payout.payoutNo}</UiLink>
        </>
      )}
      {due.cancelledReason && `　取消の理由：${due.cancelledReason}`}
      {due.state === 'waiting' && (
        <>
          {'　'}
          <PayDues dues={[due]} onDone={() => {}} />
        </>
      )}
    </p>
  )
}
