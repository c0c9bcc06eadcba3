import { Button } from 'antd'
import type { FormEvent, ReactNode } from 'react'
import type { Problem } from '../../../ui/index.ts'

interface EntranceFormProps {
  label: string
  submitLabel: string
  running: boolean
  problem: Problem | null
  /** False while something is missing: the button waits. */
  ready: boolean
  onSubmit: () => void
  children: ReactNode
  foot?: ReactNode
}

/** A few lines and one button; a refusal is said in place and read aloud. */
export function EntranceForm(props: EntranceFormProps) {
  const { label, submitLabel, running, problem, ready, onSubmit, children, foot } = props
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !running) onSubmit()
  }
  return (
    <form className="entrance-form" aria-label={label} onSubmit={submit} noValidate>
      <div role="alert">
        {problem && (
          <div className="entrance-refused">
            {problem.reasons.length > 0
              ? problem.reasons.map(reason => (
                  <p key={`${reason.code}${reason.sentence}`}>{reason.sentence}</p>
                ))
              : problem.title}
          </div>
        )}
      </div>
      {children}
      <Button type="primary" size="large" htmlType="submit" block loading={running} disabled={!ready}>
        {submitLabel}
      </Button>
      {foot}
    </form>
  )
}
