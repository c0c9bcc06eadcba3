import { Select } from 'antd'
import { ScrollBox } from '../../../ui/index.ts'
import type { Policy } from '../contract.ts'

export type Stage = 'prospect' | 'applied' | 'active'

const stageWords = { prospect: '見込から', applied: '申込から', active: '取引開始から' } as const
const ORDER = ['prospect', 'applied', 'active'] as const

interface StageItemsProps {
  policy: Policy
  stages: Readonly<Record<string, Stage | null>>
  onChange: (stages: Record<string, Stage | null>) => void
}

/** From which stage each item is required; what the law asks for stays at least as early as the program proposes. */
export function StageItems({ policy, stages, onChange }: StageItemsProps) {
  const required = policy.requirable.filter(one => stages[one.key])
  const others = policy.requirable.filter(one => !stages[one.key])
  return (
    <ScrollBox label="段階ごとの必須項目">
      <table className="ui-compare">
        <caption className="ui-hidden">段階ごとの必須項目</caption>
        <thead>
          <tr>
            <th scope="col">項目</th>
            <th scope="col">対象</th>
            <th scope="col">必須になる段階</th>
            <th scope="col">標準</th>
          </tr>
        </thead>
        <tbody>
          {[...required, ...others].map(one => (
            <tr key={one.key} data-same={stages[one.key] === one.proposed}>
              <th scope="row">{one.label}</th>
              <td>{one.condition || '全て'}</td>
              <td>
                <Select
                  aria-label={`${one.label}が必須になる段階`}
                  value={stages[one.key] ?? ''}
                  style={{ width: 170 }}
                  onChange={value => onChange({ ...stages, [one.key]: (value || null) as Stage | null })}
                  options={[
                    { value: '', label: '必須にしない', disabled: one.fixed },
                    ...ORDER.map(stage => ({
                      value: stage,
                      label: stageWords[stage],
                      disabled:
                        one.fixed &&
                        one.proposed !== null &&
                        ORDER.indexOf(stage) > ORDER.indexOf(one.proposed),
                    })),
                  ]}
                />
                {one.fixed && <span className="ui-faint">　法令</span>}
              </td>
              <td>{one.proposed ? stageWords[one.proposed] : '－'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
