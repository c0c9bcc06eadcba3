import { CloseCircleFilled } from '@ant-design/icons'
import { type MouseEvent, useEffect, useRef } from 'react'
import { words } from '../labels.ts'
import type { Problem } from '../problem.ts'
import { CopyText } from '../values/CopyText.tsx'
import { shownSource } from '../values/shown-source.ts'

const focusable = 'input,textarea,select,button,[tabindex]'

interface ErrorSummaryProps {
  problem: Problem
  idOf: (name: string) => string
  labelOf: (name: string) => string | undefined
}

/** Everything that stands in the way, at once; each line about a field leads to it. Takes the focus when it appears. */
export function ErrorSummary({ problem, idOf, labelOf }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer takes the focus again
  useEffect(() => {
    box.current?.focus()
  }, [problem])
  const jump = (event: MouseEvent, name: string) => {
    event.preventDefault()
    const field = document.getElementById(idOf(name))
    field?.scrollIntoView({ block: 'center' })
    const control = field?.matches(focusable) ? field : field?.querySelector<HTMLElement>(focusable)
    control?.focus({ preventScroll: true })
  }
  const title =
    problem.kind === 'invalid'
      ? words.form.problems(problem.reasons.length)
      : problem.title || words.form.submitFailed
  return (
    <div className="ui-error-summary" role="alert" tabIndex={-1} ref={box}>
      <p>
        <CloseCircleFilled aria-hidden="true" /> <strong>{title}</strong>
      </p>
      <ul>
        {problem.reasons.map(reason => {
          const label = reason.field === null ? undefined : labelOf(reason.field)
          return (
            <li key={`${reason.code}-${reason.field ?? ''}-${reason.sentence}`}>
              {reason.field !== null && label && (
                <>
                  <a
                    className="ui-link"
                    href={`#${idOf(reason.field)}`}
                    onClick={event => jump(event, reason.field!)}
                  >
                    {label}
                  </a>
                  ：
                </>
              )}
              {reason.sentence}
              {shownSource(reason.source) && `（${shownSource(reason.source)}）`}
              {reason.mayLift && ` ${words.states.lift}：${reason.mayLift}`}
            </li>
          )
        })}
      </ul>
      {problem.kind === 'failed' && problem.requestId && (
        <p>
          {words.states.requestId} <CopyText text={problem.requestId} />
        </p>
      )}
    </div>
  )
}
