// The embedded target as other parts of the suite use it: up, down, status, logs, and control of single processes.

export { BrokerControl, brokerAccess } from './broker/broker-control.ts';
export { BROKER_SERIES, type BrokerSeries } from './broker/broker-series.ts';
export { defectTexts } from './defect-options.ts';
export { type DownOptions, type DownResult, down } from './down.ts';
export { type Instance, instanceOf, testbedsFolder } from './instance.ts';
export { type LogsOptions, logs, type ProcessLog } from './logs.ts';
export { type ProcessStatus, type StatusOptions, status, type TestbedStatus } from './status.ts';
export { controlProcess, type ProcessVerb, supervisorState } from './supervisor/control-client.ts';
export { refuseWrongOptions, type UpOptions, type UpResult, up } from './up.ts';
