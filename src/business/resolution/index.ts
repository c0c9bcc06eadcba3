import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { clusters, compare } from './candidate-queries.ts'
import { commands } from './commands.ts'
import {
  compareParties,
  identityOfParty,
  listClusters,
  matchParties,
  previewUnmerge,
  similarParties,
} from './contract.ts'
import { startLooking } from './jobs.ts'
import { identityOf, match, similar } from './queries.ts'
import { preview } from './unmerge-preview.ts'

/** 名寄せ: records of the same company are found, judged by people, merged by two, and unmerged exactly. */
export const resolution: Slice = {
  name: 'resolution',
  permissions: [
    {
      code: 'resolution.read',
      label: '名寄せの候補・判断・統合を見る',
      roles: ['sales', 'reviewer', 'approver', 'operations', 'compliance', 'manager', 'auditor'],
    },
    {
      code: 'resolution.judge',
      label: '同一の会社か別の会社かを判断する',
      roles: ['reviewer', 'operations', 'compliance'],
    },
    { code: 'resolution.merge', label: '名寄せの統合・解除を申請する', roles: ['reviewer', 'operations'] },
    {
      code: 'resolution.approveMerge',
      label: '名寄せの統合・解除を承認する',
      roles: ['approver', 'compliance', 'manager'],
    },
  ],
  commands,
  routes: () => [
    answerQuery(similarParties, similar),
    answerQuery(matchParties, match),
    answerQuery(listClusters, clusters),
    answerQuery(compareParties, compare),
    answerQuery(previewUnmerge, preview),
    answerQuery(identityOfParty, (context, { partyId }) => identityOf(context, partyId)),
    ...commands.map(runCommand),
  ],
  start: startLooking,
}

export { merge as mergePartiesCommand, unmerge as unmergePartiesCommand } from './commands.ts'
export { lookForCandidates } from './jobs.ts'
export { judge as judgePairCommand } from './judge.ts'
export { type PartyFacts, partyFacts } from './party-facts.ts'
