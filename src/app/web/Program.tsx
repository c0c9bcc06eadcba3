import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  type RootRoute,
  RouterProvider,
  useBlocker,
  useNavigate,
  useRouterState,
} from '@tanstack/react-router'
import { Suspense, useCallback, useMemo } from 'react'
import { publicPages, SignInGate } from '../../business/access/web.tsx'
import { parseTypedDate } from '../../platform/dates/typed-date.ts'
import { formatWareki } from '../../platform/dates/wareki.ts'
import { CatalogueContext } from '../../platform/web/catalogue.ts'
import type { Page } from '../../platform/web/page.ts'
import { SessionContext, useSession } from '../../platform/web/session.ts'
import { type LeaveBlock, LoadingState, RefusedState, UiProvider } from '../../ui/index.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Frame } from './Frame.tsx'
import { webSlices } from './slices.ts'

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 2_000 } },
})

const root: RootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound })

const pages = webSlices.flatMap(slice => slice.pages)
const openPaths = new Set(publicPages.map(page => page.path))

function routeOf(page: Page) {
  return createRoute({ getParentRoute: () => root, path: page.path, component: () => <Shown page={page} /> })
}

const router = createRouter({
  routeTree: root.addChildren([...pages.map(routeOf), ...publicPages.map(routeOf)]),
  defaultPreload: false,
})

export function Program() {
  const catalogue = useMemo(() => ({ slices: webSlices }), [])
  return (
    <QueryClientProvider client={queries}>
      <CatalogueContext value={catalogue}>
        <RouterProvider router={router} />
      </CatalogueContext>
    </QueryClientProvider>
  )
}

function Root() {
  const navigate = useNavigate()
  const follow = useCallback((href: string) => void navigate({ href }), [navigate])
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <UiProvider
      follow={follow}
      parseDate={parseDate}
      sayJapaneseYear={sayJapaneseYear}
      useLeaveBlock={useLeaveBlock}
    >
      <ErrorBoundary key={path}>
        {openPaths.has(path) ? (
          <Outlet />
        ) : (
          <SignInGate>
            {session => (
              <SessionContext value={session}>
                <Frame>
                  <Outlet />
                </Frame>
              </SessionContext>
            )}
          </SignInGate>
        )}
      </ErrorBoundary>
    </UiProvider>
  )
}

function parseDate(typed: string): string | null {
  const read = parseTypedDate(typed)
  return read.ok ? read.date : null
}

function sayJapaneseYear(date: string): string {
  return formatWareki(date, 'long') ?? date
}

/** Holds a navigation back while something is typed that nobody has kept. */
function useLeaveBlock(active: boolean): LeaveBlock | null {
  const blocker = useBlocker({ shouldBlockFn: () => active, enableBeforeUnload: false, withResolver: true })
  return useMemo(
    () => (blocker.status === 'blocked' ? { leave: blocker.proceed, stay: blocker.reset } : null),
    [blocker.status, blocker.proceed, blocker.reset],
  )
}

function Shown({ page }: { page: Page }) {
  const Component = page.component
  const content = (
    <Suspense fallback={<LoadingState rows={8} />}>
      <Component />
    </Suspense>
  )
  return page.permission === null ? content : <Permitted permission={page.permission}>{content}</Permitted>
}

function Permitted({ permission, children }: { permission: string; children: React.ReactNode }) {
  const { permissions } = useSession()
  if (permissions.has(permission)) return children
  return (
    <RefusedState
      problem={{
        kind: 'forbidden',
        title: 'この画面を見る権限がありません',
        reasons: [
          {
            code: 'permission_must_be_held',
            sentence: '必要な場合は、管理者に役割の付与を依頼してください。',
            field: null,
          },
        ],
        requestId: null,
      }}
    />
  )
}

function NotFound() {
  return (
    <RefusedState
      problem={{
        kind: 'missing',
        title: 'ページが見つかりません',
        reasons: [
          {
            code: 'missing',
            sentence: 'アドレスを確認するか、左のメニューから開き直してください。',
            field: null,
          },
        ],
        requestId: null,
      }}
    />
  )
}
