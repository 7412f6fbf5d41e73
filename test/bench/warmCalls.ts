import { Agent } from 'undici';
import type { Client } from './clients.ts';
import { officialSdk, ours } from './clients.ts';
import { measurement } from './measurement.ts';
import type { Measurement } from './measurement.ts';
import { interleave } from './rounds.ts';

/** undici with the same body and the same headers, none of them signed; the answer is parsed and not looked at. */
function undiciAlone(origin: string): Client {
  const agent = new Agent();
  const body = Buffer.from('{}');
  const headers = {
    'content-type': 'application/json',
    'x-tc-action': 'GetCallerIdentity',
    'x-tc-version': '2018-08-13',
    'x-tc-timestamp': '1700000000',
    'x-tc-region': 'ap-guangzhou',
    'x-tc-language': 'en-US',
    'x-tc-requestclient': 'test',
    authorization: 'x'.repeat(230),
  };
  return {
    async call() {
      const answer = await agent.request({ origin, path: '/', method: 'POST', headers, body });
      return answer.body.json();
    },
    close: () => agent.close(),
  };
}

/** Keeps so many calls under way for a while. @returns calls a second */
async function rate(client: Client, atOnce: number, milliseconds: number): Promise<number> {
  const start = performance.now();
  let calls = 0;
  const one = async () => {
    while (performance.now() - start < milliseconds) {
      await client.call();
      calls += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (calls * 1_000) / (performance.now() - start);
}

/** @param origin of a server in another process */
export async function benchWarmCalls(origin: string): Promise<Measurement[]> {
  const clients = { ours: ours(origin), undici: undiciAlone(origin), sdk: officialSdk(origin) };
  const measurements: Measurement[] = [];
  try {
    for (const atOnce of [1, 16]) {
      const contender = <Name extends string>(name: Name, client: Client) => ({
        name,
        run: () => rate(client, atOnce, 250),
      });
      const series = await interleave(15, [
        contender('ours', clients.ours),
        contender('undici alone, unsigned', clients.undici),
        contender('official SDK', clients.sdk),
      ]);
      measurements.push(
        measurement(`Warm calls, ${String(atOnce)} at a time`, 'calls/s', series, [
          { of: 'ours', to: 'undici alone, unsigned', how: 'ratio', target: { kind: 'at least', limit: 0.85 } },
          { of: 'ours', to: 'official SDK', how: 'ratio' },
        ]),
      );
    }
  } finally {
    await Promise.all(Object.values(clients).map((client) => client.close()));
  }
  return measurements;
}
