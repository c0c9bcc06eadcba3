import { type RefObject, useLayoutEffect } from 'react'

const least = 260

/**
 * Lets an element reach to the bottom of the window, so that its own head can stand still while its rows scroll.
 * `below` is the room kept under it, in pixels: its foot and the page's lower edge.
 */
export function useFillHeight(box: RefObject<HTMLElement | null>, active: boolean, below: number): void {
  useLayoutEffect(() => {
    const element = box.current
    if (!element || !active) return
    const reach = () => {
      const top = element.getBoundingClientRect().top + window.scrollY
      element.style.maxHeight = `${Math.max(least, window.innerHeight - top - below)}px`
    }
    reach()
    const observer = new ResizeObserver(reach)
    observer.observe(document.body)
    window.addEventListener('resize', reach)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', reach)
    }
  }, [box, active, below])
}
