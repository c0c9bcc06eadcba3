import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { StatusTag, type Tone } from './StatusTag.tsx'
import { shownSource } from './shown-source.ts'
import './figures.css'

export type RuleOutcome = 'passed' | 'failed' | 'unknown'

export interface RuleResult {
  key: string
  name: string
  outcome: RuleOutcome
  /** The rule's own explanation with the numbers it looked at. */
  sentence: ReactNode
  /** Policy clause or law. */
  source?: string
  /** Who may lift a failed rule. */
  mayLift?: string
  /** Overrides the word, e.g. 「要確認」. */
  word?: string
}

const looks: Readonly<Record<RuleOutcome, { tone: Tone; word: string }>> = {
  passed: { tone: 'success', word: words.values.passed },
  failed: { tone: 'danger', word: words.values.failed },
  unknown: { tone: 'warning', word: words.values.unknown },
}

const withShownSource = (rule: RuleResult) => ({ ...rule, source: shownSource(rule.source) })

/** The list a decision was made from: each rule by name, its outcome, its sentence and its source. */
export function RuleResults({ label, rules }: { label: string; rules: readonly RuleResult[] }) {
  return (
    <ul className="ui-rules" aria-label={label}>
      {rules.map(withShownSource).map(rule => (
        <li key={rule.key} data-outcome={rule.outcome}>
          <span className="ui-rules-outcome">
            <StatusTag tone={looks[rule.outcome].tone} word={rule.word ?? looks[rule.outcome].word} />
          </span>
          <div>
            <p className="ui-rules-name">{rule.name}</p>
            <p>{rule.sentence}</p>
            {(rule.source || (rule.mayLift && rule.outcome !== 'passed')) && (
              <p className="ui-faint">
                {rule.source && `${words.values.source}：${rule.source}`}
                {rule.mayLift && rule.outcome !== 'passed' && `　${words.states.lift}：${rule.mayLift}`}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
