import { Checkbox, Input, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { FileDrop } from '../actions/FileDrop.tsx'
import { words } from '../labels.ts'
import { DateInput } from './DateInput.tsx'
import { labelIdOf, notesIdOf } from './FieldFrame.tsx'
import type {
  ChoiceField,
  FieldDescription,
  FieldOption,
  MultiField,
  TextField,
} from './field-description.ts'
import { NumberInput } from './NumberInput.tsx'

export interface ControlProps {
  id: string
  value: unknown
  onChange: (value: unknown) => void
  invalid: boolean
  disabled: boolean
  readOnly: boolean
}

/** The control for one kind of field. Values are typed at FieldInput; here they are narrowed by the description's type. */
export function fieldControl(field: FieldDescription, props: ControlProps): ReactNode {
  switch (field.type) {
    case 'longText':
      return (
        <Input.TextArea
          {...typed(field, props)}
          autoSize={{ minRows: field.rows ?? 3, maxRows: 14 }}
          maxLength={field.maxLength}
        />
      )
    case 'yen':
    case 'number':
    case 'rate':
      return <NumberInput field={field} {...props} value={props.value as number | null} />
    case 'date':
      return <DateInput field={field} {...props} value={props.value as string | null} />
    case 'choice':
      return choiceControl(field, props)
    case 'multi':
      return multiControl(field, props)
    case 'bool':
      return (
        <Checkbox
          id={props.id}
          checked={props.value as boolean}
          disabled={props.disabled || props.readOnly}
          onChange={event => props.onChange(event.target.checked)}
          {...described(field, props)}
        >
          {field.sentence}
        </Checkbox>
      )
    case 'file':
      return (
        <FileDrop
          id={props.id}
          labelledBy={labelIdOf(props.id)}
          accept={field.accept}
          maxBytes={field.maxBytes}
          many={field.many ?? false}
          files={props.value as readonly File[]}
          onChange={props.onChange}
        />
      )
    default:
      return <Input {...typed(field, props)} {...keyboardFor(field)} maxLength={field.maxLength} />
  }
}

function typed(field: FieldDescription, { id, value, onChange, invalid, disabled, readOnly }: ControlProps) {
  return {
    id,
    value: value as string,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
    disabled,
    readOnly,
    ...(invalid ? { status: 'error' as const } : {}),
    ...described(field, { id, invalid }),
  }
}

/** What screen readers are told about a control beside its label. */
export function described(
  field: Pick<FieldDescription, 'required'>,
  { id, invalid }: Pick<ControlProps, 'id' | 'invalid'>,
) {
  return {
    'aria-describedby': notesIdOf(id),
    'aria-invalid': invalid || undefined,
    'aria-required': field.required || undefined,
  }
}

function keyboardFor(field: TextField) {
  if (field.type === 'phone') return { inputMode: 'tel' as const, autoComplete: 'off' }
  if (field.type === 'email') return { inputMode: 'email' as const, autoComplete: 'off', spellCheck: false }
  if (field.type === 'postal' || field.type === 'code')
    return { inputMode: 'numeric' as const, autoComplete: 'off', spellCheck: false }
  return { autoComplete: 'off' }
}

function choiceControl(field: ChoiceField, props: ControlProps) {
  const value = props.value as string | null
  if (field.options.length <= 4)
    return (
      <Radio.Group
        id={props.id}
        value={value}
        disabled={props.disabled || props.readOnly}
        onChange={event => props.onChange(event.target.value)}
        options={field.options.map(option => ({
          value: option.value,
          label: <OptionWords option={option} />,
          disabled: option.disabledReason !== undefined,
        }))}
        {...(field.options.some(noteOf) ? { className: 'ui-options-noted' } : {})}
        {...{ 'aria-labelledby': labelIdOf(props.id), 'aria-describedby': notesIdOf(props.id) }}
      />
    )
  return (
    <Select
      id={props.id}
      value={value ?? undefined}
      onChange={next => props.onChange(next ?? null)}
      options={selectOptions(field.options)}
      optionRender={({ value: key }) => <OptionWords option={field.options.find(one => one.value === key)} />}
      showSearch={{ optionFilterProp: 'label' }}
      allowClear={!field.required}
      placeholder={words.form.choose}
      disabled={props.disabled || props.readOnly}
      {...(props.invalid ? { status: 'error' as const } : {})}
      {...described(field, props)}
    />
  )
}

function multiControl(field: MultiField, props: ControlProps) {
  const value = [...(props.value as readonly string[])]
  if (field.options.length <= 6)
    return (
      // biome-ignore lint/a11y/useSemanticElements: the group's label stands outside, in the field's frame
      <div
        role="group"
        id={props.id}
        tabIndex={-1}
        aria-labelledby={labelIdOf(props.id)}
        aria-describedby={notesIdOf(props.id)}
      >
        <Checkbox.Group
          value={value}
          disabled={props.disabled || props.readOnly}
          onChange={props.onChange}
          options={selectOptions(field.options)}
        />
      </div>
    )
  return (
    <Select
      mode="multiple"
      id={props.id}
      value={value}
      onChange={props.onChange}
      options={selectOptions(field.options)}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={words.form.choose}
      disabled={props.disabled || props.readOnly}
      {...described(field, props)}
    />
  )
}

/** Why an option cannot be chosen, or what it means: under its label, where it is read before one tries. */
const noteOf = (option: FieldOption) => option.disabledReason ?? option.detail

function OptionWords({ option }: { option: FieldOption | undefined }) {
  if (!option) return null
  const note = noteOf(option)
  if (!note) return option.label
  return (
    <span className="ui-lookup-option">
      <span>{option.label}</span>
      <span className="ui-faint">{note}</span>
    </span>
  )
}

function selectOptions(options: readonly FieldOption[]) {
  return options.map(option => ({
    value: option.value,
    label: option.label,
    disabled: option.disabledReason !== undefined,
    title: option.disabledReason ?? option.label,
  }))
}
