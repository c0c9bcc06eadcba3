import type { TransferFile } from './transfer-file.ts'

/** Golden file A of JR §2.4, used by tests. */
export const goldenTransfer: TransferFile = {
  consignorCode: '1234567890',
  consignorName: 'ｶ)ｻﾝﾌﾟﾙﾌｱｸﾀ-',
  transferOn: '2026-11-30',
  from: { bankCode: '0001', branchCode: '001', accountType: 'ordinary', accountNo: '1234567' },
  items: [
    {
      bankCode: '0005',
      branchCode: '001',
      accountType: 'ordinary',
      accountNo: '0012345',
      payeeName: 'ｶ)ﾏﾙﾏﾙｼﾖｳｼﾞ',
      amountYen: 1_045_000,
    },
    {
      bankCode: '9900',
      branchCode: '018',
      accountType: 'ordinary',
      accountNo: '1234567',
      payeeName: 'ﾔﾏﾀﾞ ﾀﾛｳ',
      amountYen: 955_000,
      newCode: '1',
      edi: 'INV-2026-00123',
    },
  ],
}
