import { useState } from 'react'
import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useNow, useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, ConfirmAction, DateTimeText, Row, StatusTag, UiLink } from '../../../ui/index.ts'
import { type ContactPlan, cancelPlan, listPlans } from '../contract.ts'
import { channelLabels } from '../labels.ts'
import './communications.css'

interface PlansCardProps {
  partyId?: string
  /** Only those of the person who looks. */
  mine?: boolean
  /** What happens when a plan has been carried out and is to be recorded. */
  onDone?: (plan: ContactPlan) => void
}

/** Contacts that are planned, the next first; nothing is shown where none is. */
export function PlansCard({ partyId, mine = false, onDone }: PlansCardProps) {
  const plans = useApi(listPlans, { ...(partyId ? { partyId } : {}), mine: mine ? 'true' : 'false' })
  const [giving, setGiving] = useState<ContactPlan | null>(null)
  const why = useWhyNot()('communications.record')
  const now = useNow()
  const cancel = useCommand(cancelPlan, { onDone: () => setGiving(null) })
  if (plans.state !== 'ready' || plans.value.rows.length === 0) return null
  return (
    <Card title={mine ? '自分の連絡の予定' : '連絡の予定'} note={`${plans.value.rows.length}件`}>
      <ul className="communications-plans">
        {plans.value.rows.map(plan => (
          <li key={plan.id}>
            <span>
              <DateTimeText at={plan.plannedAt} />{' '}
              {new Date(plan.plannedAt) < now() && <StatusTag tone="warning" word="予定を過ぎています" />}{' '}
              {channelLabels[plan.channel]}{' '}
              {!partyId && <UiLink href={`/parties/${plan.party.id}?tab=contacts`}>{plan.party.name}</UiLink>}
              {plan.person && `　${plan.person.name}`}　{plan.purpose ?? '（廃棄済）'}
              {!mine && `　（${plan.owner}）`}
            </span>
            <Row>
              {onDone && (
                <ActionButton size="small" disabledReason={why} onClick={() => onDone(plan)}>
                  結果を記録
                </ActionButton>
              )}
              <ActionButton size="small" disabledReason={why} onClick={() => setGiving(plan)}>
                取りやめる
              </ActionButton>
            </Row>
          </li>
        ))}
      </ul>
      {giving && (
        <ConfirmAction
          open
          title="連絡の予定を取りやめます"
          what="予定は履歴に残り、一覧から消えます。"
          confirmLabel="取りやめる"
          reason="required"
          running={cancel.running}
          problem={cancel.problem}
          onConfirm={reason => cancel.run({ planId: giving.id, rowVersion: giving.rowVersion, reason })}
          onClose={() => setGiving(null)}
        />
      )}
    </Card>
  )
}
