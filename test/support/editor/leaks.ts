import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Page } from 'playwright-core';
import * as z from 'zod';
import { descendants, type RunningSimulator } from '../../simulator/support.ts';
import { commandLine } from './commandLines.ts';

/** A secret where none may be. The secret itself is not told. */
export interface Leak {
  /** Such as `file user/logs/…/exthost.log` or `picture 3`. */
  readonly place: string;
  /** How it stood there, such as `as it is` or `in Base64`. */
  readonly form: string;
  /** The text before it. */
  readonly after: string;
}

/** Looks for secrets in everything that a run of the editor leaves, shows or starts. */
export interface LeakSearch {
  /** Secrets beside those that the simulator knows: what was typed and refused, say. */
  plant(...secrets: readonly string[]): void;
  /** From now on the text of the page is kept whenever a picture of it is taken. */
  watch(page: Page): void;
  /** Reads what the browser keeps for the page, and what the simulator has noted; both must still run. */
  gather(page: Page): Promise<void>;
  /** Reads every file below the folder. */
  readFolder(folder: string): Promise<void>;
  /** Ends the watch over processes and resolves to every secret in all that was seen. */
  found(): readonly Leak[];
  stop(): void;
}

/** Where a secret may be, and why. */
const documented: readonly { readonly place: RegExp; readonly why: string }[] = [
  { place: /^browser: localStorage secrets\.provider$/u, why: 'it is the SecretStorage of an editor in the browser' },
  { place: /^file home\/\.(?:tccli|tencentcloud)\//u, why: 'the person keeps keys there' },
  { place: /^file extensions\/[^/]+\/dist\/simulator\.cjs$/u, why: 'the simulator comes with its test key' },
  { place: /^file workspace\/\.env(?:\.\w+)?$/u, why: 'the person had it written there' },
  {
    place: /^file user\/User\/globalStorage\/[^/]+\/simulator\//u,
    why: 'it is the data of the simulated cloud, of which the editor started one',
  },
  { place: /^environment PGPASSWORD of .*psql/u, why: 'psql gets its password by its environment alone' },
  {
    place: /^environment (?:TENCENTDB_POSTGRES_SIMULATOR|TENCENTCLOUD_\w+) of /u,
    why: 'the test starts the editor with it',
  },
];

/**
 * At its trace level the editor itself writes down what it starts terminals and its processes with. That is its log and
 * not ours; only the password of psql, and what the test tells the extension of the simulator, are looked away from.
 */
const environmentLogged = /(?:PGPASSWORD|TENCENTDB_POSTGRES_SIMULATOR)"?: ?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/gu;
const logsOfProcesses = /(?:^|\/)(?:ptyhost|remoteagent|code-server-stdout|terminal)\.log$/u;

function withoutEnvironment(name: string, text: string): string {
  return logsOfProcesses.test(name) ? text.replaceAll(environmentLogged, '') : text;
}

/** Milliseconds between two looks at the processes; one that lives shorter than that may be missed. */
const interval = 400;

/** Shorter ones stand in other text by chance. */
const shortest = 6;

export function searchForLeaks(simulator: RunningSimulator): LeakSearch {
  const secrets = new Set<string>();
  const seen = new Map<string, Buffer>();
  const looked = new Set<string>();
  let pictures = 0;

  function note(place: string, text: string | Buffer): void {
    seen.set(place, typeof text === 'string' ? Buffer.from(text) : text);
  }

  function look(): void {
    const cloud = simulator.process.pid ?? 0;
    const ours = new Set([cloud, ...descendants(cloud)]);
    for (const pid of descendants(process.pid).filter((one) => !ours.has(one))) {
      const line = commandLine(pid);
      if (line === '' || looked.has(`${String(pid)} ${line}`)) continue;
      looked.add(`${String(pid)} ${line}`);
      note(`command line of process ${String(pid)}`, line);
      for (const entry of environment(pid)) {
        const [name = ''] = entry.split('=', 1);
        note(`environment ${name} of ${line.slice(0, 200)} (${String(pid)})`, entry.slice(name.length + 1));
      }
    }
  }
  const watching = setInterval(look, interval);

  return {
    plant(...more) {
      for (const secret of more) secrets.add(secret);
    },
    watch(page) {
      const take = page.screenshot.bind(page);
      page.screenshot = async (options) => {
        pictures += 1;
        note(`picture ${String(pictures)} (${(options?.path ?? '').replace(/^.*\//u, '')})`, await textOf(page));
        return take(options);
      };
    },
    async gather(page) {
      look();
      for (const secret of await simulator.control.secrets()) secrets.add(secret);
      note("the simulator's log of requests", JSON.stringify((await simulator.control.state()).calls));
      note('the page at the end', await textOf(page));
      const kept = z.array(z.tuple([z.string(), z.string()])).parse(await page.evaluate(browserStorage));
      for (const [name, text] of kept) note(`browser: ${name}`, withoutEnvironment(name, text));
    },
    async readFolder(folder) {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      for (const entry of entries.filter((one) => one.isFile())) {
        const path = join(entry.parentPath, entry.name);
        const bytes = await readFile(path);
        note(
          `file ${relative(folder, path)}`,
          logsOfProcesses.test(path) ? withoutEnvironment(path, bytes.toString()) : bytes,
        );
      }
    },
    found() {
      const needles = [...secrets].filter(({ length }) => length >= shortest).flatMap(formsOf);
      return [...seen].flatMap(([place, bytes]) => {
        if (documented.some((one) => one.place.test(place))) return [];
        const hits = new Map<string, string>();
        for (const { form, needle } of needles) {
          const at = bytes.indexOf(needle);
          if (at >= 0) hits.set(form, bytes.subarray(Math.max(0, at - 60), at).toString());
        }
        return [...hits].map(([form, after]) => ({ place, form, after }));
      });
    },
    stop() {
      clearInterval(watching);
    },
  };
}

/** What stands in the environment of a process, an entry each; nothing when it has ended. */
function environment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${String(pid)}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** The text of a page, with what is said to a screen reader and what stands in its boxes unless that is shown as dots. */
async function textOf(page: Page): Promise<string> {
  const text = z.string().parse(
    await page.evaluate(`(() => {
      const texts = [document.body.innerText];
      for (const one of document.querySelectorAll('[aria-label], [title], [placeholder], input, textarea')) {
        for (const name of ['aria-label', 'title', 'placeholder']) texts.push(one.getAttribute(name) ?? '');
        if (typeof one.value === 'string' && one.type !== 'password') texts.push(one.value);
      }
      return texts.join('\\n');
    })()`),
  );
  // The editor shows blanks as such that do not break.
  return text.replaceAll('\u00A0', ' ');
}

/** Runs in the page: everything in its local storage and its databases, by name. */
const browserStorage = `(async () => {
  const ended = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const written = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    return JSON.stringify(value) ?? '';
  };
  const found = Object.entries(localStorage).map(([name, value]) => ['localStorage ' + name, value]);
  for (const { name } of await indexedDB.databases()) {
    const database = await ended(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([ended(all.getAllKeys()), ended(all.getAll())]);
      keys.forEach((key, at) => found.push([name + ' ' + store + ' ' + String(key), written(values[at])]));
    }
    database.close();
  }
  return found;
})()`;

/** In what forms a secret is looked for. Written apart from those of the extension, so that the two check each other. */
function formsOf(secret: string): { readonly form: string; readonly needle: Buffer }[] {
  const whole = Buffer.from(secret);
  // Without the characters that depend on what stands around it, wherever in a group of three bytes it begins.
  const base64 = [0, 1, 2].map((lead) => {
    const text = Buffer.concat([Buffer.alloc(lead, 'x'), whole, Buffer.from('xx')]).toString('base64');
    return text.slice(lead === 0 ? 0 : lead + 1, Math.floor(((lead + whole.length) * 4) / 3));
  });
  const forms: [string, string | Buffer][] = [
    ['as it is', secret],
    ['in UTF-16', Buffer.from(secret, 'utf16le')],
    ['in an address', encodeURIComponent(secret)],
    ['in a web form', new URLSearchParams([['', secret]]).toString().slice(1)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ...base64.map((text): [string, string] => ['in Base64', text]),
    ...base64.map((text): [string, string] => ['in Base64', text.replaceAll('+', '-').replaceAll('/', '_')]),
  ];
  // Of forms that come out alike the first gives its name.
  const distinct = new Map(
    forms.toReversed().map(([form, text]) => [text.toString(), { form, needle: Buffer.from(text) }]),
  );
  return [...distinct.values()];
}
