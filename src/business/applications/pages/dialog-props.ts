import type { ApplicationShown } from '../contract.ts'
import type { ApplicationState } from '../rules/states.ts'

/** Which dialog is open on an application, and what it is about. */
export type ApplicationDialog =
  | { kind: 'assign' | 'change' | 'addItem' | 'link' }
  | { kind: 'receive' | 'giveBack' | 'waive'; itemId: string }
  | { kind: 'unlink'; receivableId: string }
  | { kind: 'step'; to: ApplicationState }

export interface DialogProps {
  application: ApplicationShown
  onClose: () => void
}

export const which = (application: ApplicationShown) => ({
  applicationId: application.id,
  rowVersion: application.rowVersion,
})
