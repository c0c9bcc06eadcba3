import { useApi, useCommand } from '../../../platform/web/api.ts'
import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, Card, DateText, Row, UiLink, Yen } from '../../../ui/index.ts'
import { judgePromise, listPromises } from '../contract.ts'
import { PromiseOutcome } from './contact-words.tsx'
import './communications.css'

/** What the company has promised to pay, from calls and collection cases; one about no claim is judged by a person. */
export function PromisesCard({ partyId }: { partyId: string }) {
  const promises = useApi(listPromises, { partyId })
  const why = useWhyNot()('communications.record')
  const judge = useCommand(judgePromise)
  if (promises.state !== 'ready' || promises.value.rows.length === 0) return null
  return (
    <Card title="支払約束" note="債権についての約束は、入金と日付で自動的に判断します">
      <ul className="communications-promises">
        {promises.value.rows.map(one => (
          <li key={one.id}>
            <span>
              <DateText date={one.dueOn} /> までに <Yen value={one.amountYen} />　
              {one.receivable && (
                <UiLink href={`/receivables/${one.receivable.id}?tab=collection`}>
                  {one.receivable.receivableNo}
                </UiLink>
              )}
            </span>
            <Row>
              {one.outcome === null && one.receivable === null && (
                <>
                  <ActionButton
                    size="small"
                    disabledReason={why}
                    onClick={() => judge.run({ promiseId: one.id, outcome: 'kept' })}
                  >
                    守られた
                  </ActionButton>
                  <ActionButton
                    size="small"
                    disabledReason={why}
                    onClick={() => judge.run({ promiseId: one.id, outcome: 'broken' })}
                  >
                    守られなかった
                  </ActionButton>
                </>
              )}
              <PromiseOutcome outcome={one.outcome} />
            </Row>
          </li>
        ))}
      </ul>
    </Card>
  )
}
