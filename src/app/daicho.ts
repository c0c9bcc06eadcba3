import { UsageError } from './verbs/readable.ts'

/** The command line: each verb says what it does, ends non-zero with a readable reason, and leaves nothing half done. */
const verbs: Record<string, { does: string; run: (args: string[]) => Promise<void> }> = {
  start: {
    does: 'start the product (demo data unless "setup" was run); --practice: a company to practise in, apart from live data',
    run: async args => (await import('./verbs/start.ts')).start(args),
  },
  dev: {
    does: 'start it with reloading pages and server',
    run: async () => (await import('./verbs/dev.ts')).dev(),
  },
  setup: {
    does: 'prepare a real company: no demo data, two administrators',
    run: async args => (await import('./verbs/setup.ts')).setup(args),
  },
  users: {
    does: 'list people, lost passwords, lost administrator',
    run: async args => (await import('./verbs/setup.ts')).users(args),
  },
  import: {
    does: 'import KIND FILE [--dry-run] ... | import look FILE | import list | import status|report|stop|resume|revert BATCH',
    run: async args => (await import('./verbs/imports.ts')).importVerb(args),
  },
  registers: {
    does: 'registers load FILE ...: read published files of corporate numbers',
    run: async args => (await import('./verbs/registers.ts')).registers(args),
  },
  match: {
    does: 'find duplicates in a ledger file; --fields person-en|FILE.json for other records',
    run: async args => (await import('./verbs/files.ts')).match(args),
  },
  screen: {
    does: 'check subjects against sanction lists',
    run: async args => (await import('./verbs/files.ts')).screen(args),
  },
  reconcile: {
    does: 'match deposits with open receivables',
    run: async args => (await import('./verbs/files.ts')).reconcile(args),
  },
  normalize: {
    does: 'normalise names, addresses, phones; lines in, JSON lines out',
    run: async args => (await import('./verbs/files.ts')).normalize(args),
  },
  keys: {
    does: 'keys rotate: a new key around the keys of all data subjects',
    run: async args => (await import('./verbs/keys.ts')).keys(args),
  },
  audit: {
    does: 'audit verify [--against ROOT]: prove the trail unbroken',
    run: async args => (await import('./verbs/audit.ts')).audit(args),
  },
  backup: {
    does: 'backup TO: write everything to a folder',
    run: async args => (await import('./verbs/backup.ts')).backup(args),
  },
  restore: {
    does: 'restore FROM: read a backup into an empty database',
    run: async args => (await import('./verbs/backup.ts')).restore(args),
  },
}

async function main(): Promise<void> {
  const [name = 'help', ...args] = process.argv.slice(2)
  const verb = verbs[name]
  if (!verb) {
    const wanted = name === 'help' || name === '--help' || name === '-h'
    const lines = Object.entries(verbs).map(([key, { does }]) => `  ${key.padEnd(10)} ${does}`)
    process.stdout.write(
      `${wanted ? '' : `There is no verb "${name}".\n`}Usage: npm run -s daicho -- VERB [ARG ...]\n${lines.join('\n')}\n`,
    )
    process.exitCode = wanted ? 0 : 2
    return
  }
  await verb.run(args)
}

main().catch((error: unknown) => {
  const showStack = process.env.DAICHO_LOG === 'debug' && error instanceof Error
  process.stderr.write(
    `${showStack ? error.stack : error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exitCode = error instanceof UsageError ? 2 : 1
})
