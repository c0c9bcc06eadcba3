import { z } from 'zod'
import { changeReason, command, id, isoDate, query } from '../../platform/http/contract.ts'
import { newsRules } from '../access/contract.ts'
import { screeningRefusals } from './labels.ts'
import { mediaScopes, mediaVerdicts } from './media-rules.ts'
import { newsStates } from './news-rules.ts'
import { judgements, subjectKinds } from './tables.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const webAddress = z
  .url({ protocol: /^https?$/, message: 'http:// または https:// で始まるURLを入力してください。' })
  .max(1000)

const finding = z.object({
  url: webAddress.nullish(),
  title: text(200),
  publishedOn: isoDate.nullish(),
  judgement: z.enum(judgements),
  reason: z.string().trim().min(5).max(500),
})

export const recordMediaSearch = command({
  name: 'screening.recordMediaSearch',
  path: '/api/parties/:partyId/screening/media-searches/record',
  summary:
    'Records a search of news or credit events as it was made, with its findings judged. With results it waits for a second person and needs the saved page; without it is clear at once, and lifts nothing that an earlier search was stopped by.',
  permission: 'screening.judge',
  critical: 'sometimes',
  input: z.object({
    partyId: id,
    subjectKind: z.enum(subjectKinds),
    subjectId: id,
    scope: z.array(z.enum(mediaScopes)).min(1).max(mediaScopes.length),
    provider: text(100),
    queryId: text(100).nullish(),
    /** Exactly as it was sent. */
    queryText: text(1000),
    keywordSetVersion: text(50),
    searchedAt: z.iso.datetime({ offset: true }),
    resultCount: z.number().int().min(0).max(100_000_000),
    findings: z.array(finding).max(50).default([]),
    verdict: z.enum(mediaVerdicts).default('cleared'),
    conditions: z.string().trim().max(1000).nullish(),
    conditionsUntil: isoDate.nullish(),
    /** Why it was judged so, with the saved page; needed as soon as there is a result. */
    change: changeReason.optional(),
  }),
  output: z.object({ id, searchNo: z.string(), nextDueOn: isoDate }),
  refusals: screeningRefusals,
})

const shownSearch = z.object({
  id,
  searchNo: z.string(),
  subjectKind: z.enum(subjectKinds),
  subjectId: id,
  subjectName: z.string(),
  scope: z.array(z.enum(mediaScopes)),
  provider: z.string(),
  queryId: z.string().nullable(),
  /** Null: disposed of with the person it named. */
  queryText: z.string().nullable(),
  keywordSetVersion: z.string(),
  searchedAt: z.string(),
  resultCount: z.number().int(),
  findings: z.array(
    z.object({
      url: z.string().nullable(),
      title: z.string(),
      publishedOn: z.string().nullable(),
      judgement: z.enum(judgements),
      reason: z.string(),
    }),
  ),
  verdict: z.enum(mediaVerdicts),
  conditions: z.string().nullable(),
  conditionsUntil: z.string().nullable(),
  /** The saved pages, with the keyed hash of the file as it was. */
  evidence: z.array(z.object({ documentId: id, versionNo: z.number().int(), evidenceHash: z.string() })),
  recordedBy: z.string(),
  confirmedBy: z.string().nullable(),
  nextDueOn: z.string(),
  /** A later search of the same subject and scope has taken its place. */
  inForce: z.boolean(),
  stopsDeals: z.boolean(),
})
export type MediaSearch = z.infer<typeof shownSearch>

const neededSearch = z.object({
  subjectKind: z.enum(subjectKinds),
  subjectId: id,
  name: z.string(),
  relations: z.array(z.string()),
  scope: z.enum(mediaScopes),
  /** What it does when the search is missing or outdated: the company's setting; a group member never stops a deal. */
  rule: z.enum(newsRules),
  state: z.enum(newsStates),
  nextDueOn: z.string().nullable(),
})
export type NeededSearch = z.infer<typeof neededSearch>

export const mediaSearchesOfParty = query({
  name: 'screening.mediaSearchesOfParty',
  path: '/api/parties/:partyId/screening/media-searches',
  summary:
    'Searches of news and credit events about a party and its people, newest first, and who must still be searched.',
  permission: 'screening.readCases',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({
    searches: z.array(shownSearch),
    /** Who must be searched for what, by the table of subjects, and until when the newest search holds. */
    needed: z.array(neededSearch),
    subjects: z.array(z.object({ subjectKind: z.enum(subjectKinds), subjectId: id, name: z.string() })),
  }),
})
