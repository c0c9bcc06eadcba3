import {
  ActionButton,
  Card,
  KpiTile,
  Notice,
  PageHeader,
  TileRow,
  useSay,
  type WorkItem,
  WorkList,
} from '../../src/ui/index.ts'

const work: readonly WorkItem[] = [
  {
    key: '1',
    title: '東和建設株式会社　支払の遅れ ¥2,970,000',
    why: '期日から3日',
    href: '#detail',
    due: { tone: 'danger', word: '3日遅れ' },
  },
  {
    key: '2',
    title: '与信枠の引き上げ　株式会社髙橋電設工業',
    why: '2人目の承認',
    href: '#decide',
    due: { tone: 'warning', word: '今日 17:00' },
  },
  {
    key: '3',
    title: '見積の期限　合同会社グリーンフィールド・ロジスティクス・ジャパン',
    why: '返答待ち',
    href: '#detail',
    due: { tone: 'warning', word: '今日 18:00' },
  },
  {
    key: '4',
    title: '取引時確認の更新　山﨑鉄工所',
    why: '期限 2026-12-05',
    href: '#detail',
    due: { tone: 'accent', word: 'あと12日' },
  },
  { key: '5', title: '名簿の照合　髙橋 由美', why: '候補1件の判定', href: '#detail', due: null },
]

export function HomePage() {
  const say = useSay()
  return (
    <>
      <PageHeader
        title="おはようございます、佐々木さん"
        detail="2026-11-23（月・勤労感謝の日）　銀行休業日です。"
        actions={
          <ActionButton disabledReason={null} onClick={() => say.done('今日の仕事を印刷に送りました')}>
            今日の仕事を印刷
          </ActionButton>
        }
      />
      <Notice
        tone="warning"
        title="制裁リストの更新が2日遅れています"
        action={
          <ActionButton
            size="small"
            disabledReason={null}
            onClick={() => say.failed('取り込みを始められませんでした')}
          >
            いま取り込む
          </ActionButton>
        }
      >
        最後の取り込みは 2026-11-20 09:00 です。更新されるまで新しい照合は「未確認」になります。
      </Notice>
      <TileRow>
        <KpiTile label="今日の期日" value="¥12,845,000" note="9件" href="#list" />
        <KpiTile
          label="承認待ち"
          value="3件"
          status={{ tone: 'warning', word: '今日まで 1件' }}
          href="#decide"
        />
        <KpiTile label="未消込の入金" value="128件" note="¥48,210,330" href="#bench" />
        <KpiTile
          label="買取残高"
          value="8億4,210万円"
          note="前月比 +4.2%"
          href="#charts"
          trend={{ label: '過去12か月の買取残高', values: [61, 63, 66, 64, 69, 72, 74, 73, 77, 79, 81, 84] }}
        />
      </TileRow>
      <Card title="自分の仕事" note="期限の早い順" flush>
        <WorkList
          label="自分の仕事"
          items={{ state: 'ready', value: work }}
          empty={{ title: '今日の仕事はありません', hint: '新しい仕事はここに期限の順で並びます。' }}
          allHref="#list"
        />
      </Card>
    </>
  )
}
