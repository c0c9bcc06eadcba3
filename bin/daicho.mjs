// The command line of the product: daicho VERB [ARG ...]; "daicho help" lists the verbs.
process.argv.splice(2, 0, 'src/app/daicho.ts')
await import('./run.mjs')
