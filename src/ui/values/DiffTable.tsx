import { ArrowRightOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { words } from '../labels.ts'
import { ScrollBox } from '../shells/ScrollBox.tsx'
import './figures.css'

export interface DiffRow {
  key: string
  label: string
  before: ReactNode
  after: ReactNode
  change: 'changed' | 'added' | 'removed' | 'same'
}

/** Before and after, side by side; what differs is marked in colour and word, what is the same is folded away. */
export function DiffTable({ label, rows }: { label: string; rows: readonly DiffRow[] }) {
  const [all, setAll] = useState(false)
  const same = rows.filter(row => row.change === 'same')
  const shown = all ? rows : rows.filter(row => row.change !== 'same')
  return (
    <div>
      <ScrollBox label={label}>
        <table className="ui-diff">
          <caption className="ui-hidden">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{words.values.item}</th>
              <th scope="col">{words.values.before}</th>
              <th scope="col" className="ui-diff-arrow">
                <span className="ui-hidden">→</span>
              </th>
              <th scope="col">{words.values.after}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(row => (
              <tr key={row.key} data-change={row.change}>
                <th scope="row">{row.label}</th>
                <td className="ui-diff-before">
                  {row.change === 'added' ? (
                    <span className="ui-faint">{words.values.none}</span>
                  ) : (
                    row.before
                  )}
                </td>
                <td className="ui-diff-arrow" aria-hidden="true">
                  {row.change !== 'same' && <ArrowRightOutlined aria-hidden="true" />}
                </td>
                <td className="ui-diff-after">
                  {row.change === 'removed' ? (
                    <span className="ui-faint">{words.values.none}</span>
                  ) : (
                    row.after
                  )}
                  {row.change !== 'same' && <span className="ui-diff-word">{words.values[row.change]}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {!all && same.length > 0 && (
        <button type="button" className="ui-text-button ui-diff-more" onClick={() => setAll(true)}>
          {words.values.unchangedHidden(same.length)}
        </button>
      )}
    </div>
  )
}
