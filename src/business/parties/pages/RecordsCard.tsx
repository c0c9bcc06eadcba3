import { Card, KeyValue, UiLink } from '../../../ui/index.ts'
import type { Party } from '../contract.ts'
import { PartyStatusTag, rolesText } from './tags.tsx'

/** The records treated as this one company: each can be changed by itself, and says which of the shown values are its own. */
export function RecordsCard({ party }: { party: Party }) {
  if (party.records.length < 2) return null
  return (
    <Card
      title="1社として扱う記録"
      note={`${party.records.length}件。どの記録を開いても、この画面が表示されます。`}
    >
      <KeyValue
        items={party.records.map(record => ({
          key: record.id,
          label: record.partyNo,
          value: (
            <>
              {record.legalName}
              {record.status !== 'normal' && (
                <>
                  {'　'}
                  <PartyStatusTag status={record.status} />
                </>
              )}
              {'　'}
              <UiLink href={`/parties/${record.id}/edit`}>この記録を変更</UiLink>
            </>
          ),
          note: [
            rolesText(record.roles),
            record.shows.length > 0 ? `表示中の値：${record.shows.join('、')}` : '',
          ]
            .filter(Boolean)
            .join('　'),
          wide: true,
        }))}
      />
    </Card>
  )
}
