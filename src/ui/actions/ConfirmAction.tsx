import { Button, Input, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { words } from '../labels.ts'
import type { Problem } from '../problem.ts'
import { FormScopeProvider, useNewFormScope } from '../shells/FormScope.tsx'
import { Reasons } from '../shells/states.tsx'
import { CopyText } from '../values/CopyText.tsx'
import './actions.css'

export interface ConfirmActionProps {
  open: boolean
  /** The act as a question or sentence: 「与信枠を停止します」. */
  title: string
  /** What will happen, and how it can be undone. */
  what: ReactNode
  confirmLabel: string
  danger?: boolean
  /** Whether a reason is asked; it is recorded with the act. */
  reason: 'required' | 'optional' | 'none'
  running: boolean
  /** What the server said to the last attempt. */
  problem: Problem | null
  onConfirm: (reason: string) => void
  onClose: () => void
  /** Wide enough for fields in two columns. */
  wide?: boolean
  /** Further fields: evidence, dates. */
  children?: ReactNode
  /** What of them is still to be filled in, as a sentence that names it; nothing is sent until then. */
  unfilled?: string | null
}

/** Says what will happen, asks the reason, shows a refusal in place and at its fields. What cannot be read is not sent. */
export function ConfirmAction(props: ConfirmActionProps) {
  return (
    <Modal
      open={props.open}
      onCancel={props.onClose}
      footer={null}
      title={props.title}
      destroyOnHidden
      width={props.wide ? 760 : 520}
    >
      <ConfirmBody {...props} />
    </Modal>
  )
}

function ConfirmBody({
  what,
  confirmLabel,
  danger,
  reason,
  running,
  problem,
  onConfirm,
  onClose,
  children,
  unfilled = null,
}: ConfirmActionProps) {
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const id = useId()
  const body = useRef<HTMLDivElement>(null)
  const { scope, labelOf, unreadable } = useNewFormScope(id, problem, running)
  const unread = Object.entries(unreadable)[0]
  const lacking = unread ? `${labelOf(unread[0]) ?? ''}：${unread[1]}` : unfilled
  const missing = reason === 'required' && text.trim() === ''
  const confirm = () => {
    setAsked(true)
    if (!missing && lacking === null && !running) onConfirm(text.trim())
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) confirm()
  }
  useEffect(() => {
    body.current?.querySelector<HTMLElement>(firstField)?.focus({ preventScroll: true })
  }, [])
  return (
    <FormScopeProvider value={scope}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter sends from every field of the dialog, as it does in forms */}
      <div className="ui-confirm" ref={body} onKeyDown={onKey}>
        <div className="ui-confirm-what">{what}</div>
        {children}
        {reason !== 'none' && (
          <div>
            <label className="ui-confirm-label" htmlFor={id}>
              {words.actions.reason}{' '}
              {reason === 'required' && <span className="ui-required">{words.form.required}</span>}
            </label>
            <Input.TextArea
              id={id}
              autoSize={{ minRows: 2, maxRows: 8 }}
              maxLength={1000}
              value={text}
              placeholder={words.actions.reasonHint}
              aria-required={reason === 'required'}
              aria-invalid={(asked && missing) || undefined}
              aria-describedby={`${id}-error`}
              onChange={event => setText(event.target.value)}
              {...(asked && missing ? { status: 'error' as const } : {})}
            />
            <p id={`${id}-error`} className="ui-field-error" role="alert">
              {asked && missing && words.actions.reasonRequired}
            </p>
          </div>
        )}
        {asked && lacking !== null && (
          <p className="ui-field-error" role="alert">
            {lacking}
          </p>
        )}
        {problem && <Refusal problem={problem} labelOf={labelOf} />}
        <ConfirmButtons
          confirmLabel={confirmLabel}
          danger={danger ?? false}
          running={running}
          onConfirm={confirm}
          onClose={onClose}
        />
      </div>
    </FormScopeProvider>
  )
}

const firstField = 'input:not(:disabled), textarea:not(:disabled)'

/** What was said to the last attempt, each sentence under the label of its field, and the number to quote when it was our fault. */
function Refusal({ problem, labelOf }: { problem: Problem; labelOf: (name: string) => string | undefined }) {
  const reasons = problem.reasons.map(reason => {
    const label = reason.field === null ? undefined : labelOf(reason.field)
    return label ? { ...reason, sentence: `${label}：${reason.sentence}` } : reason
  })
  return (
    <div role="alert">
      <p className="ui-confirm-refused">{problem.title || words.states.refusedTitle}</p>
      <Reasons reasons={reasons} />
      {problem.kind === 'failed' && problem.requestId && (
        <p>
          {words.states.requestId} <CopyText text={problem.requestId} />
        </p>
      )}
    </div>
  )
}

interface ConfirmButtonsProps {
  confirmLabel: string
  danger: boolean
  running: boolean
  onConfirm: () => void
  onClose: () => void
}

function ConfirmButtons({ confirmLabel, danger, running, onConfirm, onClose }: ConfirmButtonsProps) {
  return (
    <div className="ui-confirm-buttons">
      <Button onClick={onClose} disabled={running}>
        {words.actions.cancel}
      </Button>
      <Button type="primary" danger={danger} loading={running} onClick={onConfirm}>
        {confirmLabel}
      </Button>
    </div>
  )
}
