import { type Handler, reply } from '../situation.ts'

/** What people ask the bot about itself, and the numbers that everybody must know; only when it was asked. */
export const aboutBot: Handler = async (situation) => {
  const { addressed, text, house, staff } = situation
  if (!addressed) return undefined
  const said = text.trim()
  if (emergencyNumbers.test(said)) return reply(situation, house.texts.emergencyNumbers())
  if (aboutItself.test(said))
    return staff ? undefined : reply(situation, house.texts.aboutMe({ bot: house.settings.botName }))
  if (wantsToComplain.test(said)) return reply(situation, house.texts.tellMe())
  return undefined
}

const aboutItself =
  /^(?:你|小邻)?(?:是谁|是什么|叫什么|能干(?:什么|啥|嘛)|会干?(?:什么|啥|哪些)|能做(?:什么|啥)|有(?:什么|啥)(?:用|功能)|怎么用|是(?:人|机器人)(?:吗|不|还是.*)?)[呀啊呢吗的?？!！~。\s]*$/u
const emergencyNumbers =
  /(?:火警|报警|急救|救护车|消防|着火|失火).{0,4}(?:电话|号码).{0,4}(?:多少|几|啥|什么|是|\?|？|$)|(?:着火|失火|起火).{0,3}打(?:什么|啥|哪个|多少)/u
const wantsToComplain =
  /^(?:我|俺)?(?:要|想|帮我|给我|替我)?(?:投诉|反映|报修|举报|登记|反应)(?:一下|个事|个问题|一件事|一个问题)?[吧呀啊!！。~\s]*$/u
