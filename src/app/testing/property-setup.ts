import fc from 'fast-check'

/**
 * Property tests draw the same cases on every machine, so that a run can be repeated. `PROPERTY_SEED=random` draws new ones (the
 * failing seed is printed); `PROPERTY_SEED=123` repeats one.
 */
const wanted = process.env.PROPERTY_SEED ?? '20261127'
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) })
