import { useApi } from '../../../platform/web/api.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { Card, DateTimeText, Loaded, PageHeader, Stack, StatusTag, UiLink } from '../../../ui/index.ts'
import { type SelfCheck, selfCheck } from '../contract.ts'
import { SelfCheckRows } from './SelfCheckRows.tsx'

type Part = SelfCheck['questions'][number]['parts'][number]

/** 自己点検: five questions, answered from the records as they stand, each with its rows and the place to put them right. */
export default function SelfCheckPage() {
  const [url] = useUrlState()
  const part = one(url.part)
  return part ? <SelfCheckRows key={part} part={part} /> : <Questions />
}

function Questions() {
  const answer = useApi(selfCheck, {})
  return (
    <>
      <PageHeader title="自己点検" detail="5つの問いに、いまの記録から答えます。保存した点数ではありません" />
      <Loaded from={answer} rows={10}>
        {({ asOf, questions }) => (
          <Stack>
            <p className="ui-faint">
              <DateTimeText at={asOf} /> 時点
            </p>
            {questions.map((question, at) => {
              const found = question.parts.reduce((sum, part) => sum + part.count, 0)
              return (
                <Card
                  key={question.code}
                  title={`${at + 1}. ${question.question}`}
                  note={
                    found === 0 ? (
                      <StatusTag tone="success" word="該当なし" />
                    ) : (
                      <StatusTag tone="warning" word={`${found.toLocaleString('ja-JP')}件`} />
                    )
                  }
                >
                  <Stack>
                    {question.parts.map(part => (
                      <PartRows key={part.code} part={part} />
                    ))}
                  </Stack>
                </Card>
              )
            })}
          </Stack>
        )}
      </Loaded>
    </>
  )
}

function PartRows({ part }: { part: Part }) {
  const amount = `${part.count.toLocaleString('ja-JP')}件${part.more ? '以上' : ''}`
  return (
    <section aria-label={part.label}>
      <h3>
        {part.label}　{part.count === 0 ? 'なし' : amount}
      </h3>
      {part.rows.length > 0 && (
        <ul>
          {part.rows.map(row => (
            <li key={row.key}>
              <UiLink href={row.href}>{row.label}</UiLink>　<span className="ui-faint">{row.detail}</span>
            </li>
          ))}
          {part.count > part.rows.length && (
            <li>
              <UiLink href={`/self-check?part=${part.code}`}>
                ほか{(part.count - part.rows.length).toLocaleString('ja-JP')}件{part.more ? '以上' : ''}
                を含む一覧を開く
              </UiLink>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}
