import * as vscode from 'vscode';

/** VS Code's own proxy and certificate settings, as they are now. A type of its own, so that `api/` stays unknown here. */
export function readNetworkSettings(): {
  proxy: string;
  noProxy: readonly string[];
  proxySupport: 'off' | 'on' | 'fallback' | 'override';
  strictSsl: boolean;
  systemCertificates: boolean;
} {
  const http = vscode.workspace.getConfiguration('http');
  const support = http.get<string>('proxySupport');
  return {
    proxy: http.get<string>('proxy') ?? '',
    noProxy: http.get<string[]>('noProxy') ?? [],
    proxySupport: support === 'off' || support === 'on' || support === 'fallback' ? support : 'override',
    strictSsl: http.get<boolean>('proxyStrictSSL') ?? true,
    systemCertificates: http.get<boolean>('systemCertificates') ?? true,
  };
}
