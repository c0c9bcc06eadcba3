/** Words of the trap ledger: chosen apart from the words of the engine and of the other generators. Kanji or kana, reading, English. */
const triples = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map(entry => entry.split(':') as [text: string, kana: string, latin: string])

export const TRAP_STEMS = triples(`
北条:ホウジョウ:Hojo 大曲:オオマガリ:Omagari 小野寺:オノデラ:Onodera 大島:オオシマ:Oshima 十文字:ジュウモンジ:Jumonji 龍野:タツノ:Tatsuno
豊栄:ホウエイ:Hoei 興陽:コウヨウ:Koyo 宝塚:タカラヅカ:Takarazuka 沢田:サワダ:Sawada 高瀬:タカセ:Takase 渡部:ワタナベ:Watanabe
斎木:サイキ:Saiki 島村:シマムラ:Shimamura 国広:クニヒロ:Kunihiro 桜庭:サクラバ:Sakuraba 真鍋:マナベ:Manabe 恵比須:エビス:Ebisu
鉄研:テッケン:Tekken 青空:アオゾラ:Aozora みのり:ミノリ:Minori つばさ:ツバサ:Tsubasa あさひ野:アサヒノ:Asahino ひだまり:ヒダマリ:Hidamari
サンクレスト:サンクレスト:Suncrest フォーバル:フォーバル:Forval エルピーダ:エルピーダ:Elpida ヴェルデ:ヴェルデ:Verde ミューチュアル:ミューチュアル:Mutual
クオリア:クオリア:Qualia シーフォース:シーフォース:Seaforce ユニバース:ユニバース:Universe ジョイフル:ジョイフル:Joyful メディアート:メディアート:Mediart
アクトレイ:アクトレイ:Actray オプティマ:オプティマ:Optima デュアルタップ:デュアルタップ:Dualtap ティーガイア:ティーガイア:Teegaia ヒューマン:ヒューマン:Human
富岳:フガク:Fugaku 三ツ輪:ミツワ:Mitsuwa 丸八:マルハチ:Maruhachi 金鶴:キンツル:Kintsuru 八千代:ヤチヨ:Yachiyo 千歳:チトセ:Chitose 飛騨:ヒダ:Hida
土佐:トサ:Tosa 但馬:タジマ:Tajima 安曇:アズミ:Azumi 宇和:ウワ:Uwa 能登:ノト:Noto 武蔵:ムサシ:Musashi 相模:サガミ:Sagami 駿河:スルガ:Suruga
`)

export const TRAP_SECONDS = triples(`
精研:セイケン:Seiken 共立:キョウリツ:Kyoritsu 同友:ドウユウ:Doyu 栄和:エイワ:Eiwa 総合:ソウゴウ:Sogo 光機:コウキ:Koki 新生:シンセイ:Shinsei
三友:サンユウ:Sanyu 大進:ダイシン:Daishin 広洋:コウヨウ:Koyo 関越:カンエツ:Kan-etsu 北辰:ホクシン:Hokushin 瑞光:ズイコウ:Zuiko 永楽:エイラク:Eiraku
`)

export const TRAP_TRADES = triples(`
工業:コウギョウ:Industries 建設:ケンセツ:Construction 商事:ショウジ:Trading 運輸:ウンユ:Transport 製作所:セイサクショ:Seisakusho
電気:デンキ:Electric 食品:ショクヒン:Foods 産業:サンギョウ:Sangyo 設備:セツビ:Setsubi 物流:ブツリュウ:Logistics 不動産:フドウサン:Fudosan
サービス:サービス:Service システム:システム:Systems 興業:コウギョウ:Kogyo 鋼業:コウギョウ:Steel 企画:キカク:Planning 塗装:トソウ:Painting
重機:ジュウキ:Heavy-Machinery 商店:ショウテン:Shoten 石材:セキザイ:Stone 警備:ケイビ:Security 造園:ゾウエン:Landscape 印刷:インサツ:Printing
テクノ:テクノ:Techno エンジニアリング:エンジニアリング:Engineering コーポレーション:コーポレーション:Corporation フーズ:フーズ:Foods
リース:リース:Lease 保険サービス:ホケンサービス:Insurance-Service 架設:カセツ:Kasetsu 解体工業:カイタイコウギョウ:Demolition 鳶工業:トビコウギョウ:Tobi
`)

export const TRAP_FAMILIES = triples(`
渡辺:ワタナベ:Watanabe 斎藤:サイトウ:Saito 高橋:タカハシ:Takahashi 山崎:ヤマザキ:Yamazaki 広瀬:ヒロセ:Hirose 桜井:サクライ:Sakurai 浜口:ハマグチ:Hamaguchi
大野:オオノ:Ono 小山田:オヤマダ:Oyamada 神戸:カンベ:Kambe 長谷部:ハセベ:Hasebe 東海林:ショウジ:Shoji 五十嵐:イガラシ:Igarashi 菅原:スガワラ:Sugawara
服部:ハットリ:Hattori 日下部:クサカベ:Kusakabe 勅使河原:テシガワラ:Teshigawara 辻:ツジ:Tsuji 堀:ホリ:Hori 関:セキ:Seki 徳永:トクナガ:Tokunaga
柳沢:ヤナギサワ:Yanagisawa 真田:サナダ:Sanada 国枝:クニエダ:Kunieda 滝口:タキグチ:Takiguchi 田中:タナカ:Tanaka 佐藤:サトウ:Sato 鈴木:スズキ:Suzuki
`)

export const TRAP_GIVENS = triples(`
伸一郎:シンイチロウ:Shinichiro 陽子:ヨウコ:Yoko 悟志:サトシ:Satoshi 龍之介:リュウノスケ:Ryunosuke 美津子:ミツコ:Mitsuko 剛:ツヨシ:Tsuyoshi
亮太:リョウタ:Ryota 信孝:ノブタカ:Nobutaka 千鶴:チヅル:Chizuru 一:ハジメ:Hajime 光太郎:コウタロウ:Kotaro 奈緒:ナオ:Nao 邦夫:クニオ:Kunio
俊平:シュンペイ:Shumpei 真理:マリ:Mari 恒雄:ツネオ:Tsuneo 道夫:ミチオ:Michio 彩:アヤ:Aya 大地:ダイチ:Daichi 篤:アツシ:Atsushi
`)
