import { Button, Input, Modal } from 'antd'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { words } from '../labels.ts'
import type { Problem } from '../problem.ts'
import { Reasons } from '../shells/states.tsx'
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

/** Says what will happen, asks the reason, shows a refusal in place. */
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
  const missing = reason === 'required' && text.trim() === ''
  const confirm = () => {
    setAsked(true)
    if (!missing && unfilled === null && !running) onConfirm(text.trim())
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) confirm()
  }
  return (
    <div className="ui-confirm">
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
            autoFocus
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={1000}
            value={text}
            placeholder={words.actions.reasonHint}
            aria-required={reason === 'required'}
            aria-invalid={(asked && missing) || undefined}
            aria-describedby={`${id}-error`}
            onKeyDown={onKey}
            onChange={event => setText(event.target.value)}
            {...(asked && missing ? { status: 'error' as const } : {})}
          />
          <p id={`${id}-error`} className="ui-field-error" role="alert">
            {asked && missing && words.actions.reasonRequired}
          </p>
        </div>
      )}
      {asked && unfilled !== null && (
        <p className="ui-field-error" role="alert">
          {unfilled}
        </p>
      )}
      {problem && (
        <div role="alert">
          <p className="ui-confirm-refused">{problem.title || words.states.refusedTitle}</p>
          <Reasons reasons={problem.reasons} />
        </div>
      )}
      <ConfirmButtons
        confirmLabel={confirmLabel}
        danger={danger ?? false}
        running={running}
        onConfirm={confirm}
        onClose={onClose}
      />
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
