import type { Slice } from '../../platform/slice.ts'
import { partyFields } from './fields.ts'
import { lists } from './lists.ts'
import { permissions } from './permissions.ts'
import { partiesInReach } from './queries.ts'
import { startRenewingSearchKeys } from './renew-search-keys.ts'
import { commands, routes } from './routes.ts'

/** Every company and sole proprietor, one record each: clients, debtors, guarantors; groups; 名寄せ. */
export const parties: Slice = {
  name: 'parties',
  lists,
  permissions,
  commands,
  routes,
  start: startRenewingSearchKeys,
  records: [
    { kind: 'party_branch', read: 'parties.read' },
    {
      kind: 'party',
      read: 'parties.read',
      find: async (at, id) => {
        const row = await partiesInReach(at)
          .select(['party.id', 'party.seen_no', 'party.disposed_at'])
          .where('party.id', '=', id)
          .executeTakeFirst()
        if (!row) return null
        const closed = row.disposed_at === null ? undefined : '廃棄済みの記録です。'
        return { dataSubjectId: row.id, seenNo: row.seen_no, closed }
      },
      fields: Object.fromEntries(Object.values(partyFields).map(field => [field.name, field.label.ja])),
    },
  ],
}

export { type AskedCompany, askedCompanies } from './asked-companies.ts'
export { assign as assignContractorCommand } from './commands/assign.ts'
export {
  addPlacesOfMany,
  hasBranch,
  type PlacesMade,
  placesOfMany,
  type StandingPlaces,
  takeOutPlacesOfMany,
} from './commands/places-of-many.ts'
export {
  changeManyParties,
  checkParty,
  type PartyChangeOfMany,
  type PartyColumns,
  type PartyOfMany,
  registerManyParties,
  removeManyParties,
} from './commands/register-many.ts'
export { register as registerPartyCommand } from './commands/register-party.ts'
export { companiesOf, recordsOfCompany, sameCompany, shownFields } from './identity.ts'
export { branchRefusals, identifierRefusals } from './places-contract.ts'
export { storedBranch, storedCode } from './places-rules.ts'
export { assignedParties, partiesInReach, type Reach } from './queries.ts'
export { lockParties, lockParty, raiseStage, setPartyStatus } from './records.ts'
export {
  completenessOf,
  lacksRequired,
  type Requirable,
  type RequiredItem,
  requirable,
  requiredItems,
} from './required-items.ts'
export { searchKeys } from './rules.ts'
export { itemsOf, requiredInForce, type StageRule, setStageRule, stageRule } from './stage-rule.ts'
