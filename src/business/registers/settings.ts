import type { CommandContext } from '../../platform/commands/command.ts'
import { defineCommand } from '../../platform/commands/command.ts'
import { Refusal, refuseUnless } from '../../platform/commands/refusal.ts'
import type { SubjectKeys } from '../../platform/crypto/subject-keys.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { changeRegisterSetting } from './contract.ts'
import { sourceLabels } from './labels.ts'
import type { Answered, Connection } from './sources/ask.ts'
import { type RegisterSource, registerSources } from './tables.ts'

/** The keys of the registers are sealed under a subject of their own. */
const SETTINGS_SUBJECT: Id = '00000000-0000-7000-8000-0000000000b1'

/** As published (JR §1.3–1.5). */
export const publishedAddresses: Readonly<Record<RegisterSource, string>> = {
  corporate_number: 'https://api.houjin-bangou.nta.go.jp/4',
  invoice_issuer: 'https://web-api.invoice-kohyo.nta.go.jp/1',
  gbizinfo: 'https://api.info.gbiz.go.jp/hojin/v2/hojin',
}

export async function readSettings(db: Db | Tx, allowedHosts: readonly string[]) {
  const rows = await db.selectFrom('register_setting').selectAll().execute()
  return registerSources.map(source => {
    const row = rows.find(one => one.source === source)
    const baseUrl = row?.base_url ?? publishedAddresses[source]
    return {
      source,
      enabled: row?.enabled ?? false,
      baseUrl,
      keyLast: row?.key_last ?? null,
      hostAllowed: allowedHosts.includes(new URL(baseUrl).host),
      rowVersion: row?.row_version ?? 0,
      changedAt: row?.changed_at ?? null,
    }
  })
}

/** How a register is reached now, or why it is not: off by default, only with a key, only hosts the operator allowed. */
export async function connectionTo(
  db: Db | Tx,
  keys: SubjectKeys,
  source: RegisterSource,
  allowedHosts: readonly string[],
): Promise<Answered<Connection>> {
  const row = await db
    .selectFrom('register_setting')
    .selectAll()
    .where('source', '=', source)
    .executeTakeFirst()
  if (!row?.enabled) return { ok: false, why: 'switched_off' }
  if (!row.key_sealed) return { ok: false, why: 'no_key' }
  if (!allowedHosts.includes(new URL(row.base_url).host)) return { ok: false, why: 'host_not_allowed' }
  const key = await keys.open(db, row.key_sealed)
  return key === null
    ? { ok: false, why: 'no_key' }
    : { ok: true, value: { source, baseUrl: row.base_url, key } }
}

export const changeSetting = defineCommand(changeRegisterSetting, {
  async run(context, input) {
    const { tx, actor, now, keys } = context
    const address = addressOf(input.baseUrl)
    const standing = await standingOf(context, input.source)
    refuseUnless((standing?.row_version ?? 0) === input.rowVersion, 'record_must_be_unchanged')
    refuseUnless(
      !input.enabled || input.key !== undefined || standing?.key_sealed != null,
      'key_must_be_given',
      { kind: 'invalid', field: 'key' },
    )
    const rowVersion = input.rowVersion + 1
    const values = {
      source: input.source,
      row_version: rowVersion,
      enabled: input.enabled,
      base_url: address,
      key_sealed: input.key
        ? await keys.seal(tx, SETTINGS_SUBJECT, input.key)
        : (standing?.key_sealed ?? null),
      key_last: input.key ? input.key.slice(-4) : (standing?.key_last ?? null),
      changed_by: actor.id,
      changed_at: now.toISOString(),
    }
    await tx
      .insertInto('register_setting')
      .values(values)
      .onConflict(conflict => conflict.column('source').doUpdateSet(values))
      .execute()
    await context.record({
      verb: 'register_setting_changed',
      subjects: [],
      before: standing ? { enabled: standing.enabled, baseUrl: standing.base_url } : null,
      after: { enabled: input.enabled, baseUrl: address },
      facts: {
        summary: `${sourceLabels[input.source]}：${input.enabled ? '有効' : '停止'}${input.key ? '・キーを変更' : ''}`,
      },
    })
    return { rowVersion }
  },
})

async function standingOf({ tx }: CommandContext, source: RegisterSource) {
  return tx
    .selectFrom('register_setting')
    .selectAll()
    .where('source', '=', source)
    .forUpdate()
    .executeTakeFirst()
}

/** Keys travel over TLS only; a register on this machine (a test, a relay) may speak plainly. */
function addressOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  const local = url !== null && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (
    !url ||
    (url.protocol !== 'https:' && !(local && url.protocol === 'http:')) ||
    url.username ||
    url.search
  )
    throw new Refusal('invalid', [{ code: 'address_must_be_an_address', field: 'baseUrl' }])
  return url.href.replace(/\/$/, '')
}
