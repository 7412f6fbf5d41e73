import assert from 'node:assert/strict';
import { changePassword, ownPassword, publicWay, shop, unreachable, type ConnectStage } from './connectStage.ts';

export async function doctorLeadsOut({ product: { workbench }, simulator }: ConnectStage): Promise<void> {
  const { input, notifications, sidebar } = workbench;
  await sidebar.rowMenu(shop, 'Test Connection');
  await input.waitFor(`Test connection: ${shop}`);
  await input.row(new RegExp(`The private address ${unreachable}:\\d+ cannot be reached from here\\.`, 'u')).waitFor();
  assert.deepEqual(
    (await input.rows()).map((row) => row.replaceAll(/[\d.]+ ms|:\d+|\(E[A-Z]+\)/gu, '…')),
    [
      `check Name resolution, passed in …: ${unreachable} (internet), Private address ${unreachable}…`,
      'error TCP connection, failed after …: no way there …',
      `error The private address ${unreachable}… cannot be reached from here., Result`,
      'info It works from machines in its VPC, or in a network that is joined to it.',
      'info From here, it takes public access.',
      'arrow-small-right Open public access…',
      'arrow-small-right Test again',
      'arrow-small-right Copy report',
    ],
  );
  await workbench.screenshot('connect-doctor-private');

  await input.choose('Open public access…');
  await input.waitFor(`Open public access: ${shop}`);
  await input.row('30 minutes').waitFor();
  await workbench.screenshot('connect-open-public');
  await input.choose('30 minutes');
  const opened = await notifications.waitFor(`Public access to "${shop}" is open for 30 minutes`);
  const { port } = await publicWay(simulator);
  assert.match(await opened.text(), new RegExp(`\\(127\\.0\\.0\\.1:${String(port)}\\)`, 'u'));
  await sidebar.waitForRow(shop, /public for another \d+ minutes/u);
  await workbench.screenshot('connect-public-open');
  await opened.close();

  await sidebar.rowMenu(shop, 'Test Connection');
  await input.row(`The connection to 127.0.0.1:${String(port)} works.`).waitFor();
  const rows = (await input.rows()).slice(0, 7).map((row) => row.replaceAll(/[\d.]+ ms|:\d+/gu, '…'));
  assert.match(rows.splice(5, 1).join(), /^check Server version, passed in …: 10\.\d+$/u);
  assert.deepEqual(rows, [
    'check Name resolution, passed in …: 127.0.0.1 (this machine), Public address 127.0.0.1…',
    'check TCP connection, passed in …',
    'info Encryption (TLS), passed in …: not offered, so what is sent can be read on the way',
    'check Login, passed in …',
    'check Query (select 1), passed in …',
    'check Latency, passed in …: … a round trip, median of 5',
  ]);
  await workbench.screenshot('connect-doctor-works');
  await input.escape();
}

export async function passwordChanged({ product: { workbench }, simulator }: ConnectStage): Promise<void> {
  const { input, sidebar } = workbench;
  const way = await publicWay(simulator);
  await changePassword(way, ownPassword);

  await sidebar.rowMenu(shop, 'Test Connection');
  await input.row(`The server refuses the password of the user "${way.user}".`).waitFor();
  await workbench.screenshot('connect-doctor-password');
  await input.choose('Set password used for connections…');
  await input.waitFor(`Set password used for connections: ${shop}`);
  await input.type(ownPassword);
  assert.equal(await input.masked(), true, 'the password is shown as dots');
  await workbench.screenshot('connect-set-password');
  await input.accept();
  // It tests again by itself.
  await input.row(`The connection to 127.0.0.1:${String(way.port)} works.`).waitFor();
  await input.escape();
  assert.notEqual((await publicWay(simulator)).password, ownPassword, 'the service knows the first one only');
}
