import { useCallback, useState } from 'react'

/**
 * A small preference kept in this browser. A value that no longer passes `isValid` counts as absent; a browser that
 * refuses storage (private mode) still works, the preference just lasts for the visit.
 */
export function useStored<T>(
  key: string,
  initial: T,
  isValid: (value: unknown) => value is T,
): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => readStored(key, isValid) ?? initial)
  const store = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch (error) {
        console.warn(`Preference ${key} lasts for this visit only`, error)
      }
    },
    [key],
  )
  return [value, store]
}

function readStored<T>(key: string, isValid: (value: unknown) => value is T): T | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null')
    return isValid(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
