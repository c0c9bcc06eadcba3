import type { IsoDate } from '../../../platform/dates/iso-date.ts'

export const shownStates = ['draft', 'waiting', 'in_force', 'past', 'discarded'] as const
export type ShownState = (typeof shownStates)[number]

export interface VersionFacts {
  version: number
  state: 'draft' | 'active' | 'discarded'
  effectiveFrom: IsoDate | null
  effectiveTo: IsoDate | null
}

const isOn = ({ effectiveFrom, effectiveTo }: VersionFacts, day: IsoDate) =>
  effectiveFrom !== null && effectiveFrom <= day && (effectiveTo === null || effectiveTo >= day)

/** The version under which new applications of a day are taken: of the activated ones between their dates, the newest (FF §5, effective dates). Null: none. */
export function versionInForce<V extends VersionFacts>(versions: readonly V[], day: IsoDate): V | null {
  return versions
    .filter(one => one.state === 'active' && isOn(one, day))
    .reduce<V | null>((newest, one) => (newest === null || one.version > newest.version ? one : newest), null)
}

/** What a version is on a day, from its dates and those of the others: nothing is written when a day comes. Pure. */
export function shownState(one: VersionFacts, all: readonly VersionFacts[], day: IsoDate): ShownState {
  if (one.state !== 'active') return one.state
  if (versionInForce(all, day)?.version === one.version) return 'in_force'
  return (one.effectiveFrom ?? day) > day ? 'waiting' : 'past'
}
