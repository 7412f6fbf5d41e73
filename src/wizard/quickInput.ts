import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { toError } from '../domain/errors.ts';
import { inPrompt, inRow } from '../domain/places.ts';
import type { Sleep } from '../domain/ports.ts';
import type { Position, Reply } from './engine.ts';
import { meantRow } from './meantRow.ts';
import type {
  Choice,
  Finding,
  PickPrompt,
  Question,
  Row,
  RowsAtHand,
  RowSource,
  RowsToLoad,
  TextPrompt,
} from './question.ts';

/** Milliseconds without a keystroke before a look-up starts. */
const pause = 300;

/** Milliseconds in which changes of rows are gathered, so that a thousand prices are not a thousand drawings. */
const drawing = 150;

/** Milliseconds that Enter waits for a look-up before it goes on without. */
const patience = 3_000;

interface Item<A> extends vscode.QuickPickItem {
  /** Absent for a heading. */
  readonly row?: Row<A>;
}

/** Puts questions to a person with VS Code's quick picks and input boxes. */
export function createQuickInput(options: { sleep: Sleep }): {
  ask<A>(heading: string, question: Question<A>, answers: Partial<A>, position: Position): Promise<Reply<A>>;
} {
  return {
    ask(heading, question, answers, position) {
      const prompt = question.prompt(answers);
      const title = `${heading}: ${question.title}`;
      return prompt.kind === 'pick'
        ? pick(title, prompt, position, options.sleep)
        : type(title, prompt, position, options.sleep);
    },
  };
}

/** What every box has in common: title, step, Back, and an end that is reached exactly once. */
function open<A, B extends vscode.QuickInput>(
  box: B,
  title: string,
  position: Position,
): { box: B; result: Promise<Reply<A>>; end(reply: Reply<A>): void; fail(thrown: unknown): void; signal: AbortSignal } {
  const closing = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<Reply<A>>();
  box.title = inRow(title);
  if (position.total > 1) {
    box.step = position.step;
    box.totalSteps = position.total;
  }
  // Another window or a file in front must not throw the answers away; Escape still ends it.
  box.ignoreFocusOut = true;
  return {
    box,
    result: promise.finally(() => {
      closing.abort();
      box.dispose();
    }),
    end: resolve,
    fail: (thrown) => {
      reject(toError(thrown));
    },
    signal: closing.signal,
  };
}

function pick<A>(title: string, prompt: PickPrompt<A>, position: Position, sleep: Sleep): Promise<Reply<A>> {
  const { box, result, end, fail, signal } = open<A, vscode.QuickPick<Item<A>>>(
    vscode.window.createQuickPick<Item<A>>(),
    title,
    position,
  );
  let source: RowSource<A> = () => [];
  let rows: readonly Row<A>[] = [];
  let values: Partial<A> | undefined;
  let repairing = false;
  /** The row that has the focus, or is on its way to have it. */
  let wanted: string | undefined;
  /** New rows put the focus on the first one for a moment, and the editor tells of that; nobody has moved it there. */
  let passing: string | undefined;
  /** Ends what an earlier list still finds out. */
  let loading = new AbortController();

  /** @param focus the proposed row, the one that the editor proposes for the text, or the one that has it now */
  function render(focus: 'first' | 'text' | 'same'): void {
    rows = source(box.value);
    const items: Item<A>[] = [];
    let heading: string | undefined;
    for (const row of rows) {
      if (row.heading !== undefined && row.heading !== heading) {
        items.push({ label: inRow(row.heading), kind: vscode.QuickPickItemKind.Separator });
      }
      heading = row.heading ?? heading;
      items.push(itemOf(row));
    }
    if (focus !== 'first' && sameItems(box.items, items)) return;
    box.keepScrollPosition = focus === 'same';
    box.items = items;
    const active = items.find(({ row, label }) =>
      focus === 'same' ? label === wanted && row !== undefined : row?.active,
    );
    if (focus === 'text' || active === undefined) return;
    box.activeItems = [active];
    wanted = active.label;
    const top = items.find(({ row }) => row !== undefined)?.label;
    passing = top === wanted ? undefined : top;
  }

  /** The row that Enter means. After new rows the editor may not have told yet which one has the focus. */
  function focused(): Row<A> | undefined {
    const told = box.activeItems[0];
    return told !== undefined && box.items.includes(told) ? told.row : meantRow(rows, box.value, told?.label);
  }

  box.onDidChangeActive(([item]) => {
    const label = item?.label;
    const isPassing = label !== undefined && label === passing;
    passing = undefined;
    if (!isPassing) wanted = label;
  });

  /** Draws what was found out later, at most so many times a second. */
  async function follow(from: RowsAtHand<A> | RowsToLoad<A>, limits: AbortSignal): Promise<void> {
    let waiting = false;
    const draw = async (): Promise<void> => {
      if (waiting) return;
      waiting = true;
      await sleep(drawing, limits);
      waiting = false;
      render('same');
    };
    const quiet = (thrown: unknown): void => {
      if (!limits.aborted) fail(thrown);
    };
    try {
      await from.later?.(() => {
        draw().catch(quiet);
      }, limits);
    } catch (thrown) {
      quiet(thrown);
    }
  }

  async function load(from: RowsAtHand<A> | RowsToLoad<A>): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const limits = AbortSignal.any([signal, loading.signal]);
    if ('rows' in from) {
      source = from.rows;
    } else {
      const busy: Row<A> = {
        icon: 'loading~spin',
        label: l10n.t('Loading…'),
        pinned: true,
        choose: { kind: 'nothing' },
      };
      source = () => [busy];
      render('first');
      box.busy = true;
      try {
        source = await from.load(limits);
      } catch (thrown) {
        if (limits.aborted) return;
        source = from.failed(toError(thrown));
        render('first');
        return;
      } finally {
        if (!limits.aborted) box.busy = false;
      }
    }
    if (limits.aborted) return;
    render('first');
    void follow(from, limits);
  }

  async function choose(choice: Choice<A>): Promise<void> {
    switch (choice.kind) {
      case 'reply':
        end(choice.reply);
        return;
      case 'nothing':
        return;
      case 'stay':
        source = choice.rows;
        values = choice.values;
        box.value = choice.text;
        render('first');
        return;
      case 'load':
        box.value = choice.text;
        await load(choice.source);
        return;
      case 'act':
        await choice.act();
        if (!signal.aborted) render('same');
        return;
      case 'reload':
        if (choice.repair !== undefined) {
          // Another box takes the place of this one for a while; being hidden by it is not the person's Escape.
          repairing = true;
          box.hide();
          try {
            await choice.repair();
          } finally {
            repairing = false;
          }
          box.show();
        }
        await load(prompt.source);
        return;
    }
  }

  box.placeholder = inRow(prompt.placeholder);
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  box.value = position.draft ?? prompt.text ?? '';
  box.onDidChangeValue(() => {
    render('text');
  });
  box.onDidAccept(() => {
    const row = focused();
    if (row !== undefined) choose(row.choose).catch(fail);
  });
  box.onDidTriggerItemButton(({ item, button }) => {
    const pressed = item.row?.buttons?.find(({ tooltip }) => tooltip === button.tooltip);
    if (pressed !== undefined) choose(pressed.choose).catch(fail);
  });
  box.onDidTriggerButton(() => {
    end({
      kind: 'back',
      ...(box.value === '' ? {} : { draft: box.value }),
      ...(values === undefined ? {} : { values }),
    });
  });
  box.onDidHide(() => {
    if (!repairing) end({ kind: 'cancel' });
  });
  box.show();
  load(prompt.source).catch(fail);
  return result;
}

function itemOf<A>(row: Row<A>): Item<A> {
  return {
    row,
    label: row.icon === undefined ? inRow(row.label) : `$(${row.icon}) ${inRow(row.label)}`,
    alwaysShow: row.pinned ?? false,
    ...(row.description === undefined ? {} : { description: inRow(row.description) }),
    ...(row.detail === undefined ? {} : { detail: inRow(row.detail) }),
    ...(row.buttons === undefined
      ? {}
      : { buttons: row.buttons.map(({ icon, tooltip }) => ({ iconPath: new vscode.ThemeIcon(icon), tooltip })) }),
  };
}

/** Replacing equal rows would move the selection under the person's fingers. */
function sameItems(before: readonly vscode.QuickPickItem[], after: readonly vscode.QuickPickItem[]): boolean {
  return (
    before.length === after.length &&
    before.every(
      ({ label, description, detail }, at) =>
        label === after[at]?.label && description === after[at].description && detail === after[at].detail,
    )
  );
}

function type<A>(title: string, prompt: TextPrompt<A>, position: Position, sleep: Sleep): Promise<Reply<A>> {
  const { box, result, end, fail, signal } = open<A, vscode.InputBox>(vscode.window.createInputBox(), title, position);
  let lookUp:
    { readonly text: string; readonly found: Promise<Finding | undefined>; readonly stop: AbortController } | undefined;

  function say(finding: Finding | undefined): void {
    box.validationMessage =
      finding === undefined ? '' : { message: inPrompt(finding.message), severity: severityOf(finding) };
  }

  /** Starts the look-up for what stands in the box; only the newest may speak. */
  function startLookUp(delay: number): void {
    lookUp?.stop.abort();
    lookUp = undefined;
    const ask = prompt.lookUp;
    if (ask === undefined) return;
    const text = box.value;
    const stop = new AbortController();
    const limits = AbortSignal.any([signal, stop.signal]);
    const found = (async (): Promise<Finding | undefined> => {
      try {
        await sleep(delay, limits);
        if (prompt.lookUpText !== undefined) say({ severity: 'info', message: prompt.lookUpText });
        box.busy = true;
        return await ask(text, limits);
      } catch {
        // Not knowing blocks nothing: the service checks again. A cancelled look-up has no say either.
        return undefined;
      }
    })();
    const current = { text, found, stop };
    lookUp = current;
    found
      .then((finding) => {
        if (lookUp !== current || signal.aborted) return;
        box.busy = false;
        say(finding);
      })
      .catch(fail);
  }

  async function accept(): Promise<void> {
    const text = box.value;
    const problem = prompt.rule(text);
    if (problem !== undefined) {
      say({ severity: 'error', message: problem });
      return;
    }
    if (prompt.lookUp !== undefined && prompt.onlyTells !== true) {
      if (lookUp?.text !== text) startLookUp(0);
      const waiting = new AbortController();
      const finding = await Promise.race([
        lookUp?.found,
        sleep(patience, AbortSignal.any([signal, waiting.signal])).catch(() => undefined),
      ]);
      waiting.abort();
      if (box.value !== text || signal.aborted) return;
      if (finding?.severity === 'error') {
        say(finding);
        return;
      }
    }
    end(prompt.answer(text));
  }

  box.prompt = inPrompt(prompt.prompt);
  box.placeholder = inRow(prompt.placeholder);
  box.password = prompt.secret ?? false;
  box.value = position.draft ?? prompt.value;
  box.buttons = position.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  box.onDidChangeValue((text) => {
    const problem = text === '' ? undefined : prompt.rule(text);
    say(problem === undefined ? undefined : { severity: 'error', message: problem });
    if (problem === undefined && text !== '') {
      startLookUp(pause);
    } else {
      lookUp?.stop.abort();
      // It is nobody's any more: its end must not wipe out what was just said.
      lookUp = undefined;
      box.busy = false;
    }
  });
  box.onDidAccept(() => {
    accept().catch(fail);
  });
  box.onDidTriggerButton(() => {
    end({ kind: 'back', draft: box.value });
  });
  box.onDidHide(() => {
    end({ kind: 'cancel' });
  });
  box.show();
  if (prompt.problem !== undefined) say({ severity: 'error', message: prompt.problem });
  else if (box.value !== '' && prompt.rule(box.value) === undefined) startLookUp(0);
  return result;
}

function severityOf(finding: Finding): vscode.InputBoxValidationSeverity {
  switch (finding.severity) {
    case 'info':
      return vscode.InputBoxValidationSeverity.Info;
    case 'warning':
      return vscode.InputBoxValidationSeverity.Warning;
    case 'error':
      return vscode.InputBoxValidationSeverity.Error;
  }
}
