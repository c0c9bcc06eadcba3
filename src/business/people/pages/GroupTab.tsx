import { useApi } from '../../../platform/web/api.ts'
import { Card, EmptyState, Loaded, RelationGraph } from '../../../ui/index.ts'
import { groupOfParty } from '../contract.ts'

/** The connected companies, drawn: holdings with their share, and confirmed ties. */
export default function GroupTab({ recordId }: { recordId: string }) {
  const group = useApi(groupOfParty, { partyId: recordId })
  return (
    <Card title="グループ" note="議決権50%超の保有と、確認済みの関係でつながる会社">
      <Loaded from={group} rows={6}>
        {({ parties, edges }) =>
          parties.length < 2 ? (
            <EmptyState
              title="つながりのある会社はありません"
              hint="持株や関連会社の関係を記録すると、ここに図で表示され、グループ枠の計算に使われます。"
            />
          ) : (
            <RelationGraph
              label="グループの関係"
              nodes={parties.map(party => ({
                id: party.id,
                label: party.legalName,
                detail: party.partyNo,
                href: `/parties/${party.id}?tab=group`,
                main: party.id === recordId,
              }))}
              edges={edges.map(edge => ({
                from: edge.from,
                to: edge.to,
                ...(edge.sharePpm === null ? { word: edge.label } : { percent: edge.sharePpm / 10_000 }),
              }))}
            />
          )
        }
      </Loaded>
    </Card>
  )
}
