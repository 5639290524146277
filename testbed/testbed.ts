// The embedded target as other parts of the suite use it: up, down, status, logs, and control of single processes.

export { BrokerControl, brokerAccess } from './broker/broker-control.ts';
export { BROKER_SERIES, type BrokerSeries } from './broker/broker-series.ts';
export { DatabaseControl } from './database/database-control.ts';
export { defectTexts } from './defect-options.ts';
export { DiskControl } from './disk/disk-control.ts';
export { type DownOptions, type DownResult, down } from './down.ts';
export { FaultProxyControl } from './fault-proxy/fault-proxy-control.ts';
export { LINKS } from './fault-proxy/links.ts';
export { type GameDayGround, refuseWithoutGround } from './game-day-ground.ts';
export { type Instance, instanceOf, testbedsFolder } from './instance.ts';
export { type LogsOptions, logs, type ProcessLog } from './logs.ts';
export { BROKER_NAMES, SERVICE_NAMES } from './network/address-plan.ts';
export { type Cut, NetworkControl } from './network/cuts.ts';
export { brokerQueues } from './order-system/queries.ts';
export { environmentOf } from './processes/launch.ts';
export { ProcessControl } from './processes/process-control.ts';
export { identityOf, isAlive, type ProcessIdentity } from './processes/process-identity.ts';
export { type ProcessStatus, type StatusOptions, status, type TestbedStatus } from './status.ts';
export { controlProcess, type ProcessVerb, supervisorState } from './supervisor/control-client.ts';
export { refuseWrongOptions, type UpOptions, type UpResult, up } from './up.ts';
