// The option of every command that can start the embedded platform with another RabbitMQ than the machine's own.

import { Option } from 'commander';
import { BROKER_SERIES } from '../../testbed/testbed.ts';

export function rabbitmqOption(): Option {
  const text =
    "which RabbitMQ (default: the machine's own); one that is not there is fetched into a root folder of its own";
  return new Option('--rabbitmq <series>', text).choices(BROKER_SERIES);
}
