import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { FileStore } from '../documents/index.ts'
import { commands } from './commands.ts'
import { checkContact, listCommunications, listPlans, listPromises, openCommunication } from './contract.ts'
import { communicationFields } from './fields.ts'
import { lists } from './lists.ts'
import { check, list, open, plans, promises } from './queries.ts'
import { playRecording, uploadRecording } from './recordings/contract.ts'
import { play, receiveRecording } from './recordings/queries.ts'

const HANDLERS = [
  'sales',
  'reviewer',
  'approver',
  'operations',
  'collector',
  'compliance',
  'accounting',
  'manager',
] as const

/** 接触履歴: every call, mail, letter and visit, by whomever and about whatever, with the rules about contacting people. */
export const communications: Slice = {
  name: 'communications',
  lists,
  permissions: [
    {
      code: 'communications.read',
      label: '接触履歴を見る（委託先は本文を伏せる）',
      roles: [...HANDLERS, 'auditor', 'contractor'],
    },
    { code: 'communications.record', label: '接触を記録する・訂正する・予定する', roles: HANDLERS },
    {
      code: 'communications.hear',
      label: '録音を聞く・文字起こしを読む（接触履歴の公開範囲のうち）',
      roles: [...HANDLERS, 'auditor'],
    },
    {
      code: 'communications.readRestricted',
      label: '「コンプライアンスのみ」の接触履歴を見る・記録する',
      roles: ['compliance'],
    },
  ],
  commands,
  records: [
    {
      kind: 'communication',
      read: 'communications.read',
      fields: Object.fromEntries(
        Object.values(communicationFields).map(field => [field.name, field.label.ja]),
      ),
    },
    { kind: 'contact_plan', read: 'communications.read' },
  ],
  routes: ({ keys, config, records }) => {
    const store = new FileStore(config.filesDir, keys)
    return [
      answerQuery(listCommunications, (context, input) => list(keys, context, input)),
      answerQuery(openCommunication, (context, { communicationId }) => open(keys, context, communicationId)),
      answerQuery(checkContact, check),
      answerQuery(listPlans, (context, input) => plans(keys, context, input)),
      answerQuery(listPromises, promises),
      answerQuery(uploadRecording, (context, input) => receiveRecording({ store, records }, context, input)),
      answerFile(playRecording, (context, { recordingId }) => play(store, context, recordingId)),
      ...commands.map(runCommand),
    ]
  },
}

export { type ContactAbout, contactsAbout } from './about.ts'
export { rulesBrokenBy } from './contact-facts.ts'
export { awaitedUntil, type JudgedPromise, judgePromises } from './promises.ts'
export {
  type HappenedContact,
  linkContact,
  RESTRICTED as RESTRICTED_PERMISSION,
  type RecordedContact,
  recordTrigger,
  restrictionOf,
  writeContact,
  writePromise,
} from './record.ts'
export { receiveRecording } from './recordings/queries.ts'
export type { ContactRule } from './rules/contact-rules.ts'
export {
  type ContactToTakeOver,
  contactTakeOverRefusals,
  type TakenOverContact,
  takeBackContacts,
  takeOverContacts,
} from './take-over.ts'
