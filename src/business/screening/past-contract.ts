import { z } from 'zod'
import { id, isoDate, query } from '../../platform/http/contract.ts'
import { pastResults, pastVerdicts } from './past-labels.ts'

const pastResult = z.object({
  id,
  subjectKind: z.enum(['party', 'person']),
  subjectName: z.string(),
  searchedOn: isoDate,
  scope: z.string().nullable(),
  provider: z.string(),
  result: z.enum(pastResults),
  verdict: z.enum(pastVerdicts).nullable(),
  checkedBy: z.string().nullable(),
  evidenceName: z.string().nullable(),
  /** Null where it is not among the documents, or not for the reader's eyes. */
  documentId: id.nullable(),
  nextDueOn: isoDate.nullable(),
  note: z.string().nullable(),
  source: z.string(),
  recordedAt: z.string(),
})
export type PastResultRow = z.infer<typeof pastResult>

export const pastResultsOfParty = query({
  name: 'screening.pastResultsOfParty',
  path: '/api/parties/:partyId/screening/past',
  summary:
    'Results of checks in earlier systems and services, moved in as history with their source; they clear nobody, and no gate reads them.',
  permission: 'screening.read',
  sight: 'open',
  input: z.object({ partyId: id }),
  output: z.object({ rows: z.array(pastResult) }),
})
