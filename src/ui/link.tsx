import type { AnchorHTMLAttributes, MouseEvent } from 'react'
import { useUi } from './theme/UiProvider.tsx'

interface UiLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  href: string
  /** Leaves out the kit's link look (rail, tiles). */
  plain?: boolean
}

/** A real anchor, so that opening in a new tab works; an ordinary click is handed to the router. */
export function UiLink({ href, plain = false, className, onClick, ...rest }: UiLinkProps) {
  const { follow } = useUi()
  const outside = /^[a-z]+:/i.test(href) || rest.target === '_blank' || rest.download !== undefined
  const handle = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    const plainClick =
      event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (outside || event.defaultPrevented || !plainClick) return
    event.preventDefault()
    follow(href)
  }
  return (
    <a
      {...rest}
      href={href}
      className={[plain ? '' : 'ui-link', className].filter(Boolean).join(' ')}
      onClick={handle}
    />
  )
}
