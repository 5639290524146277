// k6/x/amqp on a real RabbitMQ: the Go tests that need one, and every example in the real k6 binary.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../lib/machine/testing/temporary-folder.ts';
import { buildMode } from '../scripts/dev/go-suites.ts';
import { ROOT } from '../scripts/dev/tool-suite.ts';
import { ensureK6 } from '../scripts/setup/ensure-k6.ts';
import { lastLines, runTool } from '../scripts/setup/run-tool.ts';
import { loopbackAddress } from '../testbed/order-system/testing/loopback-address.ts';
import { startBroker, type ThrowawayBroker } from '../testbed/order-system/testing/throwaway-broker.ts';

const EXTENSION = join(ROOT, 'extension');
/** What the throwaway broker lets in; no output may show it. */
const USER = 'orders';
const PASSWORD = 'a-test-password';

let folder: string;
let broker: ThrowawayBroker;

beforeAll(async () => {
  folder = temporaryFolder();
  broker = await startBroker(folder, loopbackAddress());
});

afterAll(async () => {
  await broker?.stop();
});

test('the Go tests that need a broker pass, and none of them is skipped', async () => {
  const { flags, env } = await buildMode();
  const { exitCode, output } = await runTool({
    command: 'go',
    args: ['test', '-count=1', '-v', ...flags, '-run', 'RealBroker', './amqp/...'],
    cwd: EXTENSION,
    env: {
      ...env,
      STAMPEDE_AMQP_URLS: `amqp://${broker.host}:5672`,
      STAMPEDE_AMQP_USER: USER,
      STAMPEDE_AMQP_PASSWORD_FILE: broker.passwordFile,
    },
  });
  expect(exitCode, lastLines(output, 60)).toBe(0);
  expect(output.match(/^--- PASS: TestRealBroker/gm)?.length).toBeGreaterThanOrEqual(5);
  expect(output).not.toContain('--- SKIP');
}, 600_000);

test.each(['first', 'outcomes', 'load'])(
  'the example %s runs, keeps its thresholds and shows no password',
  async (example) => {
    const { exitCode, output } = await runTool({
      command: await ensureK6(),
      args: ['run', '--quiet', '--verbose', join(EXTENSION, 'amqp', 'examples', `${example}.js`)],
      env: {
        AMQP_URLS: `amqp://${broker.host}:5672`,
        AMQP_USER: USER,
        AMQP_PASSWORD: PASSWORD,
        K6_AUTO_EXTENSION_RESOLUTION: 'false',
        K6_NO_USAGE_REPORT: 'true',
      },
    });
    expect(exitCode, lastLines(output, 60)).toBe(0);
    expect(output).toContain('amqp_confirm_duration');
    expect(output).not.toContain(PASSWORD);
  },
  600_000,
);
