import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { useEffect, useState } from 'react'
import { ConfirmAction } from '../actions/ConfirmAction.tsx'
import { words } from '../labels.ts'
import type { Problem } from '../problem.ts'

export type Unmasked = { text: string } | { problem: Problem }

interface MaskedTextProps {
  /** What it is: 「口座番号」. */
  label: string
  /** As the server sent it, e.g. ●●●●123. */
  masked: string
  /** Asks the server for the plain text; the reason is recorded there. */
  unmask: (reason: string) => Promise<Unmasked>
  /** Null: may be asked for. */
  disabledReason: string | null
}

const shownMs = 60_000

/** ●●●●123 with an eye: a reason is asked and recorded, and the text hides itself after a minute. */
export function MaskedText({ label, masked, unmask, disabledReason }: MaskedTextProps) {
  const [asking, setAsking] = useState(false)
  const [running, setRunning] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [plain, setPlain] = useState<string | null>(null)
  useEffect(() => {
    if (plain === null) return
    const timer = setTimeout(() => setPlain(null), shownMs)
    return () => clearTimeout(timer)
  }, [plain])
  const confirm = async (reason: string) => {
    setRunning(true)
    const answer = await unmask(reason)
    setRunning(false)
    if ('problem' in answer) return setProblem(answer.problem)
    setPlain(answer.text)
    setAsking(false)
    setProblem(null)
  }
  const press = () => {
    if (plain !== null) setPlain(null)
    else if (disabledReason === null) setAsking(true)
  }
  const word = plain === null ? words.values.showMasked(label) : words.values.hide
  return (
    <span className="ui-copy">
      <span className="ui-code">{plain ?? masked}</span>
      <Tooltip title={disabledReason ?? word}>
        <button
          type="button"
          aria-label={disabledReason ? `${word}（${disabledReason}）` : word}
          aria-disabled={disabledReason !== null || undefined}
          onClick={press}
        >
          {plain === null ? <EyeOutlined aria-hidden="true" /> : <EyeInvisibleOutlined aria-hidden="true" />}
        </button>
      </Tooltip>
      <ConfirmAction
        open={asking}
        title={words.values.showTitle}
        what={words.values.showBody}
        confirmLabel={words.values.show}
        reason="required"
        running={running}
        problem={problem}
        onConfirm={reason => void confirm(reason)}
        onClose={() => setAsking(false)}
      />
    </span>
  )
}
