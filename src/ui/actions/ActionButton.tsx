import { Button, type ButtonProps, Tooltip } from 'antd'
import { type ReactNode, useId } from 'react'

export interface ActionButtonProps {
  children: ReactNode
  onClick: () => void
  /** Null when allowed; otherwise the sentence that says why not. Must be decided, so it cannot be forgotten. */
  disabledReason: string | null
  kind?: 'primary' | 'default' | 'danger' | 'quiet'
  icon?: ReactNode
  running?: boolean
  size?: 'small' | 'middle'
  /** A word for screen readers where the button shows only an icon. */
  label?: string
  /** Shown on hover when allowed, e.g. the key. */
  hint?: string
}

/** A button which, when refused, stays reachable and says why: on hover, on focus and to screen readers. */
export function ActionButton({
  children,
  onClick,
  disabledReason,
  kind = 'default',
  running,
  hint,
  label,
  icon,
  ...rest
}: ActionButtonProps) {
  const reasonId = useId()
  const refused = disabledReason !== null
  return (
    <>
      <Tooltip title={disabledReason ?? hint} trigger={['hover', 'focus']}>
        <Button
          {...rest}
          {...look(kind)}
          {...(icon ? { icon: <span aria-hidden="true">{icon}</span> } : {})}
          loading={running ?? false}
          aria-disabled={refused || undefined}
          aria-label={label}
          aria-describedby={refused ? reasonId : undefined}
          onClick={() => {
            if (!refused && !running) onClick()
          }}
        >
          {children}
        </Button>
      </Tooltip>
      {refused && (
        <span id={reasonId} className="ui-hidden">
          {disabledReason}
        </span>
      )}
    </>
  )
}

function look(kind: NonNullable<ActionButtonProps['kind']>): ButtonProps {
  if (kind === 'primary') return { type: 'primary' }
  if (kind === 'danger') return { danger: true }
  if (kind === 'quiet') return { type: 'text' }
  return {}
}
