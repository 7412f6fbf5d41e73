import { createServer } from 'node:http';

const requestId = '6ef60bec-0242-43af-bb20-270359fb54a7';

const answers: Readonly<Record<string, Buffer>> = {
  DescribeVpcs: answer({
    TotalCount: 1,
    VpcSet: [{ VpcId: 'vpc-1a2b3c4d', VpcName: 'Default-VPC', CidrBlock: '10.0.0.0/16', IsDefault: true }],
  }),
  GetCallerIdentity: answer({
    Arn: 'qcs::cam::uin/100000000001:uin/100000000002',
    AccountId: '100000000001',
    UserId: '100000000002',
    PrincipalId: '100000000002',
    Type: 'CAMUser',
  }),
};

function answer(fields: object): Buffer {
  return Buffer.from(JSON.stringify({ Response: { ...fields, RequestId: requestId } }));
}

/** A loopback server that answers two actions, each always in the same way, and checks nothing. */
export async function startAnsweringServer(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const body = answers[String(request.headers['x-tc-action'])] ?? answer({});
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    origin: `http://127.0.0.1:${String(address.port)}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => {
          closed();
        });
        server.closeAllConnections();
      }),
  };
}
