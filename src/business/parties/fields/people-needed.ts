import type { PartyKind, PartyRole, PartyStage } from '../tables.ts'

interface NeededPerson {
  key: string
  label: string
  personRole: string
  from: PartyStage
  kinds: readonly PartyKind[] | null
  roles: readonly PartyRole[] | null
}

/** People of whom at least one must be on record (data dictionary, cross-check 3 and group 2); kept by the slice of people. */
export const requiredPeople: readonly NeededPerson[] = [
  {
    key: 'representative',
    label: '代表者',
    personRole: 'representative',
    from: 'applied',
    kinds: ['corporation', 'sole_proprietor'],
    roles: null,
  },
  {
    key: 'beneficial_owner',
    label: '実質的支配者',
    personRole: 'beneficial_owner',
    from: 'active',
    kinds: ['corporation'],
    roles: ['client'],
  },
  {
    key: 'contact',
    label: '連絡窓口',
    personRole: 'contact',
    from: 'active',
    kinds: null,
    roles: ['client', 'debtor'],
  },
]
