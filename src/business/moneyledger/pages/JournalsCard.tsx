import { useApi } from '../../../platform/web/api.ts'
import { useSession } from '../../../platform/web/session.ts'
import { Card, EmptyState, Loaded, ScrollBox, StatusTag, Yen } from '../../../ui/index.ts'
import { type JournalShown, journalsOfRecord } from '../contract.ts'
import { moneyEventLabels } from '../labels.ts'

/** The journals about one record, newest first, each with both sides. */
export function JournalsCard({
  of,
  recordId,
}: {
  of: 'receivable' | 'party' | 'contract'
  recordId: string
}) {
  const { permissions } = useSession()
  const journals = useApi(
    journalsOfRecord,
    { of, recordId },
    { enabled: permissions.has('moneyledger.read') },
  )
  if (!permissions.has('moneyledger.read')) return null
  return (
    <Card title="仕訳">
      <Loaded from={journals} rows={4}>
        {({ journals: list }) =>
          list.length === 0 ? (
            <EmptyState title="仕訳はまだありません" hint="買取、送金、入金のたびに自動で作られます。" />
          ) : (
            list.map(journal => <OneJournal key={journal.id} journal={journal} />)
          )
        }
      </Loaded>
    </Card>
  )
}

function OneJournal({ journal }: { journal: JournalShown }) {
  const title = moneyEventLabels[journal.eventKind] ?? journal.eventKind
  return (
    <section aria-label={`${title} ${journal.journalNo}`}>
      <p>
        <strong>{title}</strong>
        {`　${journal.journalNo}　${journal.valueOn}　${journal.recordedBy} `}
        {journal.reversalOf && (
          <StatusTag tone="warning" word="取消仕訳" {...(journal.reason ? { detail: journal.reason } : {})} />
        )}
        {journal.reversed && <StatusTag tone="neutral" word="取消済み" />}
      </p>
      <ScrollBox label={`${title}の仕訳`}>
        <table className="ui-plain-table">
          <thead>
            <tr>
              <th scope="col">借方</th>
              <th scope="col">貸方</th>
              <th scope="col">金額</th>
            </tr>
          </thead>
          <tbody>
            {pairs(journal).map(pair => (
              <tr key={pair.key}>
                <td>{pair.debit}</td>
                <td>{pair.credit}</td>
                <td>
                  <Yen value={pair.yen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

/** Bookings are made in pairs of equal sides, debit first (or credit first in a reversal). */
function pairs(journal: JournalShown) {
  const lines = journal.entries
  return lines.flatMap((line, at) => {
    const other = lines[at + 1]
    if (at % 2 === 1 || !other) return []
    const [debit, credit] = line.side === 'debit' ? [line, other] : [other, line]
    return [
      {
        key: `${journal.id}-${at}`,
        debit: debit.accountName,
        credit: credit.accountName,
        yen: line.amountYen,
      },
    ]
  })
}
