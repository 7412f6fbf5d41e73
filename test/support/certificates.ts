import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate and its key, both as PEM. */
export interface Certified {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is to say. */
export interface CertificatePlan {
  /** Its only name: an IPv4 address or a DNS name. Of an authority it is the name in words. */
  readonly name: string;
  /** Who signs; absent: it signs itself and is an authority. */
  readonly by?: Authority;
  readonly from: Date;
  readonly to: Date;
}

/** A certificate that can sign others. */
export interface Authority extends Certified {
  readonly name: string;
  readonly privateKey: KeyObject;
}

// The few forms of DER (X.690) that a certificate (RFC 5280) is made of.
const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x1_00 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]): Buffer => der(0x31, ...parts);
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
const id = (...values: readonly number[]): Buffer => der(0x06, bytes(...values));
const truth = der(0x01, bytes(0xff));
const bits = (content: Uint8Array): Buffer => der(0x03, bytes(0), content);

const ecdsaWithSha256 = sequence(id(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
const commonName = id(0x55, 0x04, 0x03);
const basicConstraints = id(0x55, 0x1d, 0x13);
const subjectAltName = id(0x55, 0x1d, 0x11);

const called = (name: string): Buffer => sequence(set(sequence(commonName, der(0x0c, Buffer.from(name)))));

/** `YYYYMMDDHHMMSSZ` */
const time = (date: Date): Buffer =>
  der(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));

function alternativeName(name: string): Buffer {
  const isAddress = /^\d+\.\d+\.\d+\.\d+$/.test(name);
  return isAddress ? der(0x87, bytes(...name.split('.').map(Number))) : der(0x82, Buffer.from(name));
}

let serial = 0;

/** Makes a certificate with a key of its own (P-256), so that nothing that expires lies in the repository. */
export function certify({ name, by, from, to }: CertificatePlan): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const extension =
    by === undefined
      ? sequence(basicConstraints, truth, der(0x04, sequence(truth)))
      : sequence(subjectAltName, der(0x04, sequence(alternativeName(name))));
  serial += 1;
  const content = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(0x40, serial >> 8, serial & 0xff)),
    ecdsaWithSha256,
    called(by?.name ?? name),
    sequence(time(from), time(to)),
    called(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const whole = sequence(content, ecdsaWithSha256, bits(sign('sha256', content, by?.privateKey ?? privateKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    name,
    privateKey,
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  };
}
