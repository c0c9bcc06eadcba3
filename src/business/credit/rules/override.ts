import type { IsoDate } from '../../../platform/dates/iso-date.ts'
import type { Yen } from '../../../platform/money/yen.ts'
import type { HeadroomLine } from './headroom.ts'

/** An exception for one deal, as the gates see it. */
export interface OverrideStanding {
  id: string
  overrideNo: string
  limitKind: string
  beyondYen: Yen
  until: IsoDate
  isRevoked: boolean
  /** What other claims of the same deal have taken of it. */
  usedByOthersYen: Yen
}

export interface Coverage {
  /** By how much the deal goes beyond the limit; 0 when it does not. */
  neededYen: Yen
  covered: boolean
  /** Why the exception does not cover it, where there is one; null otherwise. */
  sentence: string | null
}

const yenText = (yen: Yen) => `${yen.toLocaleString('ja-JP')}円`

/** By how much an amount goes beyond the room under one limit; what is exceeded already counts in full. */
export function beyondLimit(line: Pick<HeadroomLine, 'headroomYen' | 'breachYen'>, amountYen: Yen): Yen {
  return line.headroomYen === null ? 0 : Math.max(0, amountYen - (line.headroomYen - line.breachYen))
}

/**
 * Whether an exception covers what a limit lacks for the deal (DD group 5, headroom override): a limit in force only, never a suspended or
 * missing one; not revoked, not past its day, and within its yen, of which other claims of the deal may have taken a part.
 */
export function coverageOf(
  line: HeadroomLine,
  amountYen: Yen,
  override: OverrideStanding | null,
  today: IsoDate,
): Coverage {
  const neededYen = beyondLimit(line, amountYen)
  const no = (sentence: string | null): Coverage => ({ neededYen, covered: false, sentence })
  if (neededYen === 0) return { neededYen, covered: true, sentence: null }
  if (line.rule !== 'limit_in_force' || override === null) return no(null)
  const { overrideNo, beyondYen, until, isRevoked, usedByOthersYen } = override
  if (isRevoked) return no(`超過承認 ${overrideNo} は取り消されています。`)
  if (until < today) return no(`超過承認 ${overrideNo} は ${until} で期限が切れています。`)
  const leftYen = beyondYen - usedByOthersYen
  if (neededYen > leftYen)
    return no(
      `超過額${yenText(neededYen)}は、超過承認 ${overrideNo} の残り${yenText(leftYen)}を超えています。`,
    )
  return { neededYen, covered: true, sentence: null }
}

/** Whether an exception may be asked for under one limit, with the reason as people read it. */
export function mayBeOverridden(
  line: Pick<HeadroomLine, 'limitKind' | 'rule' | 'headroomYen' | 'breachYen'>,
  amountYen: Yen,
): { allowed: boolean; sentence: string } {
  if (line.limitKind === 'plan')
    return {
      allowed: false,
      sentence: '商品枠は超過承認の対象外です。商品の新しい版で上限を変えてください。',
    }
  if (line.rule === 'suspended_limit_gives_no_headroom')
    return { allowed: false, sentence: '停止中の枠は超過承認できません。停止の解除を申請してください。' }
  if (line.rule === 'limit_must_be_in_force')
    return { allowed: false, sentence: '枠がないため超過承認できません。枠の設定を申請してください。' }
  if (line.rule === 'no_limit_of_this_kind' || line.headroomYen === null)
    return { allowed: false, sentence: 'この種別の枠による制約はありません。' }
  const beyond = beyondLimit(line, amountYen)
  return beyond === 0
    ? { allowed: false, sentence: '枠の空きに収まるため、超過承認は不要です。' }
    : { allowed: true, sentence: `${yenText(beyond)}の超過承認を申請できます（2人で決めます）。` }
}
