// The modules that this k6 binary has beside k6's own.

/// <reference path="./amqp/index.d.ts" />
/// <reference path="./ledger/index.d.ts" />
/// <reference path="./shopper/index.d.ts" />
