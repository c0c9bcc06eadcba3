/** 名寄せ: finding records of the same company. Pure; the server door. */
export * from './engine/index.ts'
