import { lazy } from 'react'
import type { WebSlice } from '../../platform/web/page.ts'

export const homeWeb: WebSlice = {
  pages: [{ path: '/', permission: null, component: lazy(() => import('./pages/HomePage.tsx')) }],
}
