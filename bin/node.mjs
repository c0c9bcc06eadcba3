// Finds a Node.js of at least version 24: the one running this file, else the one npm installed with the product.

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export const NEEDED_MAJOR = 24

export function findNode() {
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(file)) return file
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error
  }
  process.stderr.write(
    `Daicho needs Node.js ${NEEDED_MAJOR} or newer; this is ${process.versions.node} and the package ${name} is not installed.\n` +
      `Remedy: run "npm ci" without "--omit=optional", or install Node.js ${NEEDED_MAJOR}.\n`,
  )
  process.exit(1)
}
