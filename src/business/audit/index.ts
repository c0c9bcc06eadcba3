import { every } from '../../platform/every.ts'
import { answerQuery } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { startSealer } from '../../platform/trail/seal.ts'
import { listEvents, recordHistory, trailState, whoSaw } from './contract.ts'
import { listBlocks, listTrailViews, openEvent, openView } from './detail-contract.ts'
import { blocks, event, view, views } from './detail-queries.ts'
import { keepHouse } from './housekeeping.ts'
import { lists } from './lists.ts'
import { permissions } from './permissions.ts'
import { events, history, state, viewsOf } from './queries.ts'

const HOUR_MS = 3_600_000

/** The trail: what was done and what was seen, by whom, sealed. Reading it is a sight too. */
export const audit: Slice = {
  name: 'audit',
  lists,
  permissions,
  commands: [],
  routes: services => [
    answerQuery(recordHistory, (context, input) => history(services, context, input)),
    answerQuery(whoSaw, (context, input) => viewsOf(services.reading, context, input)),
    answerQuery(listEvents, (context, input) => events(services.reading, context, input)),
    answerQuery(trailState, state),
    answerQuery(openEvent, (context, { eventId }) => event(services.reading, context, eventId)),
    answerQuery(listTrailViews, (context, input) => views(services.reading, context, input)),
    answerQuery(openView, (context, { viewId }) => view(services.reading, context, viewId)),
    answerQuery(listBlocks, blocks),
  ],
  start: async ({ db, master, config, clock, log }) => {
    const stopSealing = startSealer({
      db,
      master,
      anchorsFile: config.anchorsFile,
      now: () => clock.now(),
      onError: error => log('sealing failed', { error }),
    })
    const stopKeeping = every(
      HOUR_MS,
      () => keepHouse(db, clock.now()),
      error => log('housekeeping failed', { error }),
    )
    return async () => {
      await stopKeeping()
      await stopSealing()
    }
  },
}

export { type CompanyRecords, companyRecords } from './company-records.ts'
export { seenNumbersOf } from './seen-numbers.ts'
