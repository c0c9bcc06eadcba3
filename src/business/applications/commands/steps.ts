import { defineCommand } from '../../../platform/commands/command.ts'
import { contractApplication, reviewApplication } from '../contract.ts'
import {
  closeQuote,
  endClaims,
  firstDecision,
  lockApplication,
  movedEvent,
  refuseStep,
  setApplication,
} from '../records.ts'

/** A step of the review: waits for documents, screens, reviews; a rejection ends the claims with the application. */
export const review = defineCommand(reviewApplication, {
  constraints: { application_decided_by_another: 'drafter_must_not_decide' },
  async run(context, { to, reason, ...which }) {
    const row = await lockApplication(context, which)
    const from = await refuseStep(context, row, to)
    const rejects = to === 'rejected'
    await closeQuote(context, row.id, 'withdrawn')
    const rowVersion = await setApplication(context, row, {
      state: to,
      ...(rejects ? firstDecision(context, row, 'rejected', reason) : {}),
    })
    await context.record(movedEvent(row, to, { from, reason }))
    if (rejects) await endClaims(context, row, to, reason)
    return { id: row.id, rowVersion }
  },
})

/** A step between the acceptance and the money. A deal that is cancelled after its purchase was rescinded releases what is left. */
export const contract = defineCommand(contractApplication, {
  async run(context, { to, reason, ...which }) {
    const row = await lockApplication(context, which)
    const from = await refuseStep(context, row, to)
    const cancels = to === 'cancelled'
    if (cancels) await closeQuote(context, row.id, 'withdrawn')
    const rowVersion = await setApplication(context, row, { state: to })
    await context.record(movedEvent(row, to, { from, reason }))
    if (cancels) await endClaims(context, row, to, reason ?? '申込の取消し')
    return { id: row.id, rowVersion }
  },
})
