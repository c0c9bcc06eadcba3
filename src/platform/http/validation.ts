import { z } from 'zod'
import { wordsOfShape } from './shape-words.ts'

/**
 * How shapes are checked everywhere: problems in Japanese, and in the browser without making code from text, which the content
 * security policy forbids. Stands in a module of its own so that it is in force before the first shape is made.
 */
z.config({ ...z.locales.ja(), customError: wordsOfShape, jitless: typeof document !== 'undefined' })
