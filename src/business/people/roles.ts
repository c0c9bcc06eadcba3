import type { PersonRole } from './tables.ts'

/** Roles whose change is critical (DD group 12): every change of an existing record waits for a second person. */
export const criticalRoles: readonly PersonRole[] = ['representative', 'beneficial_owner']

/** Roles for which the birth date is required (DD group 2). */
export const rolesNeedingBirthDate: readonly PersonRole[] = [
  'representative',
  'beneficial_owner',
  'guarantor',
  'agent',
]
