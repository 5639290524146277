// Writes the configuration of all three RabbitMQ nodes and makes their data folders.

import { mkdir, writeFile } from 'node:fs/promises';
import type { Instance } from '../instance.ts';
import { type AddressPlan, BROKER_NAMES } from '../network/address-plan.ts';
import type { Secrets } from '../secrets.ts';
import { brokerConfig, brokerDefinitions, ENABLED_PLUGINS, ERLANG_INETRC } from './broker-config.ts';
import { brokerFiles } from './broker-processes.ts';

/** Writes what `brokerProcess` refers to. The definitions hold hashes of passwords, so only the owner may read them. */
export async function writeBrokerFiles(instance: Instance, addresses: AddressPlan, secrets: Secrets): Promise<void> {
  const files = brokerFiles(instance);
  await writeFile(files.definitions, brokerDefinitions(secrets), { mode: 0o600 });
  await writeFile(files.plugins, ENABLED_PLUGINS);
  await writeFile(files.inetrc, ERLANG_INETRC);
  for (const node of BROKER_NAMES) {
    const settings = { instance: instance.name, node, addresses, definitionsFile: files.definitions };
    await writeFile(files.config(node), brokerConfig(settings));
    await mkdir(files.data(node), { recursive: true });
  }
}
