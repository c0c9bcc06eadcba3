import { PartyTable } from './PartyTable.tsx'

export default function DebtorsPage() {
  return (
    <PartyTable
      words={{
        title: '売掛先',
        detail: '債権の支払義務を負う会社・公的機関の台帳',
        role: 'debtor',
        register: '売掛先を登録',
        empty: '売掛先はまだ登録されていません',
      }}
    />
  )
}
