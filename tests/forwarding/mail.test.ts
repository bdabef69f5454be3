import { describe, expect, test } from 'vitest'
import { createMail } from '../../adapters/ticketing/mail.ts'
import type { Delivery } from '../../bot/forwarding/delivery.ts'
import type { ForwardedTicket } from '../../bot/ports/ticket-system.ts'
import { openForwardingStage } from './forwarding-stage.ts'
import { type Mailbox, openMailbox } from './receivers.ts'

const desk = {
  kind: 'mail',
  to: ['zhiban@street.example', 'ban2@street.example'],
  from: 'linli@street.example',
}
const rules = [{ category: 'facilities', to: ['desk'] }]

async function openDesk(mailbox: Mailbox, more: object = {}) {
  return openForwardingStage(
    { systems: { desk: { ...desk, ...more } }, rules },
    { secrets: { LINLI_SMTP_URL: mailbox.url } },
  )
}

function headerOf(data: string, name: string): string {
  const unfolded = data.replaceAll(/\r\n[ \t]+/gu, ' ')
  return new RegExp(`^${name}: (.*)$`, 'imu').exec(unfolded)?.[1] ?? ''
}

/** =?UTF-8?B?…?= */
function decodedWords(header: string): string {
  const words = [...header.matchAll(/=\?utf-8\?(b|q)\?(.*?)\?=/giu)]
  return words
    .map(([, kind, text = '']) =>
      kind?.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : Buffer.from(unquoted(text), 'latin1'),
    )
    .reduce((all, part) => Buffer.concat([all, part]), Buffer.alloc(0))
    .toString('utf8')
}

function unquoted(text: string): string {
  return text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

function textOf(data: string): string {
  const [, body = ''] = data.split('\r\n\r\n')
  return headerOf(data, 'Content-Transfer-Encoding') === 'base64'
    ? Buffer.from(body, 'base64').toString('utf8')
    : body
}

describe('a ticket by mail', () => {
  test('goes to everybody named, in Chinese, as one thread, and again when it moves', async () => {
    const mailbox = await openMailbox()
    const stage = await openDesk(mailbox)
    await stage.hear('石女士', '3号楼2单元501室电梯坏了，电话13800138000')
    await stage.hear('石女士', '@小邻 撤销吧，已经好了')
    expect(mailbox.mails).toHaveLength(2)
    const [first, second] = mailbox.mails
    expect(first).toMatchObject({ from: desk.from, to: desk.to })
    expect(decodedWords(headerOf(first?.data ?? '', 'Subject'))).toBe(
      '【工单1118-001】3号楼2单元电梯问题（已派单）',
    )
    expect(decodedWords(headerOf(second?.data ?? '', 'Subject'))).toContain('（已撤销）')
    const text = textOf(first?.data ?? '')
    expect(text).toContain('责任单位：物业')
    expect(text).not.toMatch(/501|13800138000/u)
    expect(headerOf(first?.data ?? '', 'References')).toBe(headerOf(second?.data ?? '', 'References'))
    expect(headerOf(first?.data ?? '', 'Message-ID')).not.toBe(headerOf(second?.data ?? '', 'Message-ID'))
    expect(await stage.store.get<Delivery>('deliveries', 'desk/20261118-001')).toMatchObject({
      ...{ state: 'settled', differences: [] },
    })
  })

  test('that is sent again after a lost answer has the same Message-ID', async () => {
    const mailbox = await openMailbox()
    const stage = await openDesk(mailbox)
    mailbox.refusals['END'] = '421 going down'
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    delete mailbox.refusals['END']
    await stage.wait(60)
    expect(mailbox.mails.length).toBeGreaterThan(1)
    const ids = mailbox.mails.map(({ data }) => headerOf(data, 'Message-ID'))
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^<linli\.[\w-]+@street\.example>$/u)
  })

  test('a mailbox that refuses is shown; one that is not there is waited for', async () => {
    const mailbox = await openMailbox()
    const stage = await openDesk(mailbox)
    mailbox.refusals['RCPT'] = '550 no such mailbox'
    await stage.hear('石女士', '3号楼2单元电梯坏了')
    expect(await stage.store.get<Delivery>('deliveries', 'desk/20261118-001')).toMatchObject({
      ...{ state: 'failed', error: expect.stringContaining('550 no such mailbox') },
    })
    mailbox.refusals['RCPT'] = '450 try later'
    await stage.hear('石女士', '5号楼2单元电梯坏了')
    expect(await stage.store.get<Delivery>('deliveries', 'desk/20261118-002')).toMatchObject({
      ...{ state: 'waiting', attempts: expect.any(Number) },
    })
    delete mailbox.refusals['RCPT']
    await stage.wait(600)
    expect(mailbox.mails).toHaveLength(1)
  })
})

test('nothing that a ticket says can write a header of its own', async () => {
  const mailbox = await openMailbox()
  const evil = '电梯\r\nBcc: everybody@example\r\n\r\nhello\u2028X: y'
  const mail = createMail({
    ...{ name: 'desk', smtpUrl: mailbox.url, from: desk.from, to: desk.to },
    words: () => ({ subject: evil, text: '正文' }),
  })
  const ticket = { id: '20261118-001', sequence: 1, state: 'dispatched' } as ForwardedTicket
  await mail.tickets.forward(ticket, undefined)
  const [{ data = '', to = [] } = {}] = mailbox.mails
  expect(to).toEqual(desk.to)
  expect(data.split('\r\n\r\n')[0]).not.toMatch(/^(?:Bcc|X):/imu)
  expect(decodedWords(headerOf(data, 'Subject'))).toBe('电梯 Bcc: everybody@example hello X: y')
})

test('a wrong password is a wrong key, and a server that is not there is away', async () => {
  const mailbox = await openMailbox()
  mailbox.login = 'needed'
  mailbox.refusals['AUTH'] = '535 wrong'
  const options = { name: 'desk', from: desk.from, to: desk.to, words: () => ({ subject: 's', text: 't' }) }
  const alert = { id: 'desk/20261118-001:1/opened', title: '标题', text: '正文' }
  const { host } = new URL(mailbox.url)
  const wrong = createMail({ ...options, smtpUrl: `smtp://user:secret@${host}` })
  await expect(wrong.alerts.tell(alert)).rejects.toMatchObject({ code: 'authority' })
  const nobody = createMail({ ...options, smtpUrl: 'smtp://127.0.0.1:1' })
  await expect(nobody.alerts.tell(alert)).rejects.toMatchObject({ code: 'unreachable' })
})
