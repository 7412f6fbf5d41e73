/** Every command of the manifest; a test holds the two lists against each other. */
export const commandIds = {
  createInstance: 'tencentdbPostgres.createInstance',
  signIn: 'tencentdbPostgres.signIn',
  signOut: 'tencentdbPostgres.signOut',
  addProfile: 'tencentdbPostgres.addProfile',
  switchProfile: 'tencentdbPostgres.switchProfile',
  renameProfile: 'tencentdbPostgres.renameProfile',
  chooseRegions: 'tencentdbPostgres.chooseRegions',
  refresh: 'tencentdbPostgres.refresh',
  startSimulator: 'tencentdbPostgres.startSimulator',
  stopSimulator: 'tencentdbPostgres.stopSimulator',
  showLog: 'tencentdbPostgres.showLog',
  openSettings: 'tencentdbPostgres.openSettings',
  refreshInstance: 'tencentdbPostgres.refreshInstance',
  showDetails: 'tencentdbPostgres.showDetails',
  refreshDetails: 'tencentdbPostgres.refreshDetails',
  copyAsJson: 'tencentdbPostgres.copyAsJson',
  copyId: 'tencentdbPostgres.copyId',
  copyConnectionString: 'tencentdbPostgres.copyConnectionString',
  copyConnectionStringAs: 'tencentdbPostgres.copyConnectionStringAs',
  openPsql: 'tencentdbPostgres.openPsql',
  connectWith: 'tencentdbPostgres.connectWith',
  writeEnv: 'tencentdbPostgres.writeEnv',
  testConnection: 'tencentdbPostgres.testConnection',
  setPassword: 'tencentdbPostgres.setPassword',
  openPublicAccess: 'tencentdbPostgres.openPublicAccess',
  closePublicAccess: 'tencentdbPostgres.closePublicAccess',
  keepOpen: 'tencentdbPostgres.keepOpen',
  deleteInstances: 'tencentdbPostgres.deleteInstances',
  undoDelete: 'tencentdbPostgres.undoDelete',
  groupInstances: 'tencentdbPostgres.groupInstances',
  sortInstances: 'tencentdbPostgres.sortInstances',
  filterInstances: 'tencentdbPostgres.filterInstances',
  clearFilter: 'tencentdbPostgres.clearFilter',
  showMore: 'tencentdbPostgres.showMore',
  openConsole: 'tencentdbPostgres.openConsole',
  copyRequestId: 'tencentdbPostgres.copyRequestId',
  retryOperation: 'tencentdbPostgres.retryOperation',
  dismissOperation: 'tencentdbPostgres.dismissOperation',
  clearFinished: 'tencentdbPostgres.clearFinished',
} as const;

/** A command without its prefix. */
export type CommandName = keyof typeof commandIds;

// `Object.keys` forgets the type of the keys; this object is written above and never changed.
export const commandNames = Object.keys(commandIds) as readonly CommandName[];
