import { Select } from 'antd'
import { useEffect, useEffectEvent, useState } from 'react'
import { words } from '../labels.ts'
import { useFormScope } from '../shells/FormScope.tsx'
import { FieldFrame } from './FieldFrame.tsx'
import { described } from './field-control.tsx'
import type { FieldCheck, LookupField, LookupValue } from './field-description.ts'
import { useLiveCheck } from './use-live-check.ts'

export interface LookupInputProps {
  field: LookupField
  value: LookupValue | null
  onChange: (value: LookupValue | null) => void
  /** Finds by what is typed; must give up when the signal aborts. Empty text asks for the usual ones. */
  find: (text: string, signal: AbortSignal) => Promise<readonly LookupValue[]>
  check?: FieldCheck<LookupValue | null>
  readOnly?: boolean
}

interface Found {
  state: 'searching' | 'ready' | 'failed'
  options: readonly LookupValue[]
}

/** Chooses one record out of many by typing: name, reading, code or number, whatever the server understands. */
export function LookupInput({ field, value, onChange, find, check, readOnly = false }: LookupInputProps) {
  const scope = useFormScope()
  const { register } = scope
  const [open, setOpen] = useState(false)
  const [text, setText] = useState('')
  const found = useFound(text, open, find)
  const hint = useLiveCheck(value, check)
  useEffect(() => register(field.name, field.label), [register, field.name, field.label])
  const id = scope.idOf(field.name)
  const errors = scope.errorsOf(field.name)
  const byValue = new Map(found.options.map(option => [option.value, option]))
  return (
    <FieldFrame field={field} id={id} errors={errors} hint={hint} onTake={onChange} group={false}>
      <Select
        id={id}
        value={value?.value ?? null}
        options={optionsWith(found.options, value)}
        optionRender={option => <LookupOption option={byValue.get(String(option.value)) ?? value} />}
        labelRender={() => value?.label ?? ''}
        showSearch={{ filterOption: false, searchValue: text, onSearch: setText }}
        placeholder={words.form.lookup}
        allowClear={!field.required}
        loading={found.state === 'searching' && open}
        notFoundContent={<p className="ui-lookup-none">{foundSentence(found, text)}</p>}
        onOpenChange={setOpen}
        onChange={(next: string | null | undefined) => onChange(next ? (byValue.get(next) ?? value) : null)}
        disabled={scope.disabled || readOnly}
        {...(errors.length > 0 ? { status: 'error' as const } : {})}
        {...described(field, { id, invalid: errors.length > 0 })}
      />
    </FieldFrame>
  )
}

function LookupOption({ option }: { option: LookupValue | null }) {
  if (!option) return null
  return (
    <span className="ui-lookup-option">
      <span>{option.label}</span>
      {option.detail && <span className="ui-faint">{option.detail}</span>}
    </span>
  )
}

/** The chosen one keeps its label even when it is not among those found. */
function optionsWith(found: readonly LookupValue[], value: LookupValue | null) {
  const all =
    value && !found.some(option => option.value === value.value) && found.length === 0 ? [value] : found
  return all.map(option => ({ value: option.value, label: option.label }))
}

function foundSentence(found: Found, text: string): string {
  if (found.state === 'searching') return words.search.searching
  if (found.state === 'failed') return words.search.failed
  return text === '' ? words.form.lookup : words.search.none(text)
}

function useFound(text: string, open: boolean, find: LookupInputProps['find']): Found {
  const [found, setFound] = useState<Found>({ state: 'searching', options: [] })
  const ask = useEffectEvent(find)
  useEffect(() => {
    if (!open) return
    const control = new AbortController()
    setFound(last => ({ ...last, state: 'searching' }))
    const timer = setTimeout(async () => {
      try {
        const options = await ask(text.trim(), control.signal)
        if (!control.signal.aborted) setFound({ state: 'ready', options })
      } catch (error) {
        if (control.signal.aborted) return
        console.error('lookup failed', error)
        setFound({ state: 'failed', options: [] })
      }
    }, 150)
    return () => {
      clearTimeout(timer)
      control.abort()
    }
  }, [text, open])
  return found
}
