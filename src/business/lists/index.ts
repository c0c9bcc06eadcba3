import { answerFile, answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { discard, keep, remove, request } from './commands.ts'
import { describeList, downloadExport, listExports, listViews, openExport } from './contract.ts'
import { startExporting } from './jobs.ts'
import { permissions } from './permissions.ts'
import { describe, exportsOf, fileOf, openOne, viewsOf } from './queries.ts'
import './tables.ts'

const commands = [request, discard, keep, remove]

/** 一覧: views kept by name, and exports; which lists there are is said by the slices that own them. */
export const lists: Slice = {
  name: 'lists',
  permissions,
  commands,
  records: [
    { kind: 'list_export', read: 'lists.export' },
    { kind: 'list_view', read: 'lists.keepViews' },
  ],
  routes: services => [
    answerQuery(describeList, (context, input) => describe(services, context, input)),
    answerQuery(listExports, (context, input) => exportsOf(services.keys, context, input)),
    answerQuery(openExport, (context, { exportId }) => openOne(services.keys, context, exportId)),
    answerFile(downloadExport, (context, { exportId }) => fileOf(services, context, exportId)),
    answerQuery(listViews, viewsOf),
    ...commands.map(runCommand),
  ],
  start: startExporting,
}

export { csvOf, safeText } from './cells.ts'
export { exportUntilIdle } from './jobs.ts'
export { TRAIL_EXPORT } from './permissions.ts'
