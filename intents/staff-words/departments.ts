/** Whoever may be called so in any town; the roster knows others: see parseStaffCommand. */
export const knownDepartment =
  /物业|城管|住建|环卫|公安|派出所|交警|消防|应急|环保|生态环境|自然资源|市场监管|工商|房管|社区|街道|民政|纪检|水务|自来水|供水|供电|电力|电业|燃气|热力|供热|园林|绿化|电梯|维保|网格|综治|司法|调解|教育|卫健|人社|执法|公司|局|所|办|队|中心/u
