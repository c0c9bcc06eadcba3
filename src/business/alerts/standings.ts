import { sql } from 'kysely'
import type { z } from 'zod'
import type { IsoDate } from '../../platform/dates/iso-date.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { offeredColumns } from '../../platform/list-export.ts'
import { askedCompanies } from '../parties/index.ts'
import { alertStandings } from './standings-contract.ts'
import { type AlertSeverity, alertSeverities } from './tables.ts'

export async function standingsOf(
  context: QueryContext,
  ids: readonly Id[],
): Promise<Seen<z.input<typeof alertStandings.output>>> {
  const companies = await askedCompanies(context, ids)
  const records = companies.flatMap(({ recordIds }) => recordIds)
  const { rows } = await sql<{ party_id: Id; severity: AlertSeverity; count: number; due_on: IsoDate }>`
    select party_id, severity, count(*)::int as count, min(due_on) as due_on from alert
    where party_id = any(${records}::uuid[]) and state <> 'resolved' group by party_id, severity`.execute(
    context.db,
  )
  const told = companies.flatMap(company => {
    const own = rows.filter(row => company.recordIds.includes(row.party_id))
    const gravest = alertSeverities.findLast(severity => own.some(row => row.severity === severity))
    return gravest ? [{ company, own, gravest }] : []
  })
  return {
    body: {
      rows: told.map(({ company, own, gravest }) => ({
        id: company.id,
        alerts: own.reduce((sum, row) => sum + row.count, 0),
        gravest,
        dueOn: own.map(row => row.due_on).toSorted()[0]!,
      })),
    },
    seen: told.map(({ company }) => company.seenNo),
  }
}

export const listColumns = [
  offeredColumns('party', alertStandings, [
    { key: 'alerts', title: '未解決のアラート', kind: 'number', value: row => row.alerts },
    { key: 'alertDue', title: 'アラートの期限', kind: 'date', value: row => row.dueOn },
  ]),
]
