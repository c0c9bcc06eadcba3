export { kycHindrances } from './gate.ts'
