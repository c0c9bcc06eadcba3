/**
 * Municipalities which were merged or renamed, and where an address in them lies today. The list holds those whose own name is
 * lost; where the old name lives on in the towns (員弁郡北勢町 → いなべ市北勢町…) the town table itself answers. General
 * knowledge (平成の大合併, 浜松市 2024-01-01); for comparison, so an unlisted one is reported and taken from the text.
 */
const RENAMED: Readonly<Record<string, readonly string[]>> = {
  浦和市: ['さいたま市'],
  大宮市: ['さいたま市'],
  与野市: ['さいたま市'],
  岩槻市: ['さいたま市'],
  清水市: ['静岡市'],
  篠山市: ['丹波篠山市'],
  浜松市中央区: ['浜松市'],
  浜松市浜名区: ['浜松市'],
  浜北市: ['浜松市'],
  天竜市: ['浜松市'],
  保谷市: ['西東京市'],
  田無市: ['西東京市'],
  北九州市小倉区: ['北九州市'],
  北九州市八幡区: ['北九州市'],
  大阪市東区: ['大阪市中央区'],
  大阪市南区: ['大阪市中央区'],
  大阪市大淀区: ['大阪市北区'],
  神戸市葺合区: ['神戸市中央区'],
  神戸市生田区: ['神戸市中央区'],
  徳山市: ['周南市'],
  新南陽市: ['周南市'],
  平市: ['いわき市'],
  磐城市: ['いわき市'],
  勿来市: ['いわき市'],
  水沢市: ['奥州市'],
  江刺市: ['奥州市'],
  古川市: ['大崎市'],
  本荘市: ['由利本荘市'],
  大曲市: ['大仙市'],
  上野市: ['伊賀市'],
  尾西市: ['一宮市'],
  八日市市: ['東近江市'],
  国分市: ['霧島市'],
  川内市: ['薩摩川内市'],
  加世田市: ['南さつま市'],
  本渡市: ['天草市'],
  牛深市: ['天草市'],
  甘木市: ['朝倉市'],
  前原市: ['糸島市'],
  中村市: ['四万十市'],
  具志川市: ['うるま市'],
  石川市: ['うるま市'],
  平良市: ['宮古島市'],
}

/** Starts of today's city names under which the towns of the old one are to be sought; none for an unlisted city. */
export function successorsOf(oldCity: string): readonly string[] {
  return RENAMED[oldCity] ?? []
}
