/** Environment variables of the handlers. */
export const environment = {
  /** Name of the DynamoDB table that holds the ledger. */
  ledgerTable: 'LEDGER_TABLE',
  /** URL of the queue on which controllers ask to look again. */
  queueUrl: 'QUEUE_URL',
  /** URL of the queue of the looks of a sweep. */
  sweepQueueUrl: 'SWEEP_QUEUE_URL',
  namespace: 'NAMESPACE',
  /** ARN of the stack that declares the images and fleets. */
  stackId: 'STACK_ID',
  pauseParameter: 'PAUSE_PARAMETER',
} as const;
