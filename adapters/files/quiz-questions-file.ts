import { BadDocumentsError, type DocumentProblem } from '../../knowledge/document-problem.ts'
import { type KnowledgeQuestion, quizQuestionsFile } from '../../knowledge/garbage/quiz-questions.ts'
import { readYaml } from './garbage-folder.ts'

const file = 'quiz-questions.yaml'

/**
 * The written questions of a folder like knowledge/garbage.
 * @param cities that have rules: a question of another one would never be asked
 * @throws BadDocumentsError naming every fault with its line
 */
export async function loadQuizQuestions(
  folder: string,
  cities: readonly string[],
): Promise<readonly KnowledgeQuestion[]> {
  const problems: DocumentProblem[] = []
  const questions = await readYaml(folder, file, quizQuestionsFile, problems)
  for (const { question, region, except } of questions ?? [])
    for (const city of [...(region === undefined ? [] : [region]), ...except])
      if (!cities.includes(city))
        problems.push({
          ...{ file, line: 1 },
          message: `${question}: expected one of ${cities.join(', ')}, but the city ${city} came: correct it`,
        })
  if (!questions || problems.length > 0) throw new BadDocumentsError(problems)
  return questions
}
