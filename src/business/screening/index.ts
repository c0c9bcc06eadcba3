import { answerQuery, runCommand } from '../../platform/http/route.ts'
import type { Slice } from '../../platform/slice.ts'
import { commands as ofCases } from './commands.ts'
import { listCases, openScreeningCase, screeningCoverage, screeningOfParty, watchLists } from './contract.ts'
import { startScreening } from './jobs.ts'
import { lists } from './lists.ts'
import { recordMedia } from './media.ts'
import { mediaSearchesOfParty } from './media-contract.ts'
import { mediaSearchesOf } from './media-searches.ts'
import { caseOf } from './open-case.ts'
import { pastResultsOfParty } from './past-contract.ts'
import { pastResultsOf } from './past-results.ts'
import { caseRows, coverage, listVersions, screeningOf } from './queries.ts'
import { listColumns, standingsOf } from './standings.ts'
import { screeningStandings } from './standings-contract.ts'

const commands = [...ofCases, recordMedia]

/** 反社・制裁: everybody a deal touches is searched in every list, and what is found is judged by two people. */
export const screening: Slice = {
  name: 'screening',
  lists,
  listColumns,
  permissions: [
    {
      code: 'screening.read',
      label: '反社・制裁の照合状況を見る',
      roles: ['sales', 'reviewer', 'approver', 'operations', 'collector', 'compliance', 'manager', 'auditor'],
    },
    {
      code: 'screening.readCases',
      label: '反社・制裁の該当候補と照合リストを見る',
      roles: ['reviewer', 'approver', 'compliance', 'manager', 'auditor'],
    },
    {
      code: 'screening.judge',
      label: '該当候補を判断し、照合結果を申請する・再照合を指示する',
      roles: ['reviewer', 'compliance'],
    },
    { code: 'screening.confirm', label: '照合結果を承認する', roles: ['compliance', 'manager'] },
    { code: 'screening.loadLists', label: '照合リストを読み込む', roles: ['compliance'] },
  ],
  commands,
  records: [
    { kind: 'screening_case', read: 'screening.readCases' },
    { kind: 'watch_list', read: 'screening.readCases' },
  ],
  routes: ({ keys }) => [
    answerQuery(screeningOfParty, (context, { partyId }) => screeningOf(context, partyId)),
    answerQuery(pastResultsOfParty, (context, { partyId }) => pastResultsOf(keys, context, partyId)),
    answerQuery(mediaSearchesOfParty, (context, { partyId }) => mediaSearchesOf(keys, context, partyId)),
    answerQuery(screeningStandings, (context, { ids }) => standingsOf(context, ids)),
    answerQuery(listCases, caseRows),
    answerQuery(openScreeningCase, (context, { caseId }) => caseOf(keys, context, caseId)),
    answerQuery(watchLists, listVersions),
    answerQuery(screeningCoverage, coverage),
    ...commands.map(runCommand),
  ],
  start: startScreening,
}

export {
  decide as decideScreeningCommand,
  judge as judgeHitCommand,
} from './commands.ts'
export { screeningHindrances, screeningHindrancesOf } from './gate.ts'
export { queueUnscreenedAndDue, searchNext } from './jobs.ts'
export { letGoOfSubjects } from './let-go.ts'
export { load as loadWatchListsCommand } from './load-lists.ts'
export { recordMedia as recordMediaSearchCommand } from './media.ts'
export { type NewsDue, newsDue, newsHindrances, newsHindrancesOf } from './news-gate.ts'
export { NEWS_NOTICE_DAYS } from './news-rules.ts'
export {
  type PastResultToTakeOver,
  pastResultRefusals,
  type TakenOverResult,
  takeBackPastResult,
  takeOverPastResult,
} from './past-results.ts'
