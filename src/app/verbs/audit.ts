import { parseArgs } from 'node:util'
import { readConfig } from '../../platform/config.ts'
import { loadMasterKey } from '../../platform/crypto/master-key.ts'
import { openDatabase as openKysely, openPool } from '../../platform/database/database.ts'
import { readAnchors } from '../../platform/trail/anchors.ts'
import { verifyTrail } from '../../platform/trail/verify.ts'
import { openDatabase } from '../open-database.ts'

/** `audit verify`: walks the whole chain; ends with 1 and the first fault when something was changed, removed, inserted or cut. */
export async function audit(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { against: { type: 'string' }, json: { type: 'boolean' } },
  })
  if (positionals[0] !== 'verify') throw new Error('usage: daicho audit verify [--against ROOT] [--json]')
  const config = readConfig(process.env, 'company')
  const database = await openDatabase(config, { as: 'verb', log: line => process.stderr.write(`${line}\n`) })
  const db = openKysely(openPool({ url: database.appUrl, max: 2, name: 'daicho audit' }))
  try {
    const anchors = await readAnchors(config.anchorsFile)
    const started = performance.now()
    const report = await verifyTrail(db, {
      master: loadMasterKey(config.dataDir),
      anchors,
      ...(values.against ? { against: values.against } : {}),
      now: new Date(),
      onProgress: checked =>
        process.stderr.isTTY && process.stderr.write(`\r${checked.toLocaleString('en')} records checked`),
    })
    const seconds = (performance.now() - started) / 1000
    if (process.stderr.isTTY) process.stderr.write('\n')
    process.stdout.write(
      values.json ? `${JSON.stringify({ ...report, seconds })}\n` : inWords(report, seconds),
    )
    // Without a noted root a cut tail cannot be told from a short trail: that is no proof, and must not look like one.
    const unproven = report.blocks > 0 && anchors.length === 0 && !values.against
    if (unproven)
      process.stderr.write(
        `no root is noted in ${config.anchorsFile}, so a cut tail would not be found. Remedy: bring the file back from its copy, or give a root noted elsewhere with --against ROOT.\n`,
      )
    process.exitCode = report.sound && !unproven ? 0 : 1
  } finally {
    await db.destroy()
    await database.stop()
  }
}

function inWords(report: Awaited<ReturnType<typeof verifyTrail>>, seconds: number): string {
  const counts = `${report.blocks} blocks, ${report.events} events, ${report.views} views, ${report.unsealed} not yet sealed, ${seconds.toFixed(1)} s`
  if (!report.firstFault) return `The trail is unbroken: ${counts}.\nroot ${report.lastRoot ?? '(empty)'}\n`
  const { kind, block, position, eventId, message } = report.firstFault
  return `The trail is BROKEN (${kind}): ${message}.\nblock ${block ?? '-'} leaf ${position ?? '-'} record ${eventId ?? '-'}\nChecked up to there: ${counts}.\n`
}
