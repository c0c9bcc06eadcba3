import { normalizeCompanyName, normalizePersonName } from '../../names/index.ts'
import { nameKeyOf } from '../../people/index.ts'
import {
  type PastResultToTakeOver,
  pastResultRefusals,
  type TakenOverResult,
  takeBackPastResult,
  takeOverPastResult,
} from '../../screening/index.ts'
import { pastResultLabels, pastVerdictLabels } from '../../screening/labels.ts'
import type { RowProblem } from '../tables.ts'
import { cutName } from './customers/read-row.ts'
import type { ImportField } from './import-kind.ts'
import { choicesOf } from './read-cells.ts'
import { recordKind } from './record-kind.ts'
import { PARTY_HEADINGS, referenceFields } from './references.ts'

const fields: readonly ImportField[] = [
  ...referenceFields('party', PARTY_HEADINGS),
  {
    name: 'subject',
    label: '対象者',
    type: 'text',
    personal: true,
    columns: ['対象者', '対象者名', '対象者氏名', '氏名', '照会対象', '確認対象'],
    help: '関係者の氏名。空欄か会社名なら会社自身の記録にします。',
  },
  {
    name: 'searchedOn',
    label: '確認日',
    type: 'date',
    required: true,
    columns: ['確認日', '反社確認日', '反社チェック日', '照会日', '検索日', 'チェック日', '実施日'],
  },
  {
    name: 'provider',
    label: '確認先',
    type: 'text',
    required: true,
    columns: [
      '確認先',
      '照会先',
      '媒体',
      'データベース',
      '確認媒体',
      'リスト',
      '照会リスト',
      'サービス',
      'ツール',
      '確認方法',
    ],
    help: '使ったデータベース・名簿・サービスの名前。',
  },
  {
    name: 'scope',
    label: '確認範囲',
    type: 'text',
    columns: ['確認範囲', '範囲', '検索範囲', '照会範囲', '検索語'],
  },
  {
    name: 'result',
    label: '照会結果',
    type: 'choice',
    required: true,
    emptyWords: true,
    columns: [
      '照会結果',
      '結果',
      '確認結果',
      '該当有無',
      '該当',
      'チェック結果',
      '反社チェック結果',
      'ヒット',
    ],
  },
  {
    name: 'verdict',
    label: '判断',
    type: 'choice',
    columns: ['判断', '判定', '最終判断', '最終判定', '取引可否', '可否'],
  },
  {
    name: 'checkedBy',
    label: '確認した人',
    type: 'text',
    columns: ['確認した人', '確認者', '実施者', '担当者', '担当', 'チェック者', '照会者'],
  },
  {
    name: 'evidenceName',
    label: '証跡のファイル名',
    type: 'text',
    columns: ['証跡のファイル名', '証跡', '証跡ファイル', 'エビデンス', 'ファイル名', '資料ファイル'],
    help: '先に書類として受け付けた同じ名前のファイルと結び付けます。',
  },
  {
    name: 'nextDueOn',
    label: '次回期限',
    type: 'date',
    columns: ['次回期限', '次回確認日', '次回チェック日', '更新期限', '有効期限'],
  },
  {
    name: 'note',
    label: '備考',
    type: 'longText',
    personal: true,
    columns: ['備考', 'コメント', '摘要', '所見'],
  },
]

const results = choicesOf({
  none: [
    pastResultLabels.none,
    'なし',
    '無し',
    '無',
    '非該当',
    '該当無し',
    '該当無',
    '0件',
    '0',
    '問題なし',
    'シロ',
    '白',
    '○',
    'OK',
    'ヒットなし',
  ],
  found: [
    pastResultLabels.found,
    'あり',
    '有り',
    '有',
    '該当',
    '該当有り',
    'ヒット',
    'ヒットあり',
    'クロ',
    '黒',
    '×',
    'NG',
  ],
  unclear: [pastResultLabels.unclear, '疑義あり', '確認中', '調査中', '同姓同名', 'グレー', '△', '保留'],
})
const verdicts = choicesOf({
  cleared: [pastVerdictLabels.cleared, '可', '取引可能', '承認', '問題なし', 'OK', '○', '適'],
  conditional: [pastVerdictLabels.conditional, '条件付', '条件付き可', '条件付承認', '要注意', '△'],
  rejected: [pastVerdictLabels.rejected, '不可', '否', '否決', '謝絶', '取引停止', 'NG', '×', '不適'],
})

/**
 * 反社・制裁確認の記録: what an earlier system or a paid service said. History with its source: it never counts as a search of our own
 * (decision 0022). Compliance decides about the batch.
 */
export const screenings = recordKind<PastResultToTakeOver>({
  name: 'screenings',
  fields,
  permission: 'screening.judge',
  approve: 'screening.confirm',
  parties: { party: null },
  refusals: pastResultRefusals,
  fieldOf: { partyId: 'partyNumber' },
  read(cells, { batch, parties }) {
    const party = parties.party!
    const searchedOn = cells.required('searchedOn') === null ? null : cells.date('searchedOn')
    const provider = cells.required('provider')
    const result = cells.required('result') === null ? null : cells.choice('result', results)
    const typed = cells.text('subject')
    const isParty =
      typed === null ||
      normalizeCompanyName(typed).foldedCore === normalizeCompanyName(party.legalName).foldedCore
    const personNameKey = isParty ? null : keyOf(typed)
    if (!isParty && personNameKey === null)
      cells.complain(
        'subject',
        'person_name_must_be_readable',
        '姓と名に分けられません。姓と名の間を空けてください。',
        'error',
      )
    if (searchedOn === null || provider === null || result === null || cells.refused) return null
    return {
      input: {
        partyId: party.id,
        personNameKey,
        searchedOn,
        provider: provider.slice(0, 200),
        scope: cells.text('scope')?.slice(0, 200) ?? null,
        result,
        verdict: cells.choice('verdict', verdicts),
        checkedBy: cells.text('checkedBy')?.slice(0, 100) ?? null,
        evidenceName: cells.text('evidenceName')?.slice(0, 255) ?? null,
        nextDueOn: cells.date('nextDueOn'),
        note: cells.text('note')?.slice(0, 2000) ?? null,
        source: `取込 ${batch.batch_no}`,
      },
      label: `${party.legalName}${isParty ? '' : '　関係者'}　${provider.slice(0, 30)}`,
      key: [party.id, personNameKey ?? '', searchedOn, provider].join('|'),
    }
  },
  async enter(context, input) {
    const { documentFound, ...taken } = await takeOverPastResult(context, input)
    const notes: RowProblem[] = []
    const say = (code: string, heading: string, message: string) =>
      notes.push({ code, column: null, heading, message, weight: 'note' })
    if (input.result !== 'none' || input.verdict === 'rejected')
      say(
        'adverse_result_was_recorded',
        '照会結果',
        '該当・要確認・取引不可の記録です。コンプライアンスが内容を確認し、このシステムの照合で判断してください。',
      )
    if (input.evidenceName && !documentFound)
      say(
        'evidence_was_not_found',
        '証跡のファイル名',
        'この会社の書類に同じ名前のファイルがありません。名前だけを記録します。',
      )
    return { recordId: taken.resultId, made: [taken.resultId], undo: { ...taken }, notes }
  },
  leave: (context, undo) => takeBackPastResult(context, undo as unknown as TakenOverResult),
})

function keyOf(typed: string): string | null {
  const person = normalizePersonName(typed)
  const parts =
    person.family && person.given
      ? { familyName: person.family, givenName: person.given }
      : cutName(person.name)
  return parts && nameKeyOf(parts)
}
