import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { FileStore } from '../documents/index.ts'
import { commands as importCommands } from './commands.ts'
import {
  guessColumns,
  listBatches,
  listImportRows,
  listTemplates,
  lookIntoFile,
  openImport,
  previewCleaning,
  problemWorkbook,
} from './contract.ts'
import { handInbox, listInbox, readInbox, receiveArchive } from './inbox/contract.ts'
import { receive } from './inbox/receive.ts'
import { handTo, settle, showFile, waitingFiles } from './inbox/settle.ts'
import { startImporting } from './jobs.ts'
import { lookInto, previewOf } from './looks.ts'
import { markedWorkbook } from './marked-workbook.ts'
import { columnsFor, list, listRows, openOne, templates } from './queries.ts'
import { listSources, printSources } from './source-contract.ts'
import { changeOfSource, record as recordOfSource, sourcesOf, sourcesSheet } from './sources.ts'

const commands = [...importCommands, recordOfSource, changeOfSource, settle]

/** 移行・取込: a ledger file is read, mapped, rehearsed, approved as one change, taken over in chunks, and can be reverted. */
export const imports: Slice = {
  name: 'imports',
  permissions: [
    {
      code: 'imports.read',
      label: '取込の内容と結果を見る',
      roles: [
        'sales',
        'operations',
        'reviewer',
        'approver',
        'compliance',
        'accounting',
        'manager',
        'auditor',
      ],
    },
    {
      code: 'imports.prepare',
      label: '取込ファイルの読込・試し取込・承認申請・取消申請',
      roles: ['operations', 'sales', 'reviewer', 'compliance', 'accounting'],
    },
    { code: 'imports.approve', label: '取込・取消を承認する', roles: ['approver', 'compliance', 'manager'] },
  ],
  commands,
  records: [
    { kind: 'import', read: 'imports.read' },
    { kind: 'migration_source', read: 'imports.read' },
    { kind: 'document_inbox', read: 'imports.prepare' },
  ],
  routes: ({ keys, config, records }) => {
    const store = new FileStore(config.filesDir, keys)
    return [
      answerQuery(receiveArchive, (context, input) => receive(store, context, input)),
      answerQuery(listInbox, waitingFiles),
      answerFile(readInbox, (context, { fileId }) => showFile(store, context, fileId)),
      answerQuery(handInbox, (context, input) => handTo({ store, records }, context, input)),
      answerQuery(listBatches, list),
      answerQuery(openImport, (context, { batchId }) => openOne(keys, context, batchId)),
      answerQuery(listImportRows, listRows),
      answerQuery(listTemplates, templates),
      answerQuery(lookIntoFile, lookInto),
      answerQuery(guessColumns, columnsFor),
      answerQuery(previewCleaning, (context, input) => previewOf(keys, context, input)),
      answerFile(problemWorkbook, (context, input) => markedWorkbook(keys, context, input)),
      answerQuery(listSources, sourcesOf),
      answerFile(printSources, sourcesSheet),
      ...commands.map(runCommand),
    ]
  },
  start: startImporting,
}

export {
  apply as applyBatchCommand,
  discard as discardBatchCommand,
  open as openBatchCommand,
  rehearse as rehearseBatchCommand,
  resume as resumeBatchCommand,
  revert as revertBatchCommand,
  stop as stopBatchCommand,
} from './commands.ts'
export { workUntilIdle as importUntilIdle } from './jobs.ts'
export { lookIntoImportFile } from './looks.ts'
export { problemsOfBatch } from './marked-workbook.ts'
export { importKinds } from './tables.ts'
