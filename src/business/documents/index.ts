import { every } from '../../platform/every.ts'
import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { add, addNewVersion } from './commands.ts'
import {
  downloadDocument,
  listDocuments,
  openDocument,
  proposeCounterparties,
  uploadFile,
} from './contract.ts'
import { correct } from './correct.ts'
import { counterpartiesOf } from './counterparties.ts'
import { documentFields } from './fields.ts'
import { FileStore } from './file-store.ts'
import { hold, release, restore, strike } from './keep.ts'
import { lists } from './lists.ts'
import { openDocumentPage } from './open-document.ts'
import { permissions } from './permissions.ts'
import { download, list, receiveUpload } from './queries.ts'
import { readingCommands } from './readings/commands.ts'
import { stamp } from './stamps/commands.ts'
import { downloadTimeStamp, uploadTimeStamp } from './stamps/contract.ts'
import { receiveTimeStamp, tokenFile } from './stamps/queries.ts'
import { sweepUploads } from './sweep.ts'

const HOUR_MS = 3_600_000

const commands = [add, addNewVersion, correct, strike, restore, hold, release, ...readingCommands, stamp]

/** Files on any record: versions, what they prove, checked against their hash on each read. */
export const documents: Slice = {
  name: 'documents',
  lists,
  permissions,
  commands,
  records: [
    {
      kind: 'document',
      read: 'documents.read',
      fields: Object.fromEntries(Object.values(documentFields).map(field => [field.name, field.label.ja])),
    },
  ],
  routes: ({ config, keys, records }) => {
    const store = new FileStore(config.filesDir, keys)
    return [
      answerQuery(uploadFile, (context, input) => receiveUpload({ store, records }, context, input)),
      answerQuery(listDocuments, list),
      answerQuery(proposeCounterparties, counterpartiesOf),
      answerQuery(openDocument, (context, { documentId }) => openDocumentPage(keys, context, documentId)),
      answerQuery(uploadTimeStamp, (context, input) => receiveTimeStamp(store, context, input)),
      answerFile(downloadTimeStamp, (context, { stampId }) => tokenFile(store, context, stampId)),
      answerFile(downloadDocument, (context, input) => download(store, context, input)),
      ...commands.map(runCommand),
    ]
  },
  start: async ({ db, config, clock, log }) =>
    every(
      HOUR_MS,
      () => sweepUploads(db, config.filesDir, clock.now()),
      error => log('sweeping uploads failed', { error }),
    ),
}

export { add as addDocumentCommand } from './commands.ts'
export { refuseStrangeEvidence } from './evidence.ts'
export { type PaperExpiring, papersExpiring } from './expiring.ts'
export { type FileVerdict, judgeFile } from './file-kinds.ts'
export { FileStore } from './file-store.ts'
export { type PaperQuarantined, papersQuarantined } from './quarantined.ts'
export { receiveUpload } from './queries.ts'
export { retentionOf as lawfulRetentionOfPaper } from './rules/paper.ts'
export { takeUpload, type Upload } from './uploads.ts'
export { visibleClasses } from './visible-classes.ts'
