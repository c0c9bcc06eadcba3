import type { Random } from './random.ts'

/** One usual area code per prefecture 01–47; a number is ten digits in all (JR §7.6). */
const AREA_CODES = (
  '011 017 019 022 018 023 024 029 028 027 048 043 03 045 025 076 076 0776 055 026 058 054 052 059 077 075 06 078 0742 073 ' +
  '0857 0852 086 082 083 088 087 089 088 092 0952 095 096 097 0985 099 098'
).split(' ')

/** A fixed-line number of the prefecture, hyphenated: 03-5412-7781. */
export function fixedPhone(prefectureCode: string, random: Random): string {
  const area = AREA_CODES[Number(prefectureCode) - 1]
  if (area === undefined) throw new RangeError(`${prefectureCode} is not a prefecture code 01–47`)
  const exchange = random.whole(2, 9) + String(random.whole(0, 9999)).padStart(4, '0')
  return `${area}-${exchange.slice(0, 6 - area.length)}-${String(random.whole(0, 9999)).padStart(4, '0')}`
}

/** A mobile number: 090-3412-7781. */
export function mobilePhone(random: Random): string {
  return `0${random.pick([9, 8, 7])}0-${random.whole(1000, 9999)}-${String(random.whole(0, 9999)).padStart(4, '0')}`
}
