import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, globSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fdatasyncP50Ms } from './disk.ts'

/** `npm run bench -- NAME [ARG ...]`: runs bench/NAME.ts, prints one JSON line and keeps it in bench/results.md. */
const folder = fileURLToPath(new URL('.', import.meta.url))
const root = join(folder, '..')
const NOT_A_BENCH = new Set(['bench', 'disk', 'match-ledger'])

const [name, ...args] = process.argv.slice(2)
const names = globSync('*.ts', { cwd: folder })
  .map(file => basename(file, '.ts'))
  .filter(file => !NOT_A_BENCH.has(file) && !file.endsWith('.test'))
  .sort()

if (!name || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- NAME [ARG ...]; names: ${names.join(', ')}\n`)
  process.exit(2)
}

const { bench } = (await import(join(folder, `${name}.ts`))) as {
  bench(args: string[]): Promise<Record<string, unknown>>
}
const figures = await bench(args)
const result = {
  bench: name,
  args: args.join(' '),
  ...figures,
  commit: git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '-uno') ? '+' : ''),
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  fdatasyncP50Ms: await fdatasyncP50Ms(),
  node: process.versions.node,
}
const line = JSON.stringify(result)
process.stdout.write(`${line}\n`)
keep(line)
process.exit(0)

function keep(text: string): void {
  const file = join(folder, 'results.md')
  if (!existsSync(file))
    writeFileSync(
      file,
      '# Bench results\n\nOne JSON line a run, newest last; repeat with `npm run bench -- NAME`.\n\n',
    )
  appendFileSync(file, `- ${new Date().toISOString().slice(0, 10)} \`${text}\`\n`)
}

function git(...words: string[]): string {
  try {
    return execFileSync('git', words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    // A tarball has no history; the figures stand without a commit.
    return 'unknown'
  }
}
