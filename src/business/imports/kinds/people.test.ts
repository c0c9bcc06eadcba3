import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../../../app/testing/world.ts'
import type { Actor } from '../../../platform/commands/actor.ts'
import { peopleOfParty, unmaskPerson } from '../../people/contract.ts'
import { Drive } from '../testing/drive.ts'

let world: World
let operations: Actor
let compliance: Actor
let drive: Drive
const HEADER = '顧客番号,会社名,氏名,氏名カナ,役割,役職,生年月日,携帯電話,メール,就任日'

beforeAll(async () => {
  world = await createWorld()
  operations = await world.person('事務', 'operations')
  compliance = await world.person('コンプラ', 'compliance')
  drive = new Drive(world, operations, await world.person('決裁', 'approver'))
  await drive.taken(
    '管理番号,法人名,法人番号,代表者\nK-1,株式会社甲斐運輸,7000012050002,甲斐 太郎\nK-2,有限会社乙川商店,,\nK-3,乙川商店株式会社,,\n',
  )
})
afterAll(() => world.close())

const partyNamed = async (name: string) =>
  (await world.db.selectFrom('party').select('id').where('legal_name', '=', name).executeTakeFirstOrThrow())
    .id

describe('people of an old system', () => {
  it('join their companies by old number, are known again, and go with the revert', async () => {
    const kai = await partyNamed('株式会社甲斐運輸')
    const before = await world.ask(operations, peopleOfParty, { partyId: kai })
    const id = await drive.taken(
      [
        HEADER,
        'K-1,,甲斐　太郎,カイ タロウ,代表取締役,社長,昭和45年5月6日,090-1234-5678,,2010/4/1',
        'k-１,,乙山 花子,オツヤマ ハナコ,経理担当,部長,,03-1111-2222,hanako@kai.example,',
        ',有限会社乙川商店,丙野 次郎,ヘイノ ジロウ,連帯保証人,,S38.1.2,,,',
      ].join('\n'),
      {},
      'people',
    )
    expect(await drive.outcomes(id)).toEqual(['update', 'new', 'new'])
    const { people } = await world.ask(operations, peopleOfParty, { partyId: kai })
    expect(people.map(({ name, role, kana, phoneLast }) => [name, role, kana, phoneLast])).toEqual([
      ['甲斐 太郎', 'representative', 'カイ タロウ', '5678'],
      ['乙山 花子', 'contact', 'オツヤマ ハナコ', '2222'],
    ])
    const seen = await world.ask(compliance, unmaskPerson, {
      personId: people[0]!.personId,
      reason: '移行の確認のため',
    })
    expect(seen.birthDate).toBe('1970-05-06')
    expect(await world.verbsOf(people[0]!.personId)).toEqual(['party_registered', 'person_changed'])
    expect((await drive.reverted(id)).map(row => row.state)).toEqual(['reverted', 'reverted', 'reverted'])
    expect(await world.ask(operations, peopleOfParty, { partyId: kai })).toEqual(before)
  })

  it('refuse what cannot be one person of one company, naming line and column', async () => {
    const id = await drive.rehearsed(
      [
        HEADER,
        'K-9,,無名 太郎,,代表者,,1970-01-01,,,',
        ',株式会社知らない,無名 太郎,,代表者,,1970-01-01,,,',
        ',乙川商店,無名 太郎,,代表者,,1970-01-01,,,',
        'K-2,株式会社甲斐運輸,乙川 一,,代表者,,1970-01-01,,,',
        'K-2,,乙川 二,,代表者,,2020-01-01,,,',
        'K-2,,乙川 三,,番頭,,1970-01-01,,,',
        'K-2,,,,代表者,,1970-01-01,,,',
        'K-2,,乙川 四,,実質的支配者,,1970-01-01,,,',
        'K-2,,乙川 五,,連絡窓口,,昭和99年1月1日,不明番号,xx,',
        'K-2,,乙川 六,,代表者,,,,,',
        'K-2,,乙川 六,,代表者,,,,,',
      ].join('\n'),
      { cleaning: [] },
      'people',
    )
    expect(await drive.outcomes(id)).toEqual([
      'refused party_must_be_found@1',
      'refused party_must_be_found@2',
      'refused party_must_be_found@2',
      'refused party_must_be_found@2',
      'refused birth_date_must_be_plausible@7',
      'refused kind_must_be_known@5',
      'refused value_must_be_given@3',
      'refused basis_must_be_given@',
      'refused day_must_lie_in_its_era@7 email_must_be_valid@9',
      'new birth_date_is_asked_for_later@7',
      'refused row_must_stand_once@',
    ])
    const text = JSON.stringify(await drive.rows(id))
    expect(text).not.toContain('昭和99年')
    expect(text).not.toContain('乙川 五')
  })

  it('keep a person at a revert whom somebody has worked on since', async () => {
    const id = await drive.taken(`${HEADER}\nK-3,,丁田 九郎,,連絡窓口,,,,,\n`, {}, 'people')
    const [row] = await drive.rows(id)
    await world.db.transaction().execute(async tx => {
      await tx
        .updateTable('party_person')
        .set({ title: '部長', row_version: 2 })
        .where('person_id', '=', row!.recordId)
        .execute()
      await world.executor
        .context(tx, operations, 'test')
        .record({ verb: 'person_changed', subjects: [{ kind: 'person', id: row!.recordId! }] })
    })
    const [kept] = await drive.reverted(id)
    expect(kept).toMatchObject({ state: 'kept' })
    expect(kept!.problems.map(problem => problem.message)).toEqual([
      '取込後に変更されたため、登録を残しました。',
    ])
  })

  it('are guessed from their headings', async () => {
    const id = await drive.rehearsed(
      '会社名,氏名,役割,生年月日\n有限会社乙川商店,己 六,連絡窓口,1980-02-03\n',
    )
    expect(await drive.batch(id)).toMatchObject({
      kind: 'people',
      mapping: ['party', 'personName', 'role', 'birthDate'],
    })
  })
})
