import {
  CheckCircleOutlined,
  CloseCircleFilled,
  InfoCircleOutlined,
  LoadingOutlined,
  QuestionCircleOutlined,
  WarningFilled,
} from '@ant-design/icons'
import { Popover } from 'antd'
import type { ReactNode } from 'react'
import { words } from '../labels.ts'
import type { FieldDescription, FieldHint, LookupField } from './field-description.ts'
import './fields.css'

interface FieldFrameProps<V> {
  field: FieldDescription | LookupField
  id: string
  errors: readonly string[]
  hint: FieldHint<V> | 'checking' | null
  onTake: (value: V) => void
  /** Groups (radio, checkbox lists) are named by aria-labelledby instead of a label element. */
  group: boolean
  /** Said under the field, e.g. the date in Japanese years. */
  echo?: ReactNode
  children: ReactNode
}

export const labelIdOf = (id: string): string => `${id}-label`
export const notesIdOf = (id: string): string => `${id}-notes`

/** Label, required mark, help; then under the field: error, live hint, example, why. */
export function FieldFrame<V>({
  field,
  id,
  errors,
  hint,
  onTake,
  group,
  echo,
  children,
}: FieldFrameProps<V>) {
  const Label = group ? 'span' : 'label'
  return (
    <div
      className={`ui-field ui-field-${field.width ?? 'medium'}`}
      data-error={errors.length > 0 || undefined}
    >
      <div className="ui-field-label">
        <Label id={labelIdOf(id)} {...(group ? {} : { htmlFor: id })}>
          {field.label}
        </Label>
        {field.required && <span className="ui-required">{words.form.required}</span>}
        {field.help && (
          <Popover
            content={<p className="ui-field-help">{field.help}</p>}
            title={field.label}
            trigger="click"
          >
            <button type="button" className="ui-field-question" aria-label={words.form.help(field.label)}>
              <QuestionCircleOutlined aria-hidden="true" />
            </button>
          </Popover>
        )}
      </div>
      {children}
      <div className="ui-field-notes" id={notesIdOf(id)}>
        {errors.map(sentence => (
          <p key={sentence} className="ui-field-error">
            <CloseCircleFilled aria-hidden="true" /> {sentence}
          </p>
        ))}
        <div role="status">
          <HintLine hint={hint} onTake={onTake} />
        </div>
        {echo && <p className="ui-faint">{echo}</p>}
        {field.example && !group && (
          <p className="ui-faint">
            {words.form.example}：{field.example}
          </p>
        )}
        {field.why && (
          <p className="ui-faint">
            {words.form.why}：{field.why}
          </p>
        )}
      </div>
    </div>
  )
}

function HintLine<V>({
  hint,
  onTake,
}: {
  hint: FieldHint<V> | 'checking' | null
  onTake: (value: V) => void
}) {
  if (hint === null) return null
  if (hint === 'checking')
    return (
      <p className="ui-faint">
        <LoadingOutlined aria-hidden="true" /> {words.form.checking}
      </p>
    )
  const { suggestion } = hint
  return (
    <p className={`ui-hint ui-hint-${hint.level}`}>
      {hintIcons[hint.level]} {hint.sentence}
      {suggestion && (
        <>
          {' '}
          <button type="button" className="ui-text-button" onClick={() => onTake(suggestion.value)}>
            {words.form.takeSuggestion(suggestion.shown)}
          </button>
        </>
      )}
    </p>
  )
}

const hintIcons = {
  ok: <CheckCircleOutlined aria-hidden="true" />,
  info: <InfoCircleOutlined aria-hidden="true" />,
  warning: <WarningFilled aria-hidden="true" />,
}
