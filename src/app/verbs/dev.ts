import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { webConfig } from '../web-build.ts'

const API_PORT = 3001
const WEB_PORT = 3000

/** The server restarts on change (node --watch), the pages reload by themselves (vite). */
export async function dev(): Promise<void> {
  const entry = fileURLToPath(new URL('../daicho.ts', import.meta.url))
  const server = spawn(
    process.execPath,
    ['--watch', '--watch-preserve-output', entry, 'start', '--api-only'],
    {
      stdio: 'inherit',
      env: { ...process.env, PORT: String(API_PORT) },
    },
  )
  const { createServer } = await import('vite')
  const api = `http://127.0.0.1:${API_PORT}`
  const web = await createServer({
    ...(await webConfig()),
    server: { port: WEB_PORT, host: '127.0.0.1', proxy: { '/api': api, '/health': api, '/ready': api } },
  })
  await web.listen()
  process.stdout.write(`pages with reloading: http://127.0.0.1:${WEB_PORT}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      server.kill(signal)
      void web.close().then(() => process.exit(0))
    })
}
