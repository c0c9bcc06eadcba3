import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

/**
 * What is wrong with a value and what to enter instead, in the words of whoever typed it; undefined where the shape says it better
 * itself. Messages given with a shape stand before these.
 */
export function wordsOfShape(issue: Issue): string | undefined {
  const isEmpty = issue.input === undefined || issue.input === null || issue.input === ''
  switch (issue.code) {
    case 'invalid_type':
      if (isEmpty) return '入力してください。'
      return typeWords[issue.expected] ?? '値の形が正しくありません。'
    case 'invalid_value':
      return isEmpty ? '選んでください。' : '選択肢の中から選んでください。'
    case 'invalid_format':
      if (isEmpty) return issue.format === 'uuid' ? '選んでください。' : '入力してください。'
      return formatWords[issue.format] ?? '値の形が正しくありません。'
    case 'too_small':
      return isEmpty ? '入力してください。' : leastWords(issue)
    case 'too_big':
      return mostWords(issue)
    case 'unrecognized_keys':
      return `知らない項目があります：${issue.keys.slice(0, 5).join('、').slice(0, 200)}`
    case 'not_multiple_of':
      return `${number(issue.divisor)}の倍数で入力してください。`
    default:
      return undefined
  }
}

const typeWords: Readonly<Record<string, string>> = {
  number: '数字で入力してください。',
  int: '小数のない数字で入力してください。',
  string: '文字で入力してください。',
  boolean: '「はい」か「いいえ」で答えてください。',
}

const formatWords: Readonly<Record<string, string>> = {
  uuid: '一覧から選んでください。',
  date: '日付は 2026-11-24 の形で、実在する日を入力してください。',
  datetime: '日時は 2026-11-24T09:00:00+09:00 の形で入力してください。',
  email: 'メールアドレスの形（name@example.co.jp）で入力してください。',
  url: 'https:// で始まるアドレスを入力してください。',
}

const number = (value: number | bigint) => value.toLocaleString('ja-JP')

function leastWords(issue: Extract<Issue, { code: 'too_small' }>): string {
  const least = number(issue.minimum)
  if (issue.origin === 'string') return `${least}文字以上で入力してください。`
  if (issue.origin === 'array' || issue.origin === 'set') return `${least}件以上必要です。`
  return issue.inclusive === false
    ? `${least}より大きい値にしてください。`
    : `${least}以上の値にしてください。`
}

function mostWords(issue: Extract<Issue, { code: 'too_big' }>): string {
  const most = number(issue.maximum)
  if (issue.origin === 'string') return `${most}文字以内で入力してください。`
  if (issue.origin === 'array' || issue.origin === 'set') return `${most}件までにしてください。`
  return issue.inclusive === false ? `${most}より小さい値にしてください。` : `${most}以下の値にしてください。`
}
