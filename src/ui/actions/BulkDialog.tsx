import { Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { FieldInput } from '../fields/FieldInput.tsx'
import { words } from '../labels.ts'
import { ActionButton } from './ActionButton.tsx'
import { ProgressPanel } from './ProgressPanel.tsx'
import './actions.css'

/** What became of one record of many. */
export interface BulkOutcome {
  key: string
  name: string
  state: 'done' | 'pending' | 'refused'
  /** Why it was refused. */
  sentence: string | null
}

export interface BulkDialogProps {
  open: boolean
  title: string
  /** What will happen to each of them. */
  what: ReactNode
  names: readonly string[]
  confirmLabel: string
  /** Null when it may be done; else why not yet. */
  missing: string | null
  /** Whether a reason is asked for; it is recorded with each record. */
  reason: 'required' | 'none'
  running: boolean
  total: number
  /** Null before the act. */
  outcomes: readonly BulkOutcome[] | null
  onConfirm: (reason: string) => void
  /** Ends after the record at hand. */
  onStop: () => void
  onClose: () => void
  children?: ReactNode
}

const SHORTEST_REASON = 5
const NAMES_SHOWN = 5

/** The same act on many records: says on which, shows how far it is, and ends with one summary. */
export function BulkDialog(props: BulkDialogProps) {
  return (
    <Modal
      open={props.open}
      onCancel={props.running ? () => {} : props.onClose}
      footer={null}
      title={props.title}
      destroyOnHidden
      width={560}
    >
      {props.outcomes ? <Summary {...props} outcomes={props.outcomes} /> : <Ask {...props} />}
    </Modal>
  )
}

function Ask({ what, names, confirmLabel, missing, reason, onConfirm, children }: BulkDialogProps) {
  const [text, setText] = useState('')
  const short =
    reason === 'required' && text.trim().length < SHORTEST_REASON ? words.bulk.reasonMissing : null
  const more = names.length - NAMES_SHOWN
  return (
    <div className="ui-stack">
      <div>{what}</div>
      <p className="ui-faint">
        {names.slice(0, NAMES_SHOWN).join('、')}
        {more > 0 && words.bulk.more(more)}
      </p>
      {children}
      {reason === 'required' && (
        <FieldInput
          field={{
            name: 'bulkReason',
            type: 'text',
            label: words.bulk.reason,
            required: true,
            maxLength: 500,
          }}
          value={text}
          onChange={setText}
        />
      )}
      <div>
        <ActionButton kind="primary" disabledReason={missing ?? short} onClick={() => onConfirm(text.trim())}>
          {`${confirmLabel}（${words.bulk.count(names.length)}）`}
        </ActionButton>
      </div>
    </div>
  )
}

function Summary({
  title,
  running,
  total,
  outcomes,
  onStop,
  onClose,
}: BulkDialogProps & { outcomes: readonly BulkOutcome[] }) {
  const count = (state: BulkOutcome['state']) => outcomes.filter(one => one.state === state).length
  const refused = outcomes.filter(one => one.state === 'refused')
  const left = running ? 0 : total - outcomes.length
  return (
    <div className="ui-stack">
      <ProgressPanel
        title={title}
        state={running ? 'running' : left > 0 ? 'cancelled' : 'done'}
        done={outcomes.length}
        total={total}
        counts={[
          { label: words.bulk.done, count: count('done') },
          { label: words.bulk.pending, count: count('pending'), tone: 'accent' },
          { label: words.bulk.refused, count: refused.length, tone: 'danger' },
          ...(left > 0 ? [{ label: words.bulk.left, count: left }] : []),
        ]}
        secondsLeft={null}
        onCancel={running ? onStop : null}
      />
      {refused.length > 0 && (
        <ul className="ui-bulk-refused">
          {refused.map(({ key, name, sentence }) => (
            <li key={key}>
              <strong>{name}</strong>　{sentence}
            </li>
          ))}
        </ul>
      )}
      <div>
        <ActionButton
          kind="primary"
          disabledReason={running ? words.bulk.stillRunning : null}
          onClick={onClose}
        >
          {words.bulk.close}
        </ActionButton>
      </div>
    </div>
  )
}
