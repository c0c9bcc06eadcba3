import { CheckOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import { ActionButton } from './ActionButton.tsx'
import './actions.css'

export interface WizardStep {
  key: string
  label: string
  /** A few words of result once done: 「1,204件」. */
  detail?: string
}

interface StepsLineProps {
  label: string
  steps: readonly WizardStep[]
  activeKey: string
  /** Goes back to a finished step; left out where that is not possible. */
  onStep?: (key: string) => void
}

/** The steps of a longer act: done, now, still to come, in word, shape and colour. */
export function StepsLine({ label, steps, activeKey, onStep }: StepsLineProps) {
  const now = steps.findIndex(step => step.key === activeKey)
  return (
    <ol className="ui-steps" aria-label={label}>
      {steps.map((step, at) => {
        const state = at < now ? 'done' : at === now ? 'now' : 'next'
        const face = (
          <>
            <span className="ui-steps-mark" aria-hidden="true">
              {state === 'done' ? <CheckOutlined aria-hidden="true" /> : at + 1}
            </span>
            <span className="ui-steps-words">
              <span>{step.label}</span>
              {step.detail && <span className="ui-faint">{step.detail}</span>}
            </span>
            <span className="ui-hidden">{stateWords[state]}</span>
          </>
        )
        return (
          <li key={step.key} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            {state === 'done' && onStep ? (
              <button type="button" onClick={() => onStep(step.key)}>
                {face}
              </button>
            ) : (
              <span className="ui-steps-face">{face}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

const stateWords = { done: words.actions.stepDone, now: words.actions.stepNow, next: words.actions.stepNext }

interface WizardProps extends StepsLineProps {
  children: ReactNode
  onBack: (() => void) | null
  onNext: () => void
  nextLabel?: string
  nextDisabledReason: string | null
  running?: boolean
}

/** Steps above, one step's content, and the way back and on. */
export function Wizard({
  children,
  onBack,
  onNext,
  nextLabel,
  nextDisabledReason,
  running,
  ...line
}: WizardProps) {
  return (
    <div className="ui-wizard">
      <StepsLine {...line} />
      <div className="ui-wizard-body">{children}</div>
      <footer className="ui-form-foot">
        <div className="ui-form-notes" />
        {onBack && <Button onClick={onBack}>{words.actions.back}</Button>}
        <ActionButton
          kind="primary"
          disabledReason={nextDisabledReason}
          running={running ?? false}
          onClick={onNext}
        >
          {nextLabel ?? words.actions.proceed}
        </ActionButton>
      </footer>
    </div>
  )
}
