import { useWhyNot } from '../../../platform/web/session.ts'
import { useFollow } from '../../../platform/web/url.ts'
import { ActionButton, Notice, UiLink } from '../../../ui/index.ts'
import type { Party } from '../contract.ts'
import { stageLabels } from '../labels.ts'

type Missing = Party['completeness']['missingNow'][number]

/** What is missing of what this party's stage requires and of what comes before it is active, each with its place to fill it in. */
export function MissingItems({ party }: { party: Party }) {
  const follow = useFollow()
  const whyNot = useWhyNot()
  const { missingNow, missingLater, percent, filled, required } = party.completeness
  if (missingNow.length === 0 && missingLater.length === 0) return null
  const first = missingNow[0] ?? missingLater[0]
  return (
    <Notice
      tone={missingNow.length > 0 ? 'warning' : 'neutral'}
      title={`必須項目 ${percent}%（${required}件中 ${filled}件）`}
      action={
        first && (
          <ActionButton
            size="small"
            disabledReason={whyNot(first.kind === 'person' ? 'people.change' : 'parties.change')}
            onClick={() => follow(hrefOf(party, first))}
          >
            入力する
          </ActionButton>
        )
      }
    >
      {missingNow.length > 0 && (
        <p>
          {stageLabels[party.stage]}の段階で足りない項目：
          <MissingLinks party={party} items={missingNow} />
        </p>
      )}
      {missingLater.length > 0 && (
        <p className="ui-faint">
          取引開始までに必要な項目：
          <MissingLinks party={party} items={missingLater} />
        </p>
      )}
    </Notice>
  )
}

function MissingLinks({ party, items }: { party: Party; items: readonly Missing[] }) {
  return items.map((item, at) => (
    <span key={item.key}>
      {at > 0 && '、'}
      <UiLink href={hrefOf(party, item)}>{item.label}</UiLink>
    </span>
  ))
}

function hrefOf(party: Party, item: Missing): string {
  return item.kind === 'person'
    ? `/parties/${party.id}/people/new?role=${item.key}`
    : item.kind === 'own'
      ? `/parties/${party.id}?tab=custom`
      : `/parties/${party.id}/edit?field=${item.key}`
}
