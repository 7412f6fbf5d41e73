/** A region as DescribeRegions lists it (postgres 2017-03-12). */
export interface Region {
  readonly name: string;
  /** In Chinese, as the service sends it whatever the language. */
  readonly words: string;
  /** Number in billing and in the ids of zones. */
  readonly id: number;
  /** False where the product is not sold any more; calls are then refused. */
  readonly available: boolean;
  /** Sold on the international site too. */
  readonly international: boolean;
}

const sold = { available: true, international: true };
const sealed = { available: true, international: false };

/** Regions of TencentDB for PostgreSQL. */
export const regions: readonly Region[] = [
  { name: 'ap-guangzhou', words: '华南地区(广州)', id: 1, ...sold },
  { name: 'ap-shanghai', words: '华东地区(上海)', id: 4, ...sold },
  { name: 'ap-hongkong', words: '港澳台地区(中国香港)', id: 5, ...sold },
  { name: 'na-toronto', words: '北美地区(多伦多)', id: 6, available: false, international: true },
  { name: 'ap-shanghai-fsi', words: '华东地区(上海金融)', id: 7, ...sealed },
  { name: 'ap-beijing', words: '华北地区(北京)', id: 8, ...sold },
  { name: 'ap-singapore', words: '亚太东南(新加坡)', id: 9, ...sold },
  { name: 'ap-shenzhen-fsi', words: '华南地区(深圳金融)', id: 11, ...sealed },
  { name: 'na-siliconvalley', words: '美国西部(硅谷)', id: 15, ...sold },
  { name: 'ap-chengdu', words: '西南地区(成都)', id: 16, ...sold },
  { name: 'eu-frankfurt', words: '欧洲地区(法兰克福)', id: 17, ...sold },
  { name: 'ap-seoul', words: '亚太东北(首尔)', id: 18, ...sold },
  { name: 'ap-chongqing', words: '西南地区(重庆)', id: 19, ...sold },
  { name: 'na-ashburn', words: '美国东部(弗吉尼亚)', id: 22, ...sold },
  { name: 'ap-bangkok', words: '亚太东南(曼谷)', id: 23, ...sold },
  { name: 'ap-tokyo', words: '亚太东北(东京)', id: 25, ...sold },
  { name: 'ap-nanjing', words: '华东地区(南京)', id: 33, ...sold },
  { name: 'ap-jakarta', words: '亚太东南(雅加达)', id: 72, ...sold },
  { name: 'sa-saopaulo', words: '南美地区(圣保罗)', id: 74, ...sold },
];

/** Zones that some document names for the serverless form (409/38880, 409/39715 and the request examples). */
const serverless: ReadonlyMap<string, readonly string[]> = new Map([
  ['ap-shanghai', ['ap-shanghai-2']],
  ['ap-beijing', ['ap-beijing-1', 'ap-beijing-3']],
  ['ap-guangzhou', ['ap-guangzhou-2', 'ap-guangzhou-3']],
]);

const open: ReadonlySet<string> = new Set(regions.filter((region) => region.available).map((region) => region.name));

/** True for a region that takes calls. */
export function isRegion(region: string): boolean {
  return open.has(region);
}

/** Zones of the region that take serverless instances; none where the form was never sold. */
export function serverlessZones(region: string): readonly string[] {
  return serverless.get(region) ?? [];
}

/** True for the region's name, a hyphen and a number, whether or not such a zone exists. */
export function isZoneOf(zone: string, region: string): boolean {
  return zone.startsWith(`${region}-`) && /^[1-9]\d{0,2}$/.test(zone.slice(region.length + 1));
}
