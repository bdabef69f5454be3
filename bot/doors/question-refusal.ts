import { plainDateTime } from '../../tickets/shanghai-time.ts'
import { longestAnswer, type QuestionFault } from '../questions/fault.ts'
import type { Reading } from '../reading.ts'
import { RefusedError } from './command.ts'

/** Why a command about a question of the list is refused, in words for the command line; chat has its own. */
export async function questionRefusal(
  reading: Reading,
  id: string,
  fault: QuestionFault,
): Promise<RefusedError> {
  switch (fault.fault) {
    case 'unknown':
      return new RefusedError('unknown', `no question ${id}: see linli questions`)
    case 'elsewhere':
      return new RefusedError(
        'authority',
        `${id} is a question of ${fault.place}: somebody of there, or an admin, decides about it`,
      )
    case 'everywhere':
    case 'ofAll':
      return new RefusedError(
        'authority',
        'what holds in all communities is for admins, and for staff who are bound to no place',
      )
    case 'answered': {
      const { at, by, text } = fault.answer
      const words = `${id} was answered by ${await whoIs(reading, by)} on ${plainDateTime(at)}: ${text}`
      return new RefusedError('exists', `${words}\nchange it with linli questions revise, or withdraw it`)
    }
    case 'dismissed': {
      const who = await whoIs(reading, fault.by)
      return unlawful(`${id} was dismissed by ${who} on ${plainDateTime(fault.at)} already`)
    }
    case 'notAnswered':
      return unlawful(`${id} is not answered: answer it with linli questions answer ${id}`)
    case 'empty':
      return unlawful(`the answer to ${id} is empty: write what residents are to be told`)
    case 'tooLong':
      return unlawful(
        `an answer has at most ${longestAnswer} characters, this one has ${fault.count}: shorten it`,
      )
    case 'personal':
      return unlawful(
        `${personalWords[fault.what]}, and ${fault.in === 'answer' ? 'groups will read it' : 'it is kept'}: take it out`,
      )
    case 'past':
      return unlawful(`${fault.date} is no day from today on: expected a date like 2026-12-31`)
  }
}

const personalWords = {
  number: 'an identity card, bank card or number plate stands in it',
  contact: 'a mobile phone beside a door is somebody’s',
} as const

function unlawful(message: string): RefusedError {
  return new RefusedError('unlawful', message)
}

async function whoIs(reading: Reading, by: string): Promise<string> {
  return (await reading.get('people', by))?.name ?? by
}
