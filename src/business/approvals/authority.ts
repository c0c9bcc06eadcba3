import type { CommandContext } from '../../platform/commands/command.ts'
import type { Db, Tx } from '../../platform/database/database.ts'
import { isRole, roleLabels } from '../access/index.ts'
import './tables.ts'

/** Up to which amount a role decides on requests that need a permission (data dictionary, group 5: authority table by amount). */
export interface Authority {
  permission: string
  role: string
  /** Yen, included; null: whatever the amount. */
  uptoYen: number | null
}

export async function authorityInForce(db: Db | Tx): Promise<Authority[]> {
  const rows = await db.selectFrom('approval_authority').selectAll().orderBy('position').execute()
  return rows.map(row => ({ permission: row.permission, role: row.role, uptoYen: row.upto_yen }))
}

/** Puts another table into force; the caller's event says so. Requests that wait follow it from their next decision on. */
export async function setAuthority({ tx }: CommandContext, rules: readonly Authority[]): Promise<void> {
  await tx.deleteFrom('approval_authority').execute()
  if (rules.length > 0)
    await tx
      .insertInto('approval_authority')
      .values(
        rules.map(({ permission, role, uptoYen }, position) => ({
          permission,
          role,
          upto_yen: uptoYen,
          position,
        })),
      )
      .execute()
}

interface Asked {
  permission: string
  /** Yen; null: the request is about no amount, and only authority without a ceiling covers it. */
  amountYen: number | null
}

const byCeiling = (a: Authority, b: Authority) =>
  (a.uptoYen ?? Number.POSITIVE_INFINITY) - (b.uptoYen ?? Number.POSITIVE_INFINITY)

const covers = (rule: Authority, { amountYen }: Asked) =>
  rule.uptoYen === null || (amountYen !== null && amountYen <= rule.uptoYen)

/**
 * The lowest level of the table that these roles hold and that covers the request; null when none does, `undefined` when no table is in force for
 * the permission. Pure.
 */
export function levelFor(
  rules: readonly Authority[],
  asked: Asked,
  roles: readonly string[],
): string | null | undefined {
  const table = rules.filter(rule => rule.permission === asked.permission)
  if (table.length === 0) return undefined
  const held = table.filter(rule => roles.includes(rule.role) && covers(rule, asked)).sort(byCeiling)
  return held[0]?.role ?? null
}

/** Why these roles do not cover the request, in words: who decides, and up to what they do themselves; null when they do. Pure. */
export function whyNotCovered(
  rules: readonly Authority[],
  asked: Asked,
  roles: readonly string[],
): string | null {
  if (levelFor(rules, asked, roles) !== null) return null
  const table = rules.filter(rule => rule.permission === asked.permission)
  const deciding = table.filter(rule => covers(rule, asked)).map(rule => labelOf(rule.role))
  const own = table
    .filter(rule => roles.includes(rule.role))
    .sort(byCeiling)
    .at(-1)
  const about = asked.amountYen === null ? '金額の定まらない申請' : `${yenText(asked.amountYen)}の申請`
  const mine = own?.uptoYen
    ? `あなたの決裁権限は${yenText(own.uptoYen)}までです。`
    : 'あなたの役割には、この申請の決裁権限がありません。'
  return `${about}は、決裁権限表により「${deciding.join('」または「')}」が決裁します。${mine}`
}

/** Who decides on such a request by the table, in words; null when no table is in force for it. Pure. */
export function decidersOf(rules: readonly Authority[], asked: Asked): string | null {
  const table = rules.filter(rule => rule.permission === asked.permission)
  if (table.length === 0) return null
  return table
    .filter(rule => covers(rule, asked))
    .map(rule =>
      rule.uptoYen === null ? labelOf(rule.role) : `${labelOf(rule.role)}（${yenText(rule.uptoYen)}まで）`,
    )
    .join('・')
}

const labelOf = (role: string) => (isRole(role) ? roleLabels[role] : role)
const yenText = (yen: number) => `${yen.toLocaleString('ja-JP')}円`
