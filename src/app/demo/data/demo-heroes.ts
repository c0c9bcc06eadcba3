/** A client with a part in the story; name and reading are ours, the rest comes from the generator. */
export type Hero = {
  key: string
  name: string
  kana: string
  english: string
  form: 'kk' | 'yk' | 'gk' | 'none'
  position: 'prefix' | 'suffix' | 'none'
  industry: string
  story: string
  /** Replaces the representative. */
  representative?: {
    familyName: string
    givenName: string
    familyKana: string
    givenKana: string
    birthDate: string
  }
}

export const HEROES: readonly Hero[] = [
  {
    key: 'client-01',
    name: '青嵐運輸',
    kana: 'セイランウンユ',
    english: 'Seiran Unyu',
    form: 'kk',
    position: 'prefix',
    industry: '4411',
    story: '毎月利用する主力先。与信枠の使用率が85％前後で、注意表示が出ます。',
  },
  {
    key: 'client-02',
    name: '湊音急送',
    kana: 'ミナトネキュウソウ',
    english: 'Minatone Kyuso',
    form: 'yk',
    position: 'prefix',
    industry: '4411',
    story: '枠の引下げ後に残高が枠を超えた先（枠超過）。5日遅れの入金があります。',
  },
  {
    key: 'client-03',
    name: '彩光建設',
    kana: 'サイコウケンセツ',
    english: 'Saiko Construction',
    form: 'kk',
    position: 'prefix',
    industry: '0611',
    story: '本人確認の更新期限が9日後に来ます。',
  },
  {
    key: 'client-04',
    name: 'ノヴァリュミテック',
    kana: 'ノヴァリュミテック',
    english: 'Novalumi Tech',
    form: 'gk',
    position: 'prefix',
    industry: '3911',
    story: '本人確認の更新期限を12日過ぎ、新しい買取が止まっています。',
  },
  {
    key: 'client-05',
    name: 'ひだまりケアサービス',
    kana: 'ヒダマリケアサービス',
    english: 'Hidamari Care Service',
    form: 'kk',
    position: 'prefix',
    industry: '8544',
    story: '介護報酬を3社間・掛目80％で買い取る先。留保金があります。',
  },
  {
    key: 'client-06',
    name: '髙橋精機製作所',
    kana: 'タカハシセイキセイサクショ',
    english: 'Takahashi Seiki Seisakusho',
    form: 'kk',
    position: 'suffix',
    industry: '2446',
    story: '旧字体（髙・﨑）の商号と代表者。別の表記で登録された重複候補があります。',
    representative: {
      familyName: '髙橋',
      givenName: '崇',
      familyKana: 'タカハシ',
      givenKana: 'タカシ',
      birthDate: '1968-03-14',
    },
  },
  {
    key: 'client-07',
    name: 'アドリュミナ',
    kana: 'アドリュミナ',
    english: 'Adlumina',
    form: 'kk',
    position: 'prefix',
    industry: '7311',
    story: '同じ請求書を別の表記で再び申し込みました（二重譲渡の疑い）。',
  },
  {
    key: 'client-08',
    name: '鷹嵐興業',
    kana: 'タカアラシコウギョウ',
    english: 'Takaarashi Kogyo',
    form: 'kk',
    position: 'suffix',
    industry: '0831',
    story: '申込中。社内リスト（架空）の名称と一致し、照合の判断を待っています。',
  },
  {
    key: 'client-09',
    name: 'オリエント物流サービス',
    kana: 'オリエントブツリュウサービス',
    english: 'Orient Logistics Service',
    form: 'kk',
    position: 'prefix',
    industry: '4411',
    story: '代表者名が制裁リストの名前に近く、生年が違う先（同名別人の判断例）。',
    representative: {
      familyName: '高山',
      givenName: '潔',
      familyKana: 'タカヤマ',
      givenKana: 'キヨシ',
      birthDate: '1981-05-21',
    },
  },
  {
    key: 'client-10',
    name: '山本 大輔',
    kana: 'ヤマモト ダイスケ',
    english: 'Daisuke Yamamoto',
    form: 'none',
    position: 'none',
    industry: '7261',
    story: '個人事業主（屋号：山本デザイン事務所）。',
    representative: {
      familyName: '山本',
      givenName: '大輔',
      familyKana: 'ヤマモト',
      givenKana: 'ダイスケ',
      birthDate: '1985-11-02',
    },
  },
  {
    key: 'client-11',
    name: '高橋精機',
    kana: 'タカハシセイキ',
    english: 'Takahashi Seiki',
    form: 'kk',
    position: 'prefix',
    industry: '2446',
    story: '名前の近い別会社（重複ではない例）。',
  },
  {
    key: 'client-12',
    name: '三陽ロジスティクス',
    kana: 'サンヨウロジスティクス',
    english: 'Sanyo Logistics',
    form: 'kk',
    position: 'prefix',
    industry: '4411',
    story: '三陽グループ。代表者と住所が同じグループ会社があり、グループ枠で管理します。',
  },
  {
    key: 'client-13',
    name: '三陽テクノ',
    kana: 'サンヨウテクノ',
    english: 'Sanyo Techno',
    form: 'kk',
    position: 'prefix',
    industry: '2446',
    story: '三陽グループ。親会社が70％を持ちます。',
  },
  {
    key: 'client-14',
    name: '北極光電設',
    kana: 'ホッキョクコウデンセツ',
    english: 'Hokkyokuko Densetsu',
    form: 'yk',
    position: 'suffix',
    industry: '0811',
    story: '与信枠を停止中（信用情報の低下）。',
  },
  {
    key: 'client-15',
    name: 'みらい人材サービス',
    kana: 'ミライジンザイサービス',
    english: 'Mirai Jinzai Service',
    form: 'kk',
    position: 'prefix',
    industry: '9121',
    story: '振込先口座の変更を申請中（二人承認待ち）。',
  },
  {
    key: 'client-16',
    name: '蒼碧ビルサービス',
    kana: 'ソウヘキビルサービス',
    english: 'Soheki Building Service',
    form: 'kk',
    position: 'prefix',
    industry: '9221',
    story: '18日遅れの債権があり、督促中です。',
  },
  {
    key: 'client-17',
    name: '暁橙塗装',
    kana: 'ギョウトウトソウ',
    english: 'Gyoto Toso',
    form: 'gk',
    position: 'prefix',
    industry: '0771',
    story: '62日遅れ。内容証明を送り、法的手続の段階です。',
  },
  {
    key: 'client-18',
    name: '松風食品',
    kana: 'マツカゼショクヒン',
    english: 'Matsukaze Foods',
    form: 'kk',
    position: 'suffix',
    industry: '0999',
    story: '取引を終了した先（契約終了）。',
  },
]

/** How many clients of each trade stand beside the heroes. */
export const CLIENT_TRADES: readonly (readonly [industry: string, count: number])[] = [
  ['4411', 5],
  ['4431', 2],
  ['0611', 3],
  ['0641', 2],
  ['0811', 2],
  ['3911', 4],
  ['8544', 2],
  ['8543', 2],
  ['2446', 2],
  ['7311', 2],
]
