/**
 * Backup, restore and comparison of a whole company.
 *
 *   const manifest = await backupTo('backups/2026-11-24', { ownerUrl, filesDir, anchorsFile, key: { masterKey, passphrase }, now })
 *   const restored = await restoreFrom('backups/2026-11-24', { ownerUrl, filesDir, anchorsFile, passphrase, migrateTo, migrateAll })
 *   const differences = await compareDatabases(urlA, urlB)        // [] when every table and sequence holds the same
 *
 * A backup is a folder: manifest.json, tables/*.copy.zst, files/, anchors.log, master-key.json. It does not depend on the version
 * of PostgreSQL, so the same way leads from one major version to the next.
 */
export { BACKUP_LOCK, type BackupOptions, backupTo } from './backup.ts'
export { compareDatabases, type Difference } from './compare.ts'
export { type Manifest, readManifest } from './manifest.ts'
export { type Restored, type RestoreOptions, restoreFrom } from './restore.ts'
export { unwrapKey, type WrappedKey, wrapKey } from './wrapped-key.ts'
