import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import AxeBuilder from '@axe-core/playwright'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build, createServer, preview, type ViteDevServer } from 'vite'

const here = dirname(fileURLToPath(import.meta.url))

/** Serves the gallery on any free port; the address ends in a slash. */
export async function serveGallery(): Promise<{ url: string; server: ViteDevServer }> {
  const server = await createServer({
    root: here,
    configFile: false,
    plugins: [react()],
    logLevel: 'error',
    cacheDir: join(here, '../../node_modules/.vite-gallery'),
    server: { port: 0, fs: { allow: [join(here, '../..')] } },
    // Named here, since a library met late would reload the page in the middle of a look.
    optimizeDeps: { include: ['echarts/core', 'echarts/charts', 'echarts/components', 'echarts/renderers'] },
  })
  await server.listen()
  return { url: server.resolvedUrls?.local[0] ?? '', server }
}

/** The gallery built once and served from files, for tests which open it many times; on any free port. */
export async function serveBuiltGallery(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'daicho-gallery-'))
  const shared = { root: here, configFile: false as const, logLevel: 'error' as const }
  await build({
    ...shared,
    plugins: [react()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
  })
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0 } })
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close()
      rmSync(outDir, { recursive: true, force: true })
    },
  }
}

/** The Chromium of $CHROMIUM, else the system's. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
}

/** What axe finds against WCAG 2.1 A and AA on the page as it stands, one line each. */
export async function axeComplaints(page: Page): Promise<string[]> {
  const axe = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']).analyze()
  return axe.violations.map(found => {
    const places = found.nodes
      .slice(0, 3)
      .map(node => `${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`)
    return `${found.id}: ${found.help}: ${places.join(' | ')}`
  })
}
