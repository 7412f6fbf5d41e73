/** Regions of TencentDB for PostgreSQL (DescribeZones, document 409/16769). */
const regions: ReadonlySet<string> = new Set([
  'ap-guangzhou',
  'ap-shanghai',
  'ap-nanjing',
  'ap-beijing',
  'ap-chengdu',
  'ap-chongqing',
  'ap-hongkong',
  'ap-shanghai-fsi',
  'ap-shenzhen-fsi',
  'ap-bangkok',
  'ap-jakarta',
  'ap-singapore',
  'ap-seoul',
  'ap-tokyo',
  'eu-frankfurt',
  'na-ashburn',
  'na-siliconvalley',
  'sa-saopaulo',
]);

/** Zones that some document names for the serverless form (409/38880, 409/39715 and the request examples). */
const serverless: ReadonlyMap<string, readonly string[]> = new Map([
  ['ap-shanghai', ['ap-shanghai-2']],
  ['ap-beijing', ['ap-beijing-1', 'ap-beijing-3']],
  ['ap-guangzhou', ['ap-guangzhou-2', 'ap-guangzhou-3']],
]);

export function isRegion(region: string): boolean {
  return regions.has(region);
}

/** Zones of the region that take serverless instances; none where the form was never sold. */
export function serverlessZones(region: string): readonly string[] {
  return serverless.get(region) ?? [];
}

/** True for the region's name, a hyphen and a number, whether or not such a zone exists. */
export function isZoneOf(zone: string, region: string): boolean {
  return zone.startsWith(`${region}-`) && /^[1-9]\d{0,2}$/.test(zone.slice(region.length + 1));
}
