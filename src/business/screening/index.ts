export { screeningHindrances } from './gate.ts'
