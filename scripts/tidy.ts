import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sliceOrder } from '../src/app/slice-order.ts'

/** House rules as a test: each finding names the file, the line and the remedy. */
const root = fileURLToPath(new URL('..', import.meta.url))
const findings: string[] = []

const sources = globSync('{src,scripts,bench,stories}/**/*.{ts,tsx}', { cwd: root }).sort()
for (const path of sources) checkFile(path, readFileSync(join(root, path), 'utf8'))
checkSlicesAreListed()

for (const finding of findings) process.stdout.write(`${finding}\n`)
process.stdout.write(`${sources.length} files, ${findings.length} findings\n`)
process.exitCode = findings.length ? 1 : 0

interface Forbidden {
  pattern: RegExp
  remedy: string
  except?: RegExp
}

function forbidden(): Forbidden[] {
  return [
    { pattern: /\b(?:TODO|FIXME|XXX)\b/, remedy: 'do it, or open an issue' },
    {
      pattern: /\bas any\b|: any(?=\s*(?:[,;)=\]|&}]|$))|<any>/,
      remedy: 'name the type; unknown plus a check where it is not known',
      except: /^src\/platform\/commands\/command\.ts$/,
    },
    { pattern: /@ts-(?:ignore|nocheck|expect-error)/, remedy: 'fix the type' },
    {
      pattern: /\.only\(|\bit\.skip\(|\btest\.skip\(|\bdescribe\.skip\(|\.todo\(/,
      remedy: 'run every test; a test which cannot run here is said to fail',
    },
    {
      pattern: /catch\s*(?:\([^)]*\))?\s*\{\s*\}/,
      remedy: 'handle the error or let it rise; an empty catch hides it',
    },
    { pattern: /\bMath\.random\(/, remedy: 'pass in a seeded generator, or use node:crypto' },
    { pattern: /\bparseFloat\(/, remedy: 'yen are whole numbers; parse with an explained refusal' },
    {
      pattern: /\b(?:new Date\(\)|Date\.now\(\))/,
      remedy: 'rules, commands and queries are given `now` and `today`',
      except:
        /\.test\.tsx?$|^bench\/|^scripts\/|^src\/platform\/|^src\/app\/|\/pages\/|^src\/ui\/|^stories\/|^src\/business\/access\/|\/testing\//,
    },
  ]
}

function checkFile(path: string, text: string): void {
  const lines = text.split('\n')
  if (path !== 'scripts/tidy.ts') {
    for (const { pattern, remedy, except } of forbidden()) {
      if (except?.test(path)) continue
      for (const [at, line] of lines.entries())
        if (pattern.test(line)) report(path, at + 1, `"${line.trim().slice(0, 60)}"`, remedy)
    }
  }
  const name = path.split('/').at(-1) ?? ''
  if (/^(?:utils?|helpers?|common|misc)\b/.test(name))
    report(path, 1, `the name ${name} says nothing`, 'name the file after the thing it holds')
  if (lines.length > 460 && !/\.test\.ts$|\/(?:data|words)\//.test(path))
    report(path, lines.length, `${lines.length} lines`, 'look for the missing noun and split the file')
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g))
    checkImport(path, match[1]!, lineOf(text, match.index))
}

/** Imports go through doors, and downwards only: business may use platform and ui; a slice only slices above it. */
function checkImport(path: string, target: string, line: number): void {
  if (
    /\.(?:test|story)\.tsx?$|\/testing\//.test(path) ||
    path.startsWith('bench/') ||
    path.startsWith('scripts/') ||
    path.startsWith('stories/')
  )
    return
  const to = relative(root, join(root, dirname(path), target))
  const [, area, slice] = /^src\/(app|business|platform|ui)\/?([^/]*)/.exec(path) ?? []
  const [, toArea, toSlice, toFile] = /^src\/(app|business|platform|ui)\/([^/]+)\/?(.*)$/.exec(to) ?? []
  if (!area || !toArea) return
  if (area !== 'app' && toArea === 'app')
    report(path, line, `imports ${to}`, 'nothing imports the app: it puts the parts together')
  if (area === 'platform' && toArea === 'business')
    report(path, line, `imports ${to}`, 'the platform knows no business word; pass the thing in')
  if (area === 'ui' && toArea === 'business')
    report(path, line, `imports ${to}`, 'the kit knows no business word; take it as a prop')
  if (area !== 'business' || toArea !== 'business' || slice === toSlice) return
  const [mine, theirs] = [sliceOrder.indexOf(slice as never), sliceOrder.indexOf(toSlice as never)]
  if (theirs < 0 || mine < 0)
    report(path, line, `imports ${to}`, 'list both slices in src/app/slice-order.ts')
  else if (theirs > mine)
    report(
      path,
      line,
      `imports ${to}, a slice below`,
      'a slice uses only the slices above it; offer a tab or a door instead',
    )
  if (!/^(?:index|contract|labels|web|fields|tables)\.tsx?$/.test(toFile ?? ''))
    report(
      path,
      line,
      `imports ${to}`,
      'use the door of that slice: index.ts on the server, contract, labels or web on the web',
    )
}

function checkSlicesAreListed(): void {
  const folders = new Set(globSync('src/business/*/*', { cwd: root }).map(path => path.split('/')[2]!))
  for (const folder of folders)
    if (!sliceOrder.includes(folder as never))
      report(`src/business/${folder}`, 1, 'this slice is in no order', 'list it in src/app/slice-order.ts')
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function report(path: string, line: number, what: string, remedy: string): void {
  findings.push(`${path}:${line}: ${what}. Remedy: ${remedy}`)
}
