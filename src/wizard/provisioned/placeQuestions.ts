import * as l10n from '@vscode/l10n';
import { zoneRule } from '../../domain/createPlan.ts';
import type { ServiceVersion, ServiceZone } from '../../domain/rental.ts';
import { majorVersionRule } from '../../domain/namingRules.ts';
import type { Answers } from '../answers.ts';
import { holds } from '../answers.ts';
import { listed } from '../listed.ts';
import type { Question, Row } from '../question.ts';
import type { QuestionOptions } from '../questionOptions.ts';
import { answering, recentFirst, saying } from '../rows.ts';
import { rentalHolds } from './holds.ts';

type Options = Pick<QuestionOptions, 'catalog' | 'recent' | 'trouble'>;

export function zoneQuestion({ catalog, recent, trouble }: Options): Question<Answers> {
  return {
    key: 'zone',
    title: l10n.t('Availability zone'),
    holds: holds.zone,
    prompt: (answers) => {
      const region = answers.region ?? '';
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a zone of {0}, or type another one', region),
        source: listed({
          trouble,
          typed: { rule: zoneRule(region), values: (zone) => ({ zone }) },
          async load(signal) {
            const zones = await catalog.zones(region, signal);
            const rows = usableFirst(recentFirst(zones, recent('zone'), ({ zone }) => zone)).map((one) =>
              zoneRow(one, { zone: one.zone }, one.zone === answers.zone),
            );
            return () => rows;
          },
          instead: [elsewhere('region', l10n.t('Choose another region'))],
        }),
      };
    },
  };
}

/** A zone for a second node, in case the first one fails as a whole. */
export function standbyQuestion({ catalog, trouble }: Options): Question<Answers> {
  return {
    key: 'standby',
    title: l10n.t('Second zone'),
    holds: rentalHolds.standby,
    prompt: (answers) => {
      const { region = '', zone = '', standby } = answers;
      const values = (standbyZone: string): Partial<Answers> => ({ standby: { zone, standbyZone } });
      const answered = standby === undefined || standby === 'none' ? standby : standby.standbyZone;
      return {
        kind: 'pick',
        placeholder: l10n.t('Choose a second zone for the standby, or none'),
        source: listed({
          trouble,
          typed: { rule: zoneRule(region), values },
          before: [
            {
              icon: 'circle-slash',
              label: l10n.t('No second zone'),
              description: l10n.t('A standby that belongs to the class stays in {0}', zone),
              active: answered === 'none',
              choose: answering<Answers>({ standby: 'none' }),
            },
          ],
          async load(signal) {
            const zones = await catalog.zones(region, signal);
            const standbys = zones.find((one) => one.zone === zone)?.standbyZones ?? [];
            const there = standbys
              .filter((one) => one !== zone)
              .map((one) => zones.find((candidate) => candidate.zone === one) ?? unknownZone(one));
            const rows = usableFirst(there).map((one) => zoneRow(one, values(one.zone), one.zone === answered));
            return () => rows;
          },
        }),
      };
    },
  };
}

/** Named as a partner of another zone, and not in the list itself: the service decides. */
function unknownZone(zone: string): ServiceZone {
  return { zone, name: '', state: 'available', standbyZones: [] };
}

function usableFirst(zones: readonly ServiceZone[]): ServiceZone[] {
  return [...zones.filter(({ state }) => state === 'available'), ...zones.filter(({ state }) => state !== 'available')];
}

function zoneRow({ zone, name, state }: ServiceZone, values: Partial<Answers>, active: boolean): Row<Answers> {
  if (state === 'available') return { label: zone, description: name, active, choose: answering(values) };
  return saying({
    label: zone,
    description: `${name} · ${stateWords(state)}`,
    heading: l10n.t('Not for new instances now'),
  });
}

function stateWords(state: Exclude<ServiceZone['state'], 'available'>): string {
  switch (state) {
    case 'soldOut':
      return l10n.t('sold out');
    case 'modifyOnly':
      return l10n.t('only for instances that are there already');
    case 'unavailable':
      return l10n.t('not available');
  }
}

/** A way on when a list is empty: into the question on which it depends. */
export function elsewhere(key: string, label: string): Row<Answers> {
  return {
    icon: 'arrow-left',
    label,
    pinned: true,
    choose: { kind: 'reply', reply: { kind: 'revisit', key } },
  };
}

export function versionQuestion({ catalog, trouble }: Options): Question<Answers> {
  return {
    key: 'version',
    title: l10n.t('Version'),
    holds: rentalHolds.version,
    prompt: (answers) => ({
      kind: 'pick',
      placeholder: l10n.t('Choose a PostgreSQL version'),
      source: listed({
        trouble,
        typed: { rule: majorVersionRule, values: (majorVersion) => ({ majorVersion }) },
        async load(signal) {
          const rows = versionRows(await catalog.versions(answers.region ?? '', signal), answers.majorVersion);
          return () => rows;
        },
      }),
    }),
  };
}

/** Newest first, those that only existing instances may have at the end. */
function versionRows(versions: readonly ServiceVersion[], answered: string | undefined): readonly Row<Answers>[] {
  const majors = [...new Set(versions.map(({ major }) => major))].sort((a, b) => Number(b) - Number(a));
  const ofMajor = (major: string): ServiceVersion[] => versions.filter((version) => version.major === major);
  const creatable = majors.filter((major) => ofMajor(major).some((version) => version.creatable));
  const others = majors.filter((major) => !creatable.includes(major));
  return [
    ...creatable.map((major, at): Row<Answers> => {
      const full = newest(ofMajor(major).filter((version) => version.creatable));
      return {
        label: major,
        description: at === 0 ? `${full} · ${l10n.t('newest')}` : full,
        active: major === answered,
        choose: answering<Answers>({ majorVersion: major }),
      };
    }),
    ...others.map((major) =>
      saying<Answers>({
        label: major,
        description: `${newest(ofMajor(major))} · ${l10n.t('only for instances that are there already')}`,
        heading: l10n.t('Not for new instances now'),
      }),
    ),
  ];
}

function newest(versions: readonly ServiceVersion[]): string {
  const byNumber = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });
  return (
    versions
      .map(({ full }) => full)
      .sort(byNumber)
      .at(-1) ?? ''
  );
}
