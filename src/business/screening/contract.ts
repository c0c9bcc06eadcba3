import { z } from 'zod'
import {
  changeReason,
  command,
  id,
  isoDate,
  listOf,
  pageInput,
  pageOf,
  query,
} from '../../platform/http/contract.ts'
import { newsRules } from '../access/contract.ts'
import { screeningRefusals } from './labels.ts'
import { mediaScopes } from './media-rules.ts'
import { caseStates, judgements, screeningTriggers, subjectKinds } from './tables.ts'

const refusals = screeningRefusals
const LARGEST_LISTS_BYTES = 60 * 1024 * 1024

export const loadWatchLists = command({
  name: 'screening.loadWatchLists',
  path: '/api/watch-lists/load',
  summary:
    'Loads list files (OFAC, UN, EU, Ministry of Finance, house lists) as new versions; each file is recognised by its content.',
  permission: 'screening.loadLists',
  bodyLimit: LARGEST_LISTS_BYTES,
  input: z.object({
    files: z.array(z.object({ fileName: z.string().min(1).max(200), contentBase64: z.base64() })).max(20),
    /** Also load the published lists which come with the program. */
    shipped: z.boolean().default(false),
  }),
  output: z.object({
    loaded: z.array(
      z.object({
        id,
        listId: z.string(),
        versionNo: z.number().int(),
        entries: z.number().int(),
        problems: z.number().int(),
      }),
    ),
    unchanged: z.array(z.string()),
  }),
  refusals,
})

export const judgeHit = command({
  name: 'screening.judgeHit',
  path: '/api/screening-hits/:hitId/judge',
  summary:
    'Says whether a hit is the same person or company, with reason and evidence; two people decide the case after that.',
  permission: 'screening.judge',
  input: z.object({
    hitId: id,
    judgement: z.enum(judgements),
    reason: z.string().trim().min(5).max(2000),
    evidence: z.array(id).max(20).default([]),
  }),
  output: z.object({ id, unjudged: z.number().int() }),
  refusals,
})

export const decideCase = command({
  name: 'screening.decideCase',
  path: '/api/screening-cases/:caseId/decide',
  summary:
    'Decides a case with hits: clear, conditional, escalated or rejected; always by two people, with evidence.',
  permission: 'screening.judge',
  critical: 'always',
  input: z.object({
    caseId: id,
    verdict: z.enum(['cleared', 'conditional', 'escalated', 'rejected']),
    conditions: z.string().trim().max(1000).nullish(),
    conditionsUntil: isoDate.nullish(),
    change: changeReason,
  }),
  output: z.object({ id, state: z.enum(caseStates) }),
  refusals,
})

export const askRescreening = command({
  name: 'screening.askRescreening',
  path: '/api/parties/:partyId/screening/again',
  summary: 'Queues a party and everybody screened because of it for another search.',
  permission: 'screening.judge',
  input: z.object({ partyId: id }),
  output: z.object({ queued: z.number().int() }),
  refusals,
})

export const standing = z.enum(['unscreened', 'stale', 'conditions_over', ...caseStates])
export type Standing = z.infer<typeof standing>

const caseBrief = z.object({
  id,
  caseNo: z.string(),
  state: z.enum(caseStates),
  trigger: z.enum(screeningTriggers),
  searchedAt: z.string(),
  nextDueOn: z.string(),
  hits: z.number().int(),
  remembered: z.number().int(),
  conditions: z.string().nullable(),
  conditionsUntil: z.string().nullable(),
})

const subjectRow = z.object({
  subjectKind: z.enum(subjectKinds),
  subjectId: id,
  name: z.string(),
  relations: z.array(z.string()),
  /** The records of a merged company because of which it is searched; empty for a company of one record. */
  recordNos: z.array(z.string()),
  standing,
  waiting: z.boolean(),
  current: caseBrief.nullable(),
})
export type SubjectRow = z.infer<typeof subjectRow>

export const screeningOfParty = query({
  name: 'screening.screeningOfParty',
  path: '/api/parties/:partyId/screening',
  summary: 'Everybody screened because of a party, and how each stands today.',
  permission: 'screening.read',
  sight: 'list',
  input: z.object({ partyId: id }),
  output: z.object({ subjects: z.array(subjectRow), listsLoaded: z.boolean() }),
})

const caseRow = caseBrief.extend({
  subjectKind: z.enum(subjectKinds),
  subjectName: z.string(),
  parties: z.array(z.object({ id, legalName: z.string() })),
  topScore: z.number().int().nullable(),
  topName: z.string().nullable(),
  unjudged: z.number().int(),
})
export type CaseRow = z.infer<typeof caseRow>

export const listCases = query({
  name: 'screening.listCases',
  path: '/api/screening-cases',
  summary: 'Cases in force by state, the longest waiting first.',
  permission: 'screening.readCases',
  sight: 'list',
  input: z.object({
    ...pageInput,
    state: listOf(z.enum(caseStates)),
    trigger: listOf(z.enum(screeningTriggers)),
  }),
  output: pageOf(caseRow),
})

const hit = z.object({
  id,
  listId: z.string(),
  listTitle: z.string(),
  versionNo: z.number().int(),
  publishedOn: z.string().nullable(),
  matchedName: z.string(),
  subjectName: z.string(),
  scoreThousandths: z.number().int(),
  band: z.enum(['hit', 'review']),
  reasons: z.array(z.object({ rule: z.string(), sentence: z.string(), contribution: z.number() })),
  entry: z.object({
    entryId: z.string(),
    kind: z.string(),
    names: z.array(z.string()),
    births: z.array(z.string()),
    countries: z.array(z.string()),
    addresses: z.array(z.string()),
    identifiers: z.array(z.string()),
    programs: z.array(z.string()),
    reason: z.string().nullable(),
    source: z.string().nullable(),
    listedOn: z.string().nullable(),
    remarks: z.string().nullable(),
  }),
  judgement: z.enum(judgements).nullable(),
  judgementReason: z.string().nullable(),
  judgedBy: z.string().nullable(),
  judgedAt: z.string().nullable(),
  remembered: z.boolean(),
})
export type Hit = z.infer<typeof hit>

const fullCase = caseBrief.extend({
  subjectKind: z.enum(subjectKinds),
  subjectId: id,
  inForce: z.boolean(),
  parties: z.array(z.object({ id, legalName: z.string() })),
  /** What was searched with; a birth date only for those who may see it. */
  searched: z.object({
    name: z.string(),
    nameKana: z.string().nullable(),
    nameEn: z.string().nullable(),
    otherNames: z.array(z.string()),
    birthDate: z.string().nullable(),
    country: z.string().nullable(),
    address: z.string().nullable(),
    identifiers: z.array(z.string()),
  }),
  scope: z.array(z.string()),
  lists: z.array(z.object({ listId: z.string(), versionNo: z.number().int(), entries: z.number().int() })),
  engineVersion: z.number().int(),
  policyVersion: z.string(),
  verdictReason: z.string().nullable(),
  decidedBy: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
  hitList: z.array(hit),
  earlier: z.array(z.object({ id, caseNo: z.string(), state: z.enum(caseStates), searchedAt: z.string() })),
})
export type ScreeningCase = z.infer<typeof fullCase>

export const openScreeningCase = query({
  name: 'screening.openCase',
  path: '/api/screening-cases/:caseId',
  summary:
    'One case: what was searched in which list versions, every hit with its explained score, and what people judged.',
  permission: 'screening.readCases',
  sight: 'open',
  input: z.object({ caseId: id }),
  output: fullCase,
})

const listVersion = z.object({
  id,
  listId: z.string(),
  title: z.string(),
  versionNo: z.number().int(),
  publishedOn: z.string().nullable(),
  sha256: z.string(),
  files: z.array(z.object({ file: z.string(), rows: z.number().int() })),
  rows: z.number().int(),
  entries: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
  problems: z.number().int(),
  problemRows: z.array(
    z.object({ file: z.string(), line: z.number().int().nullable(), code: z.string(), message: z.string() }),
  ),
  loadedBy: z.string(),
  loadedAt: z.string(),
  inForce: z.boolean(),
  comparedAt: z.string().nullable(),
  comparedSubjects: z.number().int().nullable(),
  comparedHits: z.number().int().nullable(),
})
export type ListVersion = z.infer<typeof listVersion>

export const watchLists = query({
  name: 'screening.watchLists',
  path: '/api/watch-lists',
  summary:
    'Versions of the lists, those in force first, with counts, problems and what comparing them found.',
  permission: 'screening.readCases',
  sight: 'list',
  input: z.object({ all: z.stringbool().default(false) }),
  output: z.object({ versions: z.array(listVersion) }),
})

export const screeningCoverage = query({
  name: 'screening.coverage',
  path: '/api/screening/coverage',
  summary:
    'How many subjects must be screened, and how many are current, stale, open or have never been searched.',
  permission: 'screening.readCases',
  sight: null,
  input: z.object({}),
  output: z.object({
    subjects: z.number().int(),
    current: z.number().int(),
    stale: z.number().int(),
    open: z.number().int(),
    rejected: z.number().int(),
    unscreened: z.number().int(),
    waiting: z.number().int(),
    /** Searches of news, a scope each, with what the company has a missing one do; all 0 where it asks for none. */
    news: z.array(
      z.object({
        scope: z.enum(mediaScopes),
        rule: z.enum(newsRules),
        needed: z.number().int(),
        current: z.number().int(),
        overdue: z.number().int(),
        never: z.number().int(),
      }),
    ),
  }),
})
