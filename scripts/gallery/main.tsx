import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { UiProvider } from '../../src/ui/index.ts'
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
    <UiProvider follow={goTo}>
      <GalleryFrame active={key}>
        <Page key={place} />
      </GalleryFrame>
    </UiProvider>
  )
}

function goTo(href: string): void {
  location.hash = href.replace(/^#?\/?/, '')
}

createRoot(document.getElementById('root')!).render(<Gallery />)
