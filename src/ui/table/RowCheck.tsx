import { useEffect, useRef } from 'react'

interface RowCheckProps {
  label: string
  checked: boolean
  /** Some, not all. */
  mixed?: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

/** A plain box: a hundred of them stand in one table, and each must cost next to nothing. */
export function RowCheck({ label, checked, mixed = false, disabled = false, onChange }: RowCheckProps) {
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (box.current) box.current.indeterminate = mixed
  }, [mixed])
  return (
    <input
      ref={box}
      type="checkbox"
      className="ui-check"
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={event => onChange(event.target.checked)}
    />
  )
}
