export const impacts = ['kyc', 'screening', 'credit', 'contract', 'bank', 'invoice_check'] as const
export type Impact = (typeof impacts)[number]

/**
 * What else must be looked at again when a change takes effect (data dictionary, group 12, impact). By command: what a command means is
 * settled with its contract. A command that is not here touches nothing beyond its own record.
 */
const byCommand: Readonly<Record<string, readonly Impact[]>> = {
  'parties.renameParty': ['kyc', 'screening', 'contract', 'bank', 'invoice_check'],
  'parties.changeBasics': ['kyc', 'screening', 'invoice_check'],
  'people.addPerson': ['kyc', 'screening', 'contract'],
  'people.changePerson': ['kyc', 'screening'],
  'people.endRole': ['kyc', 'contract'],
  'ownership.recordHolding': ['kyc', 'screening', 'credit'],
  'ownership.endHolding': ['kyc', 'screening', 'credit'],
  'ownership.excludeFromControl': ['kyc', 'screening'],
  'ownership.endExclusion': ['kyc', 'screening'],
  'ownership.endTie': ['credit'],
  'resolution.mergeParties': ['kyc', 'screening', 'credit', 'bank'],
  'resolution.unmergeParties': ['kyc', 'screening', 'credit', 'bank'],
  'accounts.registerAccount': ['bank'],
  'accounts.verifyAccount': ['bank'],
  'screening.decideCase': ['screening', 'credit'],
  'kyc.completeCase': ['kyc'],
  'kyc.grantException': ['kyc'],
  'credit.grantLimit': ['credit'],
  'credit.liftSuspension': ['credit'],
  'credit.grantOverride': ['credit'],
  'assessment.setWatch': ['credit'],
  'assessment.overrideScore': ['credit'],
  'assessment.retractScore': ['credit'],
  'contracts.executeContract': ['contract'],
  'contracts.amendContract': ['contract', 'credit'],
  'receivables.approveReceivable': ['credit'],
  'receivables.judgeDuplicate': ['credit'],
  'reconciliation.recordInsolvency': ['credit'],
  'collections.writeOff': ['credit'],
  'payouts.rescindPurchase': ['credit', 'contract'],
}

/** In the order of the list, so that two requests read alike. */
export function impactOf(command: string): Impact[] {
  const touched = byCommand[command] ?? []
  return impacts.filter(impact => touched.includes(impact))
}

/** Every command the table speaks of, for the test that none of them is gone. */
export const commandsWithImpact: readonly string[] = Object.keys(byCommand)
