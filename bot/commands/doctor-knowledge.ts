import { ownKnowledgeIn, readServingKnowledge } from '../../adapters/files/own-knowledge.ts'
import { describeError } from './describe-error.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** Where answers come from: the community's own documents, or the samples whose figures are invented. */
export async function checkKnowledgeInUse(root: string, dataFolder: string): Promise<Finding> {
  const own = ownKnowledgeIn(dataFolder)
  try {
    const { folder, passages } = await readServingKnowledge(root, own)
    if (folder === own) return good(`knowledge: ${passages.length} answers of your own in ${own}`)
    return note(
      'knowledge: the samples answer, and their figures are invented',
      'bring your own documents before real residents ask: `linli knowledge import PATH`',
    )
  } catch (error) {
    return bad(
      `knowledge: ${describeError(error).replaceAll('\n', '\n    ')}`,
      `mend the documents in ${own}; \`linli knowledge check\` tells more`,
    )
  }
}
