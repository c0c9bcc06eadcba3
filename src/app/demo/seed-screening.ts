import {
  decideScreeningCommand,
  judgeHitCommand,
  loadWatchListsCommand,
  queueUnscreenedAndDue,
  searchNext,
} from '../../business/screening/index.ts'
import type { Id } from '../../platform/ids/uuid.ts'
import { type ExpectedHit, houseListCsv } from './data/demo-screening.ts'
import type { Seeding } from './seed.ts'
import { filePdf } from './seed-document.ts'

/** The published lists and the demo's own, everybody searched in them, and the hits judged which the story has judged. */
export async function seedScreening(seeding: Seeding): Promise<void> {
  const { program } = seeding
  const file = {
    fileName: '社内反社リスト.csv',
    contentBase64: Buffer.from(houseListCsv()).toString('base64'),
  }
  await seeding.run('compliance', loadWatchListsCommand, { files: [file], shipped: true }, 'watch-lists')
  await queueUnscreenedAndDue(program)
  while ((await searchNext(program)) > 0);
  const open = await program.db
    .selectFrom('screening_case')
    .select(['id', 'subject_id', 'subject_name'])
    .where('state', '=', 'hit_review')
    .where('superseded_at', 'is', null)
    .orderBy('subject_name')
    .execute()
  for (const { id, subject_id, subject_name } of open) {
    const expected = seeding.demo.expectedHits.find(hit => nameOf(seeding, hit) === subject_name)
    if (expected?.verdict === 'open') continue
    const reason = expected?.reason ?? '所在地・事業内容・設立年が異なり、別法人と判断。'
    await tellApart(seeding, { caseId: id, subjectId: subject_id, name: subject_name, reason })
  }
}

function nameOf({ demo }: Seeding, hit: ExpectedHit): string | undefined {
  return hit.person ?? demo.parties.find(party => party.key === hit.party)?.legalName
}

interface ToTellApart {
  caseId: Id
  subjectId: Id
  name: string
  reason: string
}

/** The hits of one subject judged different, and the case cleared by two people. */
async function tellApart(seeding: Seeding, { caseId, subjectId, name, reason }: ToTellApart): Promise<void> {
  const { program } = seeding
  const { party_id: partyId } = await program.db
    .selectFrom('screening_subject')
    .select('party_id')
    .where('subject_id', '=', subjectId)
    .orderBy('party_id')
    .limit(1)
    .executeTakeFirstOrThrow()
  const evidence = await filePdf(seeding, 'compliance', {
    key: `screening-${name}`,
    partyId,
    docKind: 'screening_evidence',
    title: '照合結果の記録',
    lines: [`対象 ${name}`, reason],
  })
  const hits = await program.db
    .selectFrom('screening_hit')
    .select('id')
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  for (const [at, hit] of hits.entries())
    await seeding.run(
      'compliance',
      judgeHitCommand,
      { hitId: hit.id, judgement: 'different', reason, evidence: [evidence] },
      `judge-${name}-${at}`,
    )
  const change = { reasonCode: 'review', reasonText: reason, evidence: [evidence] }
  await seeding.runByTwo(
    'compliance',
    'manager',
    decideScreeningCommand,
    { caseId, verdict: 'cleared', change },
    `decide-${name}`,
  )
}
