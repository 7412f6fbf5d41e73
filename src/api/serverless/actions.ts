/** The five actions of PostgreSQL for Serverless, which Tencent Cloud has been withdrawing since 2025. */
export const serverlessActions = {
  create: 'CreateServerlessDBInstance',
  describe: 'DescribeServerlessDBInstances',
  delete: 'DeleteServerlessDBInstance',
  openPublicAccess: 'OpenServerlessDBExtranetAccess',
  closePublicAccess: 'CloseServerlessDBExtranetAccess',
} as const;

const names: ReadonlySet<string> = new Set(Object.values(serverlessActions));

/** True for an action that may be gone for good; any other that is not there is missing at this endpoint only. */
export function isServerlessAction(action: string): boolean {
  return names.has(action);
}
