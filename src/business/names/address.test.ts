import { expect, test } from 'vitest'
import { splitAddress } from './address.ts'

test.each([
  ['東京都文京区後楽二丁目２番８号', '東京都', '文京区', '後楽二丁目', '2-8', null],
  ['文京区後楽２－２－８', '東京都', '文京区', '後楽二丁目', '2-8', null],
  ['東京都文京区後楽2丁目2-8', '東京都', '文京区', '後楽二丁目', '2-8', null],
  ['西宮市鳴尾浜２丁目１番２３号', '兵庫県', '西宮市', '鳴尾浜二丁目', '1-23', null],
  ['港区六本木５丁目５番地１号　ロアビル８Ｆ', '東京都', '港区', '六本木五丁目', '5-1', 'ロアビル8F'],
  [
    '港区六本木六丁目１０番１号六本木ヒルズ森タワー',
    '東京都',
    '港区',
    '六本木六丁目',
    '10-1',
    '六本木ヒルズ森タワー',
  ],
  ['燕市下粟生津３０７４番地', '新潟県', '燕市', '下粟生津', '3074', null],
  ['川崎市中原区市ノ坪１５０', '神奈川県', '川崎市中原区', '市ノ坪', '150', null],
  ['渋谷区富ヶ谷２－４０－１４', '東京都', '渋谷区', '富ケ谷二丁目', '40-14', null],
  ['大阪市港区福崎１丁目１番５７号', '大阪府', '大阪市港区', '福崎一丁目', '1-57', null],
  ['〒060-0005 札幌市中央区北5条西13丁目1-2', '北海道', '札幌市中央区', '北五条西十三丁目', '1-2', null],
  ['東京都千代田区一番町3-17', '東京都', '千代田区', '一番町', '3-17', null],
  ['鹿児島市山下町11-1', '鹿児島県', '鹿児島市', '山下町', '11-1', null],
  [
    '京都市下京区四条通烏丸東入長刀鉾町8 京都三井ビル',
    '京都府',
    '京都市下京区',
    '長刀鉾町',
    '8',
    '京都三井ビル',
  ],
  ['双葉郡浪江町大字室原字小萱1', '福島県', '双葉郡浪江町', '室原', '1', null],
  ['〒104-0061 東京都中央区銀座8-15-2-301', '東京都', '中央区', '銀座八丁目', '15-2', '301'],
  ['京都市中京区寺町通御池上る上本能寺前町488番地', '京都府', '京都市中京区', '上本能寺前町', '488', null],
  [
    '大阪府大阪市北区梅田1-1-3大阪駅前第3ビル',
    '大阪府',
    '大阪市北区',
    '梅田一丁目',
    '1-3',
    '大阪駅前第3ビル',
  ],
  ['横浜市　中区　長者町　９丁目１６６番地', '神奈川県', '横浜市中区', '長者町九丁目', '166', null],
  ['新潟市万代１丁目６番１号', '新潟県', '新潟市中央区', '万代一丁目', '6-1', null],
  ['府中市府中町一丁目９番地', '東京都', '府中市', '府中町一丁目', '9', null],
  ['京都市下京区室町通四条南入鶏鉾町４９３番地', '京都府', '京都市下京区', '鶏鉾町', '493', null],
  ['福島県浪江町大字室原1番地', '福島県', '双葉郡浪江町', '室原', '1', null],
])('%s', (typed, prefecture, city, town, block, building) => {
  expect(splitAddress(typed)).toMatchObject({ prefecture, city, town, block, building, issues: [] })
})

test.each([
  ['東京都港区芝浦一丁目2番3号', '港区芝浦１－２－３'],
  ['東京都港区芝浦1丁目2番地3', '東京都港区芝浦1-2-3'],
  ['広島県府中市府川町315', '府中市府川町315番地'],
  ['茨城県龍ケ崎市佐貫町1-2', '竜ヶ崎市佐貫町１番２号'],
])('%s and %s are one place', (a, b) => {
  const [left, right] = [splitAddress(a), splitAddress(b)]
  expect(left.cityIndex).toBeGreaterThanOrEqual(0)
  expect([right.cityIndex, right.townKey, right.numbers]).toEqual([
    left.cityIndex,
    left.townKey,
    left.numbers,
  ])
})

test('a Kyoto street name is kept apart', () => {
  expect(splitAddress('京都市中京区烏丸通御池上る二条殿町548').street).toBe('烏丸通御池上る')
})

test.each([
  ['兵庫県篠山市北新町41番地の2', '兵庫県', '丹波篠山市', '北新町', '41-2'],
  ['三重県員弁郡北勢町下平123', '三重県', 'いなべ市', '北勢町下平', '123'],
  ['埼玉県大宮市桜木町1-7-5', '埼玉県', 'さいたま市大宮区', '桜木町一丁目', '7-5'],
  ['浦和市高砂3-1', '埼玉県', 'さいたま市浦和区', '高砂三丁目', '1'],
  ['大阪市東区本町4-1', '大阪府', '大阪市中央区', '本町四丁目', '1'],
])(
  '%s lies in a city that was merged or renamed: today’s is found and reported',
  (typed, prefecture, city, town, block) => {
    const result = splitAddress(typed)
    expect(result).toMatchObject({ prefecture, city, town, block })
    expect(result.issues.map(i => i.rule)).toEqual(['city_was_merged_or_renamed'])
  },
)

test('a city nobody knows is taken from the text and reported', () => {
  const result = splitAddress('兵庫県無名市北新町41番地の2')
  expect(result).toMatchObject({ prefecture: '兵庫県', city: '無名市', cityKnown: false, block: '41-2' })
  expect(result.issues.map(i => i.rule)).toEqual(['city_should_be_in_the_town_table'])
})

test.each([
  ['愛知江南市上奈良町郷17-10', '愛知県', '江南市', '上奈良町郷', '17-10'],
  ['東京千代田区丸の内1-1-1', '東京都', '千代田区', '丸の内一丁目', '1-1'],
  ['横浜西区みなとみらい2-3-1', '神奈川県', '横浜市西区', 'みなとみらい二丁目', '3-1'],
  ['下田市二丁目4-1', '静岡県', '下田市', '二丁目', '4-1'],
  ['東京都三宅島三宅村阿古497', '東京都', '三宅村', '阿古', '497'],
  ['いなべ市北勢町大字阿下喜3290番地', '三重県', 'いなべ市', '北勢町阿下喜', '3290'],
  ['京都市下京区烏丸通塩小路下る東塩小路町901', '京都府', '京都市下京区', '東塩小路町', '901'],
  ['京都市上京区河原町通今出川下る二丁目栄町364番地', '京都府', '京都市上京区', '栄町', '364'],
])('the ugly address %s is split', (typed, prefecture, city, town, block) => {
  expect(splitAddress(typed)).toMatchObject({ prefecture, city, town, block, issues: [] })
})

test('an English address keeps its numbers and is reported', () => {
  const result = splitAddress('2-7-1 Marunouchi, Chiyoda-ku, Tokyo')
  expect(result.numbers).toEqual([2, 7, 1])
  expect(result.issues.map(i => i.rule)).toEqual(['address_should_be_japanese'])
})

test('an empty address is an error, not an exception', () => {
  expect(splitAddress('  ').issues.map(i => i.level)).toEqual(['error'])
})
