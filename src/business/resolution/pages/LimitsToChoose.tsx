import type { z } from 'zod'
import { Card, FieldInput, Stack, yenText } from '../../../ui/index.ts'
import { limitKindLabels } from '../../credit/labels.ts'
import type { compareParties } from '../contract.ts'

type Compared = z.output<typeof compareParties.output>
type Kind = NonNullable<Compared['limits']>[number]

/** Key of a kind of limit → the limit that stays, or `lower`. */
export type LimitChoices = Readonly<Record<string, string>>

interface LimitsToChooseProps {
  compared: Compared
  value: LimitChoices
  onChange: (value: LimitChoices) => void
}

/** Two limits of one kind cannot both be in force for one company: the request says which stays. */
export function LimitsToChoose({ compared, value, onChange }: LimitsToChooseProps) {
  const kinds = clashes(compared)
  if (kinds.length === 0) return null
  const numberOf = (partyId: string) =>
    compared.records.find(record => record.id === partyId)?.partyNo ?? '統合済みの記録'
  return (
    <Card title="統合後に使う与信枠" note="残りの枠は適用外になり、統合を解除すると元に戻ります">
      <Stack>
        {kinds.map(kind => (
          <FieldInput
            key={kind.key}
            field={{
              name: `limitChoices.${kind.key}`,
              type: 'choice',
              label: `${limitKindLabels[kind.limitKind]}${kind.other ? `（${kind.other.name}）` : ''}`,
              required: true,
              width: 'full',
              options: [
                ...kind.limits.map(limit => ({
                  value: limit.limitId,
                  label: `${numberOf(limit.partyId)} の枠 ${amountOf(limit)}（${limit.limitNo}、${limit.inForceTo ?? '期限なし'}、使用 ${yenText(limit.exposureYen)}${limit.suspended ? '、停止中' : ''}）`,
                })),
                { value: 'lower', label: '低い方' },
              ],
              help: `統合後の与信残高は ${yenText(kind.exposureYen)} です。`,
            }}
            value={value[kind.key] ?? null}
            onChange={choice => onChange({ ...value, [kind.key]: choice ?? '' })}
          />
        ))}
      </Stack>
    </Card>
  )
}

function clashes({ limits }: Compared): Kind[] {
  return (limits ?? []).filter(kind => kind.limits.length > 1)
}

function amountOf(limit: Kind['limits'][number]): string {
  return limit.limitYen === null ? `${(limit.limitPpm ?? 0) / 10_000}%` : yenText(limit.limitYen)
}

/** Why the merge cannot be asked for yet; null when every kind is chosen. */
export function limitsMissing(compared: Compared, value: LimitChoices): string | null {
  const open = clashes(compared).filter(kind => !value[kind.key])
  return open.length > 0 ? '統合後に使う与信枠を選んでください。' : null
}
