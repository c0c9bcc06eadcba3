// The screens' own words for waiting, refusal and failure; the kit defines them, the platform fills them.
export { type Loadable, loadableOf, mapLoadable, type Problem } from '../../ui/problem.ts'
