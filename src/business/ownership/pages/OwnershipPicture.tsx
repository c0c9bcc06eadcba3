import {
  Card,
  EmptyState,
  FieldInput,
  type Loadable,
  Loaded,
  Notice,
  RelationGraph,
} from '../../../ui/index.ts'
import type { Ownership } from '../contract.ts'
import { tieLabels } from '../labels.ts'

interface OwnershipPictureProps {
  recordId: string
  ownership: Loadable<Ownership>
  /** The day the picture is of; null: today. */
  day: string | null
  onDay: (day: string | null) => void
}

/** Who holds whom around a company, drawn and as a table, on any day. */
export function OwnershipPicture({ recordId, ownership, day, onDay }: OwnershipPictureProps) {
  return (
    <Card
      title="株主・グループの図"
      note="上にあるほど持ち主。丸い枠は個人、実線は持分、破線は確認済みの関係です"
    >
      <div style={{ maxWidth: 260, marginBottom: 12 }}>
        <FieldInput
          field={{
            name: 'ownersOn',
            type: 'date',
            label: '基準日',
            help: '空欄は今日。過去の日付を入れると、その日の持分（現在わかっている内容）で図と判定を作り直します。',
          }}
          value={day}
          onChange={onDay}
        />
      </div>
      <Loaded from={ownership} rows={6}>
        {value =>
          value.edges.length + value.ties.length === 0 ? (
            <Nothing />
          ) : (
            <Picture recordId={recordId} value={value} />
          )
        }
      </Loaded>
    </Card>
  )
}

function Nothing() {
  return (
    <EmptyState
      title="持分・関係の記録はありません"
      hint="株主を記録すると、実質的支配者・親会社・グループを自動で判定し、ここに図で表示します。"
    />
  )
}

function Picture({ recordId, value }: { recordId: string; value: Ownership }) {
  // A representative stands in for owners only once it is known that there are none.
  const owners = new Set(
    value.owners.rows
      .filter(owner => value.owners.certain || owner.basis !== 'representative')
      .map(owner => owner.id),
  )
  const joined = new Set([
    value.companyId,
    ...value.edges.flatMap(edge => [edge.from, edge.to]),
    ...value.ties.flatMap(tie => [tie.partyId, tie.otherId]),
  ])
  const roleOf = (id: string) =>
    [
      owners.has(id) && '実質的支配者',
      id === value.parent.id && '親会社',
      id === value.parent.ultimateId && id !== value.parent.id && '最上位の親会社',
    ]
      .filter(Boolean)
      .join('・')
  return (
    <>
      {value.cutOff && (
        <Notice
          tone="neutral"
          title="関係する会社が多いため、近いものから一部だけを表示しています。判定は全体で行っています。"
        />
      )}
      <RelationGraph
        label="株主とグループの関係"
        nodes={value.nodes
          .filter(node => joined.has(node.id))
          .map(node => ({
            id: node.id,
            label: node.name,
            detail: [roleOf(node.id), node.no].filter(Boolean).join('　'),
            ...(node.reachable
              ? { href: node.kind === 'person' ? `/people/${node.id}` : `/parties/${node.id}?tab=group` }
              : {}),
            main: node.id === value.companyId || node.id === recordId,
            person: node.kind === 'person',
          }))}
        edges={[
          ...value.edges.map(edge => ({
            from: edge.from,
            to: edge.to,
            percent: edge.sharePpm / 10_000,
            percentText: edge.right === 'profit' ? `利益 ${edge.share}` : edge.share,
          })),
          ...value.ties.map(tie => ({ from: tie.partyId, to: tie.otherId, word: tieLabels[tie.relation] })),
        ]}
      />
    </>
  )
}
