import { createRoot } from 'react-dom/client'
import { Program } from './Program.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('the page has no root element')
createRoot(root).render(<Program />)
