import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../../platform/config.ts'
import { createMasterKeyFile, loadMasterKey, MasterKey } from '../../platform/crypto/master-key.ts'
import { backupTo, restoreFrom } from '../../platform/database/backup/index.ts'
import { migrate } from '../../platform/database/migrate.ts'
import { openDatabase } from '../open-database.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)

/** `backup TO`: rows of one moment, files, anchors and the master key wrapped by DAICHO_BACKUP_PASSPHRASE. */
export async function backup(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'without-key': { type: 'boolean' } },
  })
  const target = positionals[0]
  if (!target)
    throw new Error('usage: daicho backup TO   (set DAICHO_BACKUP_PASSPHRASE, or give --without-key)')
  const config = readConfig(process.env, 'company')
  const passphrase = process.env.DAICHO_BACKUP_PASSPHRASE
  if (!passphrase && !values['without-key'])
    throw new Error(
      'DAICHO_BACKUP_PASSPHRASE is not set: without it the backup cannot hold the master key, and encrypted values could not be read after a restore. Remedy: set it, or give --without-key and keep master.key elsewhere.',
    )
  const database = await openDatabase(config, { as: 'verb', log: say })
  try {
    const manifest = await backupTo(target, {
      ownerUrl: database.ownerUrl,
      filesDir: config.filesDir,
      anchorsFile: config.anchorsFile,
      ...(passphrase ? { key: { masterKey: loadMasterKey(config.dataDir).export(), passphrase } } : {}),
      now: new Date(),
    })
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0)
    process.stdout.write(
      `backup written to ${target}: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.length} files\n`,
    )
  } finally {
    await database.stop()
  }
}

/** `restore FROM`: into an empty data folder or an empty outside database; verified before it is said to be done. */
export async function restore(args: string[]): Promise<void> {
  const { positionals } = parseArgs({ args, allowPositionals: true })
  const source = positionals[0]
  if (!source)
    throw new Error('usage: daicho restore FROM   (into an empty DAICHO_DATA folder or DATABASE_URL)')
  const config = readConfig(process.env, 'company')
  refuseOtherKey(config)
  const database = await openDatabase(config, { as: 'verb', log: say, migrate: false })
  try {
    const passphrase = process.env.DAICHO_BACKUP_PASSPHRASE
    const restored = await restoreFrom(source, {
      ownerUrl: database.ownerUrl,
      filesDir: config.filesDir,
      anchorsFile: config.anchorsFile,
      ...(passphrase ? { passphrase } : {}),
      migrateTo: async level => void (level && (await migrate(database.ownerUrl, level))),
      migrateAll: async () => void (await migrate(database.ownerUrl)),
    })
    if (restored.masterKey)
      createMasterKeyFile(join(config.dataDir, 'master.key'), MasterKey.fromExport(restored.masterKey))
    else say('The backup holds no master key: put master.key into the data folder yourself before starting.')
    process.stdout.write(`restored from ${source}\n`)
  } finally {
    await database.stop()
  }
}

function refuseOtherKey(config: Config): void {
  if (existsSync(join(config.dataDir, 'master.key')))
    throw new Error(
      `${config.dataDir} already holds a master key. Remedy: restore into an empty folder (set DAICHO_DATA).`,
    )
}
