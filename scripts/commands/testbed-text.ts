// What `stampede up` and `stampede status` tell a person about a testbed.

import { typed } from '../../lib/machine/typed.ts';
import { alignColumns } from '../../reports/render/table.ts';
import { defectTexts, type ProcessStatus, type TestbedStatus } from '../../testbed/testbed.ts';

/** Name and address of every process. */
export function addressTable(status: TestbedStatus): string {
  return alignColumns(status.processes.map((each) => [`  ${each.name}`, `${each.host}:${each.port}`])).join('\n');
}

/** One row per process: where it is and how it is. */
export function statusTable(status: TestbedStatus): string {
  const header = ['NAME', 'ADDRESS', 'PID', 'STATE', 'RESTARTS', 'READY'];
  return alignColumns([header, ...status.processes.map(statusRow)]).join('\n');
}

function statusRow(each: ProcessStatus): readonly string[] {
  const state = each.held && each.state !== 'stopped' ? `${each.state} (held)` : each.state;
  const ready = each.ready ? 'yes' : `no: ${each.problem}`;
  return [each.name, `${each.host}:${each.port}`, String(each.pid ?? '-'), state, String(each.restarts), ready];
}

/** Sentences below the table: what one should know before one relies on this testbed. */
export function testbedNotes(status: TestbedStatus): readonly string[] {
  const { instance, partitionFaults, defects, supervisor, complete } = status;
  return [
    ...(partitionFaults === 'possible' ? [] : [`no partition faults: ${partitionFaults.impossibleBecause}`]),
    ...(Object.keys(defects).length === 0 ? [] : [`planted defects: ${defectTexts(defects).join(', ')}`]),
    ...(supervisor.alive
      ? []
      : [`the supervisor is gone: nothing is restarted; end this testbed: ${typed('down', instance)}`]),
    ...(complete
      ? [`target file: ${status.targetFile}`]
      : [`half made: ${typed('up', instance)} has not come to its end`]),
  ];
}
