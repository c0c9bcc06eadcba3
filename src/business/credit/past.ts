import { call } from '../../platform/http/client.ts'
import type { OfferedPast } from '../../platform/web/page.ts'
import { limitsOfParty } from './contract.ts'
import { limitKindLabels, termLabels } from './labels.ts'

/** Which limits stood on a past day. Exposure of that day is not told here: the books answer it. */
export const creditPast: readonly OfferedPast[] = [
  {
    on: 'party',
    key: 'limits',
    title: '与信枠',
    order: 500,
    permission: 'credit.read',
    async facts(partyId, { asOf }, signal) {
      const { limits } = await call(limitsOfParty, { partyId }, { signal })
      return limits
        .filter(
          limit =>
            limit.inForceFrom <= asOf &&
            (limit.inForceTo === null || limit.inForceTo >= asOf) &&
            (limit.endedOn === null || limit.endedOn > asOf),
        )
        .map(limit => ({
          key: limit.id,
          label: `${limitKindLabels[limit.limitKind]}　${termLabels[limit.term]}`,
          value: [
            limit.limitNo,
            limit.limitYen === null
              ? `${(limit.limitPpm ?? 0) / 10_000}%`
              : `¥${limit.limitYen.toLocaleString('ja-JP')}`,
            limit.secondSubject && `対 ${limit.secondSubject.name}`,
            limit.suspendedOn !== null && limit.suspendedOn <= asOf ? '停止中' : null,
          ]
            .filter(Boolean)
            .join('　'),
        }))
    },
  },
]
