import type { Services } from '../../platform/slice.ts'
import { isRole, roleLabels } from '../access/index.ts'
import { requiredItems } from '../parties/index.ts'
import { kindLabels, roleLabels as partyRoleLabels, stageLabels } from '../parties/labels.ts'
import type { ApprovalShown, RequiredShown } from './contract.ts'

/** What the program requires of a party before it reaches a stage, in words. */
export function heldRequiredItems(): RequiredShown[] {
  const items = [...requiredItems('active')].sort((a, b) => STAGES.indexOf(a.from) - STAGES.indexOf(b.from))
  return items.map(item => ({
    stage: stageLabels[item.from],
    label: item.label,
    condition: [
      item.kinds?.map(kind => kindLabels[kind]).join('・'),
      item.roles?.map(role => partyRoleLabels[role]).join('・'),
    ]
      .filter(Boolean)
      .join('、'),
  }))
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
