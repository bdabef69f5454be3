import { type Role, roles } from '../documents.ts'

/** One line typed into the playground: something said, or one of its own commands. */
export type TalkLine =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'as' | 'in' | 'photo'; readonly name: string }
  | { readonly do: 'role'; readonly role: Role }
  | { readonly do: 'private' | 'voice' | 'recall' | 'wait' | 'who' | 'help' | 'quit' | 'nothing' }
  | { readonly do: 'wrong'; readonly hint: string }

export const talkHelp = `一行就是当前这个人在当前群里说的一句话。以 / 开头的是命令：
  /我是 王阿姨    换一个人说话，没有就新建（/as）
  /群 名字        换一个群，没有就新建（/in）
  /私聊           私下对机器人说（/private）
  /图 lift.jpg    发一张图片（/photo）
  /文件 通知.pdf  发一个文件（/file）
  /语音           发一条语音（/voice）
  /撤回           撤回这个人刚说的一句（/recall）
  /角色 grid_worker  给这个人一个角色：${roles.join('、')}（/role）
  /等             等机器人把话说完（/wait）
  /谁             现在是谁、在哪里、还有谁（/who）
  /帮助  /退出    （/help  /quit）
工作人员可以说 #工单、#接单、#办结 单号 处理情况、#未答问题、#回答 Q1 内容；要找机器人就 @小邻。`

const plain: Readonly<
  Record<string, Extract<TalkLine['do'], 'private' | 'voice' | 'recall' | 'wait' | 'who' | 'help' | 'quit'>>
> = {
  ...{ 私聊: 'private', private: 'private', 语音: 'voice', voice: 'voice' },
  ...{ 撤回: 'recall', recall: 'recall', 等: 'wait', wait: 'wait', 谁: 'who', who: 'who' },
  ...{ 帮助: 'help', help: 'help', 退出: 'quit', quit: 'quit', exit: 'quit' },
}

const named: Readonly<Record<string, 'as' | 'in' | 'photo' | 'role'>> = {
  ...{ 我是: 'as', as: 'as', 群: 'in', in: 'in' },
  ...{ 图: 'photo', photo: 'photo', 文件: 'photo', file: 'photo', 角色: 'role', role: 'role' },
}

/** What is not named like a document is a picture. */
export function isPicture(name: string): boolean {
  return !/\.(?:pdf|docx?|xlsx?|pptx?|txt|md|csv|zip|rar|exe|apk|ofd|wps)$/iu.test(name)
}

export function parseTalkLine(line: string): TalkLine {
  const text = line.trim()
  if (text === '') return { do: 'nothing' }
  const [, command, rest = ''] = /^\/(\S+)\s*(.*)$/u.exec(text.normalize('NFKC')) ?? []
  if (command === undefined) return { do: 'say', text }
  const simple = plain[command]
  if (simple) return { do: simple }
  const wanted = named[command]
  if (!wanted) return { do: 'wrong', hint: `没有 /${command} 这个命令，/帮助 看有哪些` }
  if (rest === '') return { do: 'wrong', hint: `/${command} 后面要写一个名字` }
  if (wanted !== 'role') return { do: wanted, name: rest }
  const role = roles.find((each) => each === rest)
  return role ? { do: 'role', role } : { do: 'wrong', hint: `没有 ${rest} 这个角色，有 ${roles.join('、')}` }
}
