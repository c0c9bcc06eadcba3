import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands } from './commands.ts'
import { findPeople, likePerson, openPerson, peopleOfParty, unmaskPerson } from './contract.ts'
import { personFields } from './fields.ts'
import { find, like, open } from './known-people.ts'
import { peopleOf, personInReach, unmask } from './queries.ts'
import { personKeys } from './rules.ts'

/** Representatives, officers, beneficial owners, guarantors, contacts. */
export const people: Slice = {
  name: 'people',
  permissions: [
    {
      code: 'people.read',
      label: '関係者・株主・グループを見る（秘匿項目は伏せる）',
      roles: [
        'sales',
        'reviewer',
        'approver',
        'operations',
        'collector',
        'compliance',
        'accounting',
        'manager',
        'auditor',
        'contractor',
      ],
    },
    {
      code: 'people.change',
      label: '関係者・株主・グループを変更する',
      roles: ['sales', 'operations', 'reviewer'],
    },
  ],
  commands,
  records: [
    {
      kind: 'person',
      read: 'people.read',
      find: personInReach,
      fields: Object.fromEntries(Object.values(personFields).map(field => [field.name, field.label.ja])),
    },
  ],
  routes: ({ keys }) => [
    answerQuery(peopleOfParty, (context, input) => peopleOf(keys, context, input)),
    answerQuery(findPeople, find),
    answerQuery(likePerson, (context, input) => like(keys, context, input)),
    answerQuery(openPerson, (context, { personId }) => open(context, personId)),
    answerQuery(unmaskPerson, (context, { personId }) => unmask(keys, context, personId)),
    ...commands.map(runCommand),
  ],
}

export { add as addPersonCommand } from './commands.ts'
export {
  partiesWithRepresentative,
  type RepresentativeOfMany,
  registerManyRepresentatives,
  removeManyRepresentatives,
} from './register-many.ts'
export {
  type PersonToTakeOver,
  type TakenOverPerson,
  takeBackPerson,
  takeOverPerson,
  takeOverRefusals,
  touchParty,
} from './take-over.ts'

/** The key under which people of one name are found, whatever its spelling. */
export const nameKeyOf = (name: { familyName: string; givenName: string }): string => personKeys(name).nameKey
