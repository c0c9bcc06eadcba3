import type { ListedName } from './match-entry.ts'
import type { NameUnit } from './name-form.ts'
import { Vocabulary } from './vocabulary.ts'

/** For each word of the vocabulary the names that hold it, and what it weighs there. Names of word `id` stand from `starts[id]` to `starts[id + 1]`. */
export interface WordPostings {
  vocabulary: Vocabulary
  starts: Int32Array
  postingNames: Int32Array
  weights: Float64Array
}

/** Collects the distinct words of all listed names; names without a telling word are kept apart by the index. */
export function postWords(names: ListedName[], exhaustive: boolean): WordPostings {
  const ids = new Map<string, number>()
  const units: NameUnit[] = []
  const postings: { names: number[]; weights: number[] }[] = []
  for (const [nameId, name] of names.entries()) {
    if (name.form.bare) continue
    for (const unit of name.form.units) {
      const key = `${unit.latin ? 'l' : 'k'}${unit.single ? '1' : 'n'}${unit.ofPerson ? 'p' : 'c'}${unit.exactOnly ? '=' : ''}${unit.text}`
      let id = ids.get(key)
      if (id === undefined) {
        id = units.push(unit) - 1
        ids.set(key, id)
        postings.push({ names: [], weights: [] })
      }
      postings[id]!.names.push(nameId)
      postings[id]!.weights.push(unit.weight)
    }
  }
  const starts = new Int32Array(units.length + 1)
  for (const [id, posting] of postings.entries()) starts[id + 1] = starts[id]! + posting.names.length
  const postingNames = new Int32Array(starts[units.length]!)
  const weights = new Float64Array(starts[units.length]!)
  for (const [id, posting] of postings.entries()) {
    postingNames.set(posting.names, starts[id]!)
    weights.set(posting.weights, starts[id]!)
  }
  return { vocabulary: new Vocabulary(units, { exhaustive }), starts, postingNames, weights }
}
