import { createServer } from 'node:http';

const answer = Buffer.from(
  JSON.stringify({
    Response: {
      TotalCount: 1,
      VpcSet: [{ VpcId: 'vpc-1a2b3c4d', VpcName: 'Default-VPC', CidrBlock: '10.0.0.0/16', IsDefault: true }],
      RequestId: '6ef60bec-0242-43af-bb20-270359fb54a7',
    },
  }),
);

/** A loopback server that answers every request as DescribeVpcs with one VPC, and checks nothing. */
export async function startVpcServer(): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length }).end(answer);
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
