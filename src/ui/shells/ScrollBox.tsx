import { type ReactNode, useEffect, useRef, useState } from 'react'

interface ScrollBoxProps {
  label: string
  className?: string
  children: ReactNode
}

/** Scrolls sideways instead of widening the page; a tab stop (with a name) only while there is something to scroll. */
export function ScrollBox({ label, className = '', children }: ScrollBoxProps) {
  const box = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const region = scrolls ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {}
  return (
    <div className={`ui-scroll ${className}`} ref={box} {...region}>
      {children}
    </div>
  )
}
