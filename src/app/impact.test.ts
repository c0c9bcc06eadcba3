import { expect, it } from 'vitest'
import { commandsWithImpact, impactOf } from '../business/approvals/impact.ts'
import { slices } from './slices.ts'

it('the impact of a change is told of commands that wait for a second person, and of no others', () => {
  const critical = new Set(
    slices.flatMap(slice =>
      slice.commands.filter(command => command.critical).map(({ contract }) => contract.name),
    ),
  )
  expect(commandsWithImpact.filter(name => !critical.has(name))).toEqual([])
  expect(impactOf('parties.renameParty')).toEqual(['kyc', 'screening', 'contract', 'bank', 'invoice_check'])
  expect(impactOf('lists.requestExport')).toEqual([])
})
