const MISREAD: Record<string, string> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  Z: '2',
  S: '5',
  B: '8',
  G: '6',
}
const LENGTH = 3

/**
 * The end of a number key with misread characters folded: two numbers the likeness rule may join share it, whatever words,
 * year or zeros stand in front. Only narrows the candidates in the database; the rule decides.
 */
export function numberTail(key: string): string {
  const plain = key.replace(/号$/u, '')
  const folded = /\d/.test(plain) ? plain.replace(/[OQDILZSBG]/g, letter => MISREAD[letter] ?? letter) : plain
  return folded.slice(-LENGTH)
}
