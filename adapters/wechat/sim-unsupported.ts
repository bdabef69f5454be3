/** What the simulated messenger cannot do. An error that says so beats "is not a function". */
const UNSUPPORTED = [
  'contactAlias',
  'contactAvatar',
  'contactCorporationRemark',
  'contactDescription',
  'contactPhone',
  'contactSelfName',
  'contactSelfQRCode',
  'contactSelfSignature',
  'conversationReadMark',
  'friendshipAdd',
  'friendshipSearchHandle',
  'friendshipSearchPhone',
  'messageContact',
  'messageForward',
  'messageLocation',
  'messageMiniProgram',
  'messageSendContact',
  'messageSendLocation',
  'messageSendMiniProgram',
  'messageSendPost',
  'messageSendUrl',
  'messageUrl',
  'postPublish',
  'postRawPayload',
  'postRawPayloadParser',
  'postSearch',
  'roomAdd',
  'roomAnnounce',
  'roomAvatar',
  'roomCreate',
  'roomDel',
  'roomInvitationAccept',
  'roomInvitationRawPayload',
  'roomInvitationRawPayloadParser',
  'roomQRCode',
  'roomQuit',
  'roomTopic',
  'tagContactAdd',
  'tagContactDelete',
  'tagContactList',
  'tagContactRemove',
  'tap',
  'tapSearch',
] as const

/** Fills the methods that a puppet must have and the simulation does not offer. */
export function refuseTheRest(prototype: object): void {
  for (const name of UNSUPPORTED) {
    Object.defineProperty(prototype, name, {
      value: () => Promise.reject(new Error(`the simulated messenger does not support ${name}`)),
    })
  }
}
