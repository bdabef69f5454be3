/** When a daily question may be asked: outside the quiet hours, and early enough to be answered before them. */
export const dailyHours = { from: 7, to: 21, usual: 10 } as const
