/** Every command of the manifest; a test holds the two lists against each other. */
export const commandIds = {
  createInstance: 'tencentdbPostgres.createInstance',
  signIn: 'tencentdbPostgres.signIn',
  signOut: 'tencentdbPostgres.signOut',
  refresh: 'tencentdbPostgres.refresh',
  startSimulator: 'tencentdbPostgres.startSimulator',
  stopSimulator: 'tencentdbPostgres.stopSimulator',
  showLog: 'tencentdbPostgres.showLog',
  openSettings: 'tencentdbPostgres.openSettings',
  refreshInstance: 'tencentdbPostgres.refreshInstance',
  copyId: 'tencentdbPostgres.copyId',
  copyConnectionString: 'tencentdbPostgres.copyConnectionString',
  openConsole: 'tencentdbPostgres.openConsole',
  copyRequestId: 'tencentdbPostgres.copyRequestId',
  dismissOperation: 'tencentdbPostgres.dismissOperation',
} as const;

/** A command without its prefix. */
export type CommandName = keyof typeof commandIds;

// `Object.keys` forgets the type of the keys; this object is written above and never changed.
export const commandNames = Object.keys(commandIds) as readonly CommandName[];
