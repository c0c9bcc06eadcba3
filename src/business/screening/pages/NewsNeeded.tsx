import { useWhyNot } from '../../../platform/web/session.ts'
import { ActionButton, DateText, StatusTag, type Tone } from '../../../ui/index.ts'
import { mediaScopeLabels, newsStateLabels, relationLabels } from '../labels.ts'
import type { NeededSearch } from '../media-contract.ts'
import type { NewsState } from '../news-rules.ts'

const tones: Record<NewsState, Tone> = {
  never: 'warning',
  overdue: 'danger',
  due_soon: 'waiting',
  current: 'success',
}

const ruleWords = { off: '求めない', alert: 'アラート', stop: '取引を止める' } as const

interface NewsNeededProps {
  needed: readonly NeededSearch[]
  onRecord: (search: NeededSearch) => void
}

/** Who must be searched for what, what is due, and what happens until then. */
export function NewsNeeded({ needed, onRecord }: NewsNeededProps) {
  const whyNot = useWhyNot()
  return (
    <table className="ui-plain-table" aria-label="必要な検索">
      <thead>
        <tr>
          <th scope="col">対象</th>
          <th scope="col">関係</th>
          <th scope="col">範囲</th>
          <th scope="col">状態</th>
          <th scope="col">期日</th>
          <th scope="col">ないとき</th>
          <th scope="col">操作</th>
        </tr>
      </thead>
      <tbody>
        {needed.map(one => (
          <tr key={`${one.subjectId}-${one.scope}`}>
            <td>{one.name}</td>
            <td>{one.relations.map(relation => relationLabels[relation] ?? relation).join('、')}</td>
            <td>{mediaScopeLabels[one.scope]}</td>
            <td>
              {one.rule === 'off' ? (
                '—'
              ) : (
                <StatusTag tone={tones[one.state]} word={newsStateLabels[one.state]} />
              )}
            </td>
            <td>
              <DateText date={one.nextDueOn} />
            </td>
            <td>{ruleWords[one.rule]}</td>
            <td>
              <ActionButton
                size="small"
                kind="quiet"
                label={`${one.name}の${mediaScopeLabels[one.scope]}の検索を記録`}
                disabledReason={whyNot('screening.judge')}
                onClick={() => onRecord(one)}
              >
                記録
              </ActionButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
