import { expect, it } from 'vitest'
import { z } from 'zod'
import { id, isoDate } from './contract.ts'

it.each<[string, z.ZodType, unknown, string]>([
  ['nothing chosen', id, '', '選んでください。'],
  ['a choice that is none', id, '株式会社青', '一覧から選んでください。'],
  ['nothing typed', z.string().min(1), '', '入力してください。'],
  ['left out', z.object({ name: z.string() }), {}, '入力してください。'],
  ['too short', z.string().min(3), 'ab', '3文字以上で入力してください。'],
  ['too long', z.string().max(2), 'abc', '2文字以内で入力してください。'],
  ['no date', isoDate, '2026-02-30', '日付は 2026-11-24 の形で、実在する日を入力してください。'],
  ['words for a number', z.number(), '百万', '数字で入力してください。'],
  ['less than nothing', z.number().positive(), -1, '0より大きい値にしてください。'],
  ['too much', z.number().max(1_000_000), 1_000_001, '1,000,000以下の値にしてください。'],
  ['half a yen', z.number().int(), 1.5, '小数のない数字で入力してください。'],
  ['none of the choices', z.enum(['corp', 'sole']), 'person', '選択肢の中から選んでください。'],
  ['too many', z.array(z.number()).max(1), [1, 2], '1件までにしてください。'],
  ['a foreign name', z.strictObject({}), { __proto: 1 }, '知らない項目があります：__proto'],
  ['a pattern without words', z.string().regex(/^[0-9]{4}$/), '12', '値の形が正しくありません。'],
  ['words of its own', z.string().regex(/^\d$/, '数字1桁です。'), 'x', '数字1桁です。'],
])('%s', (_what, shape, value, words) => {
  expect(shape.safeParse(value).error?.issues.map(issue => issue.message)).toEqual([words])
})
