import { useState } from 'react'
import { useApi } from '../../../platform/web/api.ts'
import { one, useUrlState } from '../../../platform/web/url.ts'
import { ActionButton, Card, EmptyState, FieldInput, Loaded, PageHeader, Stack } from '../../../ui/index.ts'
import { lookUp } from '../contract.ts'
import { AskedSources } from './AskedSources.tsx'
import { CompanyCard } from './CompanyCard.tsx'
import { InvoiceCard } from './InvoiceCard.tsx'
import { LoadsCard } from './LoadsCard.tsx'

/** 公的登記: look a company up, load what is published, and say which registers may be asked. */
export default function RegistersPage() {
  return (
    <>
      <PageHeader
        title="公的登記"
        detail="法人番号・適格請求書発行事業者・gBizINFO。通信できないときも、読み込んだ公表ファイルで照会できます"
      />
      <Stack>
        <LookUpCard />
        <LoadsCard />
      </Stack>
    </>
  )
}

function LookUpCard() {
  const [url, setUrl] = useUrlState()
  const asked = one(url.q) ?? ''
  const [text, setText] = useState(asked)
  const search = () => text.trim() !== '' && setUrl({ q: text.trim() })
  const isNumber = /^[Tt\d\s-]{12,}$/.test(asked.normalize('NFKC'))
  const answer = useApi(lookUp, isNumber ? { number: asked } : { name: asked }, { enabled: asked !== '' })
  return (
    <Card title="照会">
      <Stack>
        <form
          onSubmit={event => {
            event.preventDefault()
            search()
          }}
        >
          <FieldInput
            field={{
              name: 'q',
              type: 'text',
              label: '法人番号・登録番号・商号',
              example: '7000012050002、T7000012050002、髙橋製作所',
            }}
            value={text}
            onChange={value => setText(String(value ?? ''))}
          />
        </form>
        <div>
          <ActionButton
            kind="primary"
            disabledReason={text.trim() === '' ? '番号または商号を入力してください。' : null}
            onClick={search}
          >
            照会する
          </ActionButton>
        </div>
        {asked !== '' && (
          <Loaded from={answer} rows={4}>
            {({ companies, invoice, asked: sources }) => (
              <Stack>
                {companies.length === 0 ? (
                  <EmptyState
                    title="該当する法人は見つかりません"
                    hint="下の「未照会」の照会先は確認していません。番号の打ち間違いと、公表ファイルの時点を確かめてください。"
                  />
                ) : (
                  companies.map(company => <CompanyCard key={company.corporateNumber} company={company} />)
                )}
                {invoice && <InvoiceCard invoice={invoice} />}
                <AskedSources asked={sources} />
              </Stack>
            )}
          </Loaded>
        )}
      </Stack>
    </Card>
  )
}
