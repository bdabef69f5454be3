import { z } from 'zod'

/** Words with a space between two, over as many lines as it takes: quick to read, by people and by the parser. */
export const wordList = z
  .string()
  .trim()
  .min(1)
  .transform((words) => words.split(/\s+/u))
