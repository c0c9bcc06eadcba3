import { useEffect, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type LeaveBlock, UiProvider } from '../../src/ui/index.ts'
import { GalleryFrame } from './GalleryFrame.tsx'
import { pages } from './pages.tsx'

/** The address after # chooses the page, so that each can be opened, printed and photographed by itself. */
function Gallery() {
  const [place, setPlace] = useState(() => location.hash.slice(1) || 'list')
  useEffect(() => {
    const follow = () => setPlace(location.hash.slice(1) || 'list')
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const key = place.split('/')[0] ?? 'list'
  const Page = pages[key] ?? pages.list!
  return (
    <UiProvider follow={goTo} useLeaveBlock={useLeaveBlock}>
      {key === 'door' ? (
        <Page />
      ) : (
        <GalleryFrame active={key}>
          <Page key={place} />
        </GalleryFrame>
      )}
    </UiProvider>
  )
}

let hold: ((href: string) => void) | null = null

/** Stands in for the router's blocker: while active, a followed link waits for the person's word. */
function useLeaveBlock(active: boolean): LeaveBlock | null {
  const [held, setHeld] = useState<string | null>(null)
  useEffect(() => {
    if (!active) return
    hold = setHeld
    return () => {
      hold = null
    }
  }, [active])
  return useMemo(() => {
    if (held === null) return null
    const leave = () => {
      hold = null
      goTo(held)
    }
    return { leave, stay: () => setHeld(null) }
  }, [held])
}

function goTo(href: string): void {
  if (hold) {
    hold(href)
    return
  }
  location.hash = href.replace(/^#?\/?/, '')
}

createRoot(document.getElementById('root')!).render(<Gallery />)
