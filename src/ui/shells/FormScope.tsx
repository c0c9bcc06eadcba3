import { createContext, use, useCallback, useMemo, useState } from 'react'
import type { Problem } from '../problem.ts'

/** What a form and its fields tell each other: labels upwards for the summary, server errors downwards to their fields. */
export interface FormScope {
  idOf(name: string): string
  errorsOf(name: string): readonly string[]
  /** A field says its label when it appears. */
  register(name: string, label: string): void
  /** A field says that what is written cannot be read (null: it can again). */
  report(name: string, sentence: string | null): void
  disabled: boolean
}

const none: readonly string[] = []

const lonely: FormScope = {
  idOf: name => `field-${name}`,
  errorsOf: () => none,
  register: () => undefined,
  report: () => undefined,
  disabled: false,
}

const ScopeContext = createContext<FormScope>(lonely)
export const FormScopeProvider = ScopeContext

/** The form around a field; outside a form fields work alone. */
export const useFormScope = (): FormScope => use(ScopeContext)

/** The scope of one form, with the sentences of fields that cannot be read now and each field's label. */
export function useNewFormScope(prefix: string, problem: Problem | null, disabled: boolean) {
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({})
  const [unreadable, setUnreadable] = useState<Readonly<Record<string, string>>>({})
  const register = useCallback((name: string, label: string) => {
    setLabels(last => (last[name] === label ? last : { ...last, [name]: label }))
  }, [])
  const report = useCallback((name: string, sentence: string | null) => {
    setUnreadable(last => {
      if ((last[name] ?? null) === sentence) return last
      const { [name]: _gone, ...rest } = last
      return sentence === null ? rest : { ...rest, [name]: sentence }
    })
  }, [])
  const scope = useMemo<FormScope>(
    () => ({
      idOf: name => `${prefix}-${name}`,
      errorsOf: name =>
        problem?.reasons.filter(reason => reason.field === name).map(reason => reason.sentence) ?? none,
      register,
      report,
      disabled,
    }),
    [prefix, problem, register, report, disabled],
  )
  return { scope, labelOf: (name: string) => labels[name], unreadable }
}
