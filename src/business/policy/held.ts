import type { Reason } from '../../platform/commands/refusal.ts'
import type { Services } from '../../platform/slice.ts'
import { isRole, roleLabels } from '../access/index.ts'
import { itemsOf, type RequiredItem, requirable, type StageRule } from '../parties/index.ts'
import { kindLabels, roleLabels as partyRoleLabels, stageLabels } from '../parties/labels.ts'
import type { ApprovalShown, Authority, FurtherApproval, RequirableShown, RequiredShown } from './contract.ts'

/** What a rule requires of a party before it reaches a stage, in words. */
export function heldRequiredItems(rule: Pick<StageRule, 'items'>): RequiredShown[] {
  const items = itemsOf(rule).sort((a, b) => STAGES.indexOf(a.from) - STAGES.indexOf(b.from))
  return items.map(item => ({
    key: item.key,
    stage: stageLabels[item.from],
    label: item.label,
    condition: conditionOf(item),
  }))
}

function conditionOf({ kinds, roles }: Pick<RequiredItem, 'kinds' | 'roles'>): string {
  return [
    kinds?.map(kind => kindLabels[kind]).join('・'),
    roles?.map(role => partyRoleLabels[role]).join('・'),
  ]
    .filter(Boolean)
    .join('、')
}

/** Everything that can be required, with the stage a rule asks it from. */
export function heldRequirable({ items }: Pick<StageRule, 'items'>): RequirableShown[] {
  return requirable.map(({ item, from, fixed }) => ({
    key: item.key,
    label: item.label,
    condition: conditionOf(item),
    from: items[item.key] === undefined ? from : (items[item.key] ?? null),
    proposed: from,
    fixed,
  }))
}

/** Every reason against stages: known items, and what the law asks neither later than proposed nor left out. */
export function stageReasons({ items }: Pick<StageRule, 'items'>): Reason[] {
  return Object.entries(items).flatMap(([key, from]): Reason[] => {
    const known = requirable.find(one => one.item.key === key)
    if (!known) return [{ code: 'items_must_be_known', field: `stages.items.${key}` }]
    const later =
      known.fixed &&
      (from === null || (known.from !== null && STAGES.indexOf(from) > STAGES.indexOf(known.from)))
    return later
      ? [
          {
            code: 'items_asked_by_law_must_stay',
            field: `stages.items.${key}`,
            message: `「${known.item.label}」は法令で確認が必要なため、外すことも遅らせることもできません。`,
          },
        ]
      : []
  })
}

/** Who may be a further approver of what: the roles that hold the deciding permission. */
export function heldDeciders({ permissions }: Pick<Services, 'permissions'>) {
  return permissions
    .filter(permission => DECIDES.test(permission.code))
    .map(({ code, label, roles }) => ({
      permission: code,
      label,
      roles: roles.filter(isRole).map(role => ({ value: role as string, label: roleLabels[role] })),
    }))
    .filter(one => one.roles.length > 0)
}

/** Every reason against further approvals: a permission that decides, a role that holds it, each pair once. */
export function furtherReasons(
  deciders: ReturnType<typeof heldDeciders>,
  further: readonly FurtherApproval[],
): Reason[] {
  return further.flatMap(({ permission, role }, at): Reason[] => {
    const field = `furtherApprovals.${at}`
    const known = deciders.find(one => one.permission === permission)
    if (!known) return [{ code: 'items_must_be_known', field }]
    if (!known.roles.some(one => one.value === role)) return [{ code: 'approver_role_must_decide', field }]
    const first = further.findIndex(one => one.permission === permission && one.role === role)
    return first === at ? [] : [{ code: 'further_approvals_must_be_unique', field }]
  })
}

/** Every reason against an authority table: known permissions and roles, each pair once, and for each permission somebody who decides whatever the amount. */
export function authorityReasons(
  deciders: ReturnType<typeof heldDeciders>,
  authority: readonly Authority[],
): Reason[] {
  return authority.flatMap(({ permission, role }, at): Reason[] => {
    const field = `authority.${at}`
    const known = deciders.find(one => one.permission === permission)
    if (!known) return [{ code: 'items_must_be_known', field }]
    if (!known.roles.some(one => one.value === role)) return [{ code: 'approver_role_must_decide', field }]
    const same = authority.filter(one => one.permission === permission)
    const first = authority.findIndex(one => one.permission === permission && one.role === role)
    if (first !== at) return [{ code: 'authority_must_be_unique', field }]
    return same.some(one => one.uptoYen === null) || same[0] !== authority[at]
      ? []
      : [
          {
            code: 'authority_must_have_no_gap',
            field,
            message: `「${known.label}」には、金額の上限がない役割が1つ以上必要です。`,
          },
        ]
  })
}

/** A permission by which somebody decides on what another has asked for, as the slices name theirs. */
const DECIDES = /\.(?:approve|confirm|decide|judge)/

const STAGES = ['prospect', 'applied', 'active'] as const

/** Who may approve what: the deciding permissions with the roles that hold them. */
export function heldApprovals({ permissions }: Pick<Services, 'permissions'>): ApprovalShown[] {
  return permissions
    .filter(permission => DECIDES.test(permission.code))
    .map(({ code, label, roles }) => ({
      code,
      label,
      roles: roles.filter(isRole).map(role => roleLabels[role]),
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
}
