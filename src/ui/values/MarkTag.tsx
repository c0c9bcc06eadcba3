import { TagFilled, TagOutlined } from '@ant-design/icons'
import type { MarkColour } from '../theme/mark-colours.ts'
import './values.css'

export interface MarkTagProps {
  label: string
  colour: MarkColour
  /** A status is filled, a tag is outlined: the difference does not rest on colour alone. */
  filled?: boolean
}

/** A label a company has defined itself, in the colour it gave it. */
export function MarkTag({ label, colour, filled = false }: MarkTagProps) {
  const text = `var(--ui-mark-${colour})`
  return (
    <span
      className="ui-tag"
      style={{ color: text, background: `var(--ui-mark-${colour}-ground)`, borderColor: text }}
    >
      <span aria-hidden="true">{filled ? <TagFilled /> : <TagOutlined />}</span>
      {label}
    </span>
  )
}
