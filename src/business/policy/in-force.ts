import type { Db, Tx } from '../../platform/database/database.ts'
import { kpis, retentionItems } from './rules.ts'
import './tables.ts'

/** What the version in force says, for those who measure and check; without one the program's proposals, `versionNo` null. */
export interface InForce {
  versionNo: number | null
  /** By the code of the measure. */
  targets: Readonly<Record<string, number>>
  /** Years by the code of the retention item. */
  retention: Readonly<Record<string, number>>
}

export async function policyInForce(db: Db | Tx): Promise<InForce> {
  const row = await db
    .selectFrom('policy_version')
    .select(['version_no', 'targets', 'retention'])
    .where('state', '=', 'in_force')
    .executeTakeFirst()
  const proposed = {
    targets: Object.fromEntries(kpis.map(kpi => [kpi.code, kpi.initial])),
    retention: Object.fromEntries(retentionItems.map(item => [item.code, item.initialYears])),
  }
  return {
    versionNo: row?.version_no ?? null,
    targets: { ...proposed.targets, ...row?.targets },
    retention: { ...proposed.retention, ...row?.retention },
  }
}
