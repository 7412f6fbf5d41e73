import type * as vscode from 'vscode';
import { escapeInvisible } from '../domain/invisible.ts';
import type { Log } from '../domain/ports.ts';
import { redact } from '../domain/redaction.ts';

/** Our log over VS Code's log channel; the level is the channel's. A record is one line, whatever is in it. */
export function createLog(channel: vscode.LogOutputChannel): Log {
  return {
    trace: (message) => {
      channel.trace(safe(message));
    },
    debug: (message) => {
      channel.debug(safe(message));
    },
    info: (message) => {
      channel.info(safe(message));
    },
    warn: (message) => {
      channel.warn(safe(message));
    },
    error: (message) => {
      channel.error(safe(message));
    },
  };
}

function safe(message: string): string {
  return escapeInvisible(redact(message));
}
