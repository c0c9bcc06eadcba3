import { Refusal } from '../commands/refusal.ts'

const DEEPEST = 40

/**
 * Refuses what no record can hold: NUL and halves of a character (PostgreSQL stores neither, and a half would be hashed as something
 * else than it is stored), and nesting so deep that only an attack or a mistake makes it. Walks without recursion.
 */
export function refuseUnstorable(value: unknown): void {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    const { path, depth } = item
    if (typeof item.value === 'string') {
      if (!isStorable(item.value)) throw refusal(path, UNSTORABLE)
    } else if (item.value !== null && typeof item.value === 'object') {
      if (depth >= DEEPEST) throw refusal(path.split('.')[0] ?? '', TOO_DEEP)
      for (const [name, inner] of Object.entries(item.value)) {
        if (!isStorable(name)) throw refusal(path, UNSTORABLE)
        waiting.push({ value: inner, path: path ? `${path}.${name}` : name, depth: depth + 1 })
      }
    }
  }
}

const UNSTORABLE = '保存できない文字（制御文字NUL、または壊れた文字）が含まれています。入力し直してください。'
const TOO_DEEP = '入れ子が深すぎるため受け付けません。'

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function refusal(field: string, message: string): Refusal {
  return new Refusal('invalid', [{ code: 'input_must_have_the_right_shape', field, message }])
}
