import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { listCommunications } from '../../communications/contract.ts'
import { correct } from '../../communications/correct.ts'
import { apply } from '../commands.ts'
import { guessKind } from '../mapping.ts'
import { Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let collector: Actor
let drive: Drive

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務 花子', 'operations')
  collector = await world.person('回収 三郎', 'collector')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken(
    '顧客番号,法人名,法人番号\nK-1,株式会社甲斐運輸,\nK-2,有限会社乙川商店,\nK-3,国税庁,7000012050002\n',
  )
  await drive.taken('顧客番号,氏名,役割\nK-1,山田 太郎,連絡窓口\n')
})
afterAll(() => world.close())

const HEADER = '顧客番号,法人番号,会社名,対応日時,時刻,手段,発受信,対応者,先方担当者,件名,対応内容\n'
const FILE = `${HEADER}${[
  'K-1,,,2026-10-01 14:30,,電話,発信,回収　三郎,山田様,入金について,十日に送金するとのこと',
  ',,有限会社乙川商店,令和8年10月2日,9時5分,受電,,退職 次郎,見知らぬ 人,,請求書の再送を依頼された',
  ',7000012050002,,2026/10/3,,面談,,,,,制度の説明を受けた',
  'K-9,,,2026-10-01,,電話,,,,,相手がいない',
  'K-1,,,2030-01-01,,電話,,,,,将来の連絡',
  'K-1,,,2026-10-01,25:00,電話,,,,,時刻が読めない',
  'K-1,,,2026-10-01 14:30,,電話,発信,回収　三郎,山田様,入金について,十日に送金するとのこと',
].join('\n')}\n`

const everything = async () =>
  (
    await sql<{ line: string }>`select row_to_json(t)::text as line from communication t
      union all select row_to_json(l)::text from communication_link l order by 1`.execute(world.db)
  ).rows

const rows = async () => (await world.ask(operations, listCommunications, {})).rows

describe('contacts of an old ledger', () => {
  it('are known by their headings', () => {
    expect(guessKind(HEADER.trim().split(','))).toBe('contacts')
    expect(guessKind(['会社名', '日付', '手段', '担当者', '件名', '本文'])).toBe('contacts')
  })

  it('are found by number, corporate number and name, taken with their time and words, and taken out again', async () => {
    const before = await everything()
    const id = await drive.rehearsed(FILE, {}, 'contacts')
    expect(await drive.outcomes(id)).toEqual([
      'new',
      'new person_was_not_found@9',
      'new',
      'refused party_must_be_found@1',
      'refused contact_must_not_lie_ahead@4',
      'refused time_must_be_readable@5',
      'refused row_must_stand_once@',
    ])
    expect(await everything()).toEqual(before)
    expect((await drive.decide(apply, id)).state).toBe('applied')
    const taken = await rows()
    expect(
      taken.map(row => [
        row.party.name,
        row.occurredAt,
        row.timeKnown,
        row.channel,
        row.direction,
        row.handledBy,
        row.person?.name ?? null,
        row.subject,
        row.policyCheck,
      ]),
    ).toEqual([
      [
        '国税庁',
        '2026-10-02T15:00:00.000Z',
        false,
        'visit',
        'out',
        '（記載なし）',
        null,
        null,
        'not_checked',
      ],
      [
        '有限会社乙川商店',
        '2026-10-02T00:05:00.000Z',
        true,
        'phone',
        'in',
        '退職 次郎',
        null,
        null,
        'not_checked',
      ],
      [
        '株式会社甲斐運輸',
        '2026-10-01T05:30:00.000Z',
        true,
        'phone',
        'out',
        '回収 三郎',
        '山田 太郎',
        '入金について',
        'not_checked',
      ],
    ])
    expect(taken.map(row => row.summary)).toContain('十日に送金するとのこと')
    const { rows: kept } = await sql<{ line: string }>`select canonical_text as line from audit_event
      union all select row_to_json(t)::text from communication t union all select row_to_json(r)::text from import_row r`.execute(
      world.db,
    )
    expect(kept.filter(({ line }) => /十日に送金|見知らぬ|再送を依頼/.test(line))).toEqual([])
    const again = await drive.rehearsed(`${FILE}\n`, {}, 'contacts')
    expect((await drive.outcomes(again)).slice(0, 3)).toEqual([
      'refused contact_must_be_new@4',
      'refused contact_must_be_new@4',
      'refused contact_must_be_new@4',
    ])
    expect((await drive.reverted(id)).map(row => row.state)).toEqual([
      'reverted',
      'reverted',
      'reverted',
      'planned',
      'planned',
      'planned',
      'planned',
    ])
    expect(await everything()).toEqual(before)
  })

  it('stay when somebody has corrected them since', async () => {
    const id = await drive.taken(
      `${HEADER}K-1,,,2026-10-05 10:00,,電話,発信,,,,契約の更新を確認\n`,
      {},
      'contacts',
    )
    const [row] = await rows()
    await world.done(collector, correct, {
      communicationId: row!.id,
      versionNo: 1,
      channel: 'phone',
      direction: 'out',
      occurredAt: '2026-10-05T10:00:00+09:00',
      category: 'existing_deal',
      summary: '契約の更新と条件を確認',
      reason: '控えと照らして補足',
    })
    const reverted = await drive.reverted(id)
    expect(reverted.map(one => [one.state, one.problems.at(-1)?.message])).toEqual([
      ['kept', '取込後に訂正されたため、接触履歴を残しました。'],
    ])
    expect(await rows()).toHaveLength(1)
  })
})
