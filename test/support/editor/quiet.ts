export type Settings = Readonly<Record<string, unknown>>;

/** Settings under which the theme of a window follows its browser, so that one window can be seen dark and light. */
const themeFollowsBrowser: Settings = {
  'window.autoDetectColorScheme': true,
  'workbench.preferredDarkColorTheme': 'Default Dark Modern',
  'workbench.preferredLightColorTheme': 'Default Light Modern',
};

/** Settings that keep an editor under test from greeting, tipping, updating and moving. */
export const quietSettings: Settings = {
  ...themeFollowsBrowser,
  'workbench.startupEditor': 'none',
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'git.enabled': false,
};

/**
 * An editor that this one is started from must not be mistaken for it; npm's own settings, and what clients of the
 * service and of PostgreSQL read, are none of its business.
 */
export function editorEnvironment(own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const strange =
    /^(?:VSCODE_|ELECTRON_|CODE_SERVER_|XDG_|TENCENTCLOUD_|TCCLI_|PG[A-Z]+$|npm_|NODE_TEST_CONTEXT$|NODE_OPTIONS$|PORT$|PASSWORD$)/iu;
  const outer = Object.entries(process.env).filter(([name]) => !strange.test(name));
  return { ...Object.fromEntries(outer), ...own };
}
