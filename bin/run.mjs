// Runs a TypeScript file of this project with a new enough Node.js: node bin/run.mjs FILE [ARG ...]
import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from './node.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [file, ...args] = process.argv.slice(2)
runTypeScript(resolve(root, file), args)

/** Starts the file as a child, hands signals on, and ends as the child ended. */
function runTypeScript(path, rest) {
  const node = findNode()
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
  }
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', path, ...rest], {
    stdio: 'inherit',
    env,
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)))
}
