import type { z } from 'zod'
import { found } from '../../platform/commands/refusal.ts'
import type { QueryContext, Seen } from '../../platform/http/route.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type GroupSide, groupStanding } from '../credit/index.ts'
import { partiesInReach } from '../parties/index.ts'
import type { groupExposure } from './contract.ts'
import { sideLabels } from './labels.ts'

/** The consolidated exposure of a party's group; companies out of reach are counted in the sums and not named. */
export async function exposureOfGroup(
  context: QueryContext,
  partyId: Id,
): Promise<Seen<z.input<typeof groupExposure.output>>> {
  const { db, today } = context
  const asked = partiesInReach(context).select('party.id').where('party.id', '=', partyId)
  found(await asked.executeTakeFirst(), 'party')
  const { sides, companies } = await groupStanding(db, today, partyId)
  const rows = await partiesInReach(context)
    .select([
      'party.id',
      'party.party_no',
      'party.legal_name',
      'party.shown_name',
      'party.seen_no',
      'party.roles',
      'party.identity_roles',
    ])
    .where(
      'party.id',
      'in',
      companies.map(one => one.companyId),
    )
    .execute()
  const byId = new Map(rows.map(row => [row.id, row]))
  return {
    body: {
      sides: sides.map(side => ({
        kind: side.kind,
        limitYen: side.limit.limitYen,
        suspended: side.limit.rule === 'suspended_limit_gives_no_headroom',
        exposureYen: side.exposureYen,
        committedYen: side.committedYen,
        sentence: sentenceOf(side),
      })),
      companies: companies.flatMap(({ companyId, clientYen, debtorYen }) => {
        const row = byId.get(companyId)
        return row
          ? [
              {
                id: row.id,
                partyNo: row.party_no,
                name: row.shown_name ?? row.legal_name,
                roles: row.identity_roles ?? row.roles,
                clientYen,
                debtorYen,
              },
            ]
          : []
      }),
    },
    seen: rows.map(row => row.seen_no),
  }
}

function sentenceOf({ kind, limit, exposureYen }: GroupSide): string {
  const yen = (amount: number) => `${amount.toLocaleString('ja-JP')}円`
  const label = sideLabels[kind]
  if (limit.rule === 'suspended_limit_gives_no_headroom') return `${label}は停止中のため、空き枠は0円です。`
  if (limit.limitYen === null) return `${label}は設定されていません（与信残高の合計 ${yen(exposureYen)}）。`
  const room = limit.limitYen - exposureYen
  return room < 0
    ? `${label}${yen(limit.limitYen)}を${yen(-room)}超えています。`
    : `${label}${yen(limit.limitYen)}、与信残高の合計${yen(exposureYen)}、空き枠${yen(room)}です。`
}
