import * as l10n from '@vscode/l10n';
import type { CreatePlan } from '../../domain/createPlan.ts';
import { generatePassword, instanceSigns, passwordRule } from '../../domain/newPassword.ts';
import { provisioned as offering } from '../../domain/offerings/provisioned.ts';
import type { Rental } from '../../domain/rental.ts';
import { storageTypes } from '../../domain/rental.ts';
import { displayNameRule, majorVersionRule } from '../../domain/namingRules.ts';
import { sizeWords } from '../../domain/size.ts';
import { projectQuestion, subnetQuestion, vpcQuestion } from '../accountQuestions.ts';
import type { Answers } from '../answers.ts';
import { commonAnswers, commonPlan } from '../answers.ts';
import { charsetQuestion, nameQuestion, regionQuestion } from '../commonQuestions.ts';
import type { Kind, ReviewLine } from '../kind.ts';
import { passwordQuestions } from '../passwordQuestions.ts';
import { createPrices } from '../prices.ts';
import type { Question } from '../question.ts';
import type { QuestionOptions } from '../questionOptions.ts';
import { charsetLine, nameLine, networkLines, placeLines, projectLine, tagsLine, versionLine } from '../reviewLines.ts';
import { tagQuestion } from '../tagQuestion.ts';
import { adminNameQuestion, protectionQuestion, securityGroupQuestion, usualAdminName } from './accessQuestions.ts';
import { standbyQuestion, versionQuestion, zoneQuestion } from './placeQuestions.ts';
import { classQuestion, storageQuestion, storageTypeQuestion } from './sizeQuestions.ts';

/** What CreateInstances takes: where and how large, with whom it may speak, and who may enter. */
export const provisionedKind: Kind = {
  offering,
  questions,
  planOf(answers, { prepaidMonths }) {
    const common = commonPlan(answers);
    const rental = rentalOf(answers, prepaidMonths);
    const version = answers.majorVersion;
    if (common?.network === undefined || rental === undefined || version === undefined) return undefined;
    return { offering: offering.id, ...common, version, rental };
  },
  answersOf: (plan) => ({
    ...commonAnswers(plan),
    majorVersion: plan.version,
    ...(plan.rental === undefined ? {} : rentalAnswers(plan, plan.rental)),
  }),
  priceQueryOf({ region, zone, rental }) {
    if (rental === undefined) return undefined;
    const { specCode, storageGb, storageType, prepaidMonths } = rental;
    return {
      region,
      zone,
      specCode,
      storageGb,
      storageType,
      ...(prepaidMonths === undefined ? {} : { prepaidMonths }),
    };
  },
  defaultsOf,
  reviewLines: (plan) => [
    ...placeLines(plan),
    versionLine(plan),
    ...(plan.rental === undefined ? [] : sizeLines(plan.rental)),
    ...networkLines(plan),
    ...(plan.rental === undefined ? [] : groupLines(plan.rental)),
    nameLine(plan),
    ...(plan.rental === undefined ? [] : accountLines(plan.rental)),
    charsetLine(plan),
    projectLine(plan),
    tagsLine(plan),
    ...(plan.rental === undefined ? [] : termLines(plan.rental)),
  ],
};

function questions(options: QuestionOptions): readonly Question<Answers>[] {
  const { catalog, randomInt } = options;
  const priced = { ...options, prices: createPrices(options) };
  return [
    regionQuestion(options, { offering, asksService: true }),
    zoneQuestion(options),
    versionQuestion(options),
    classQuestion(priced),
    storageQuestion(priced),
    storageTypeQuestion(priced),
    standbyQuestion(options),
    vpcQuestion(options, true),
    subnetQuestion(options, true),
    securityGroupQuestion(options),
    nameQuestion(options, {
      offering,
      rule: displayNameRule,
      ask: l10n.t('Fewer than 60 Chinese characters, letters, digits, "_" and "-"'),
    }),
    adminNameQuestion(options),
    ...passwordQuestions({
      forWhat: () => l10n.t('Choose how the admin user comes to a password'),
      rule: passwordRule(instanceSigns),
      generate: () => generatePassword(randomInt),
    }),
    charsetQuestion(offering),
    projectQuestion(options),
    tagQuestion(catalog),
    protectionQuestion(options),
  ];
}

function rentalOf(answers: Partial<Answers>, prepaidMonths: number | undefined): Rental | undefined {
  const { machine, storageGb, storageType, standby, securityGroups, adminName, protection } = answers;
  if (machine === undefined || storageGb === undefined || storageType === undefined) return undefined;
  if (adminName === undefined) return undefined;
  return {
    specCode: machine.specCode,
    ...(machine.cpu === undefined ? {} : { cpu: machine.cpu }),
    ...(machine.memoryGb === undefined ? {} : { memoryGb: machine.memoryGb }),
    storageGb,
    storageType,
    ...(standby === undefined || standby === 'none' ? {} : { standbyZone: standby.standbyZone }),
    securityGroupIds: securityGroups === undefined || securityGroups === 'default' ? [] : securityGroups.ids,
    adminName,
    deletionProtection: protection ?? false,
    ...(prepaidMonths === undefined ? {} : { prepaidMonths }),
  };
}

/** How it was paid is no answer: the settings of now decide that. */
function rentalAnswers({ region, zone, version }: CreatePlan, rental: Rental): Partial<Answers> {
  const { specCode, cpu, memoryGb, storageGb, storageType, standbyZone, securityGroupIds: ids } = rental;
  return {
    machine: {
      specCode,
      ...(cpu === undefined ? {} : { cpu }),
      ...(memoryGb === undefined ? {} : { memoryGb }),
      zone,
      majorVersion: version,
      storageType,
    },
    storageGb,
    storageType,
    standby: standbyZone === undefined ? 'none' : { zone, standbyZone },
    securityGroups: ids.length === 0 ? 'default' : { region, ids },
    adminName: rental.adminName,
    protection: rental.deletionProtection,
  };
}

function defaultsOf({ settings, recent, proposeName, randomInt }: QuestionOptions): Partial<Answers> | undefined {
  const { region, zone, version, specCode, storageGb, vpcId, subnetId, charset, projectId, tags, ...others } =
    settings.defaults;
  if (region === undefined || zone === undefined || vpcId === undefined || subnetId === undefined) return undefined;
  if (version === undefined || majorVersionRule(version) !== undefined) return undefined;
  if (specCode === undefined || storageGb === undefined) return undefined;
  const storageType = others.storageType ?? storageTypes[0];
  return {
    region,
    zone,
    majorVersion: version,
    machine: { specCode, zone, majorVersion: version, storageType },
    storageGb,
    storageType,
    standby: 'none',
    vpc: { region, vpcId },
    subnet: { vpcId, subnetId },
    securityGroups: 'default',
    name: proposeName(),
    adminName: others.adminName ?? recent('adminName')[0] ?? usualAdminName,
    newPassword: { kind: 'generated', password: generatePassword(randomInt) },
    charset: charset ?? 'UTF8',
    project: projectId ?? 'none',
    tags,
    protection: others.deletionProtection ?? false,
  };
}

function sizeLines({ specCode, cpu, memoryGb, storageGb, storageType, standbyZone }: Rental): readonly ReviewLine[] {
  const size = sizeWords({ cpu, memoryGb });
  return [
    { key: 'class', label: l10n.t('Class'), value: size === '' ? specCode : `${specCode} · ${size}` },
    { key: 'storage', label: l10n.t('Storage'), value: l10n.t('{0} GB', storageGb) },
    { key: 'storageType', label: l10n.t('Storage type'), value: storageType },
    { key: 'standby', label: l10n.t('Second zone'), value: standbyZone ?? l10n.t('not sent: none') },
  ];
}

function groupLines({ securityGroupIds: ids }: Rental): readonly ReviewLine[] {
  const value = ids.length === 0 ? l10n.t('not sent: the default group') : ids.join(', ');
  return [{ key: 'securityGroups', label: l10n.t('Security groups'), value }];
}

function accountLines({ adminName }: Rental): readonly ReviewLine[] {
  return [
    { key: 'adminName', label: l10n.t('Admin user'), value: adminName },
    { key: 'password', label: l10n.t('Password'), value: '***' },
  ];
}

function termLines({ deletionProtection, prepaidMonths: months }: Rental): readonly ReviewLine[] {
  return [
    {
      key: 'protection',
      label: l10n.t('Deletion protection'),
      value: deletionProtection ? l10n.t('on') : l10n.t('off'),
    },
    {
      label: l10n.t('Charge type'),
      value: months === undefined ? l10n.t('Pay by the hour') : l10n.t('Prepaid: {0} months are paid at once', months),
    },
  ];
}
