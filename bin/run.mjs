// Runs a TypeScript file of this project with a new enough Node.js: node bin/run.mjs FILE [ARG ...]
import { spawn } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, NEEDED_MAJOR } from './node.mjs'

// Garbage is collected when nearly as much again has gathered as is in use; left to itself the program takes four times what it needs.
// Said only to the version it was measured on: another might not know the word, and then would not start.
const THRIFTY = '--heap-growing-percent=80'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [file, ...args] = process.argv.slice(2)
runTypeScript(resolve(root, file), args)

/** Starts the file as a child, hands signals on, and ends as the child ended. */
function runTypeScript(path, rest) {
  const node = findNode()
  const env = {
    ...process.env,
    // Compiled code is kept beside the sources, so that every start but the first is quicker; ignored where nothing may be written.
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'node'),
    PATH: `${dirname(node)}:${join(root, 'node_modules', '.bin')}:${process.env.PATH ?? ''}`,
  }
  const measured = node !== process.execPath || process.versions.node.startsWith(`${NEEDED_MAJOR}.`)
  const flags = ['--disable-warning=ExperimentalWarning', ...(measured ? [THRIFTY] : [])]
  const child = spawn(node, [...flags, path, ...rest], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(signal ? 128 + 15 : (code ?? 1)))
}
