import type * as vscode from 'vscode';
import type { Log } from '../domain/ports.ts';

/** Our log over VS Code's log channel; the level is the channel's. */
export function createLog(channel: vscode.LogOutputChannel): Log {
  return {
    trace: (message) => {
      channel.trace(message);
    },
    debug: (message) => {
      channel.debug(message);
    },
    info: (message) => {
      channel.info(message);
    },
    warn: (message) => {
      channel.warn(message);
    },
    error: (message) => {
      channel.error(message);
    },
  };
}
