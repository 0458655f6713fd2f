/** What cfn-lint finds that stays, with the reason: by rule and the beginning of its message. */
export const KNOWN = [
  { rule: 'W3005', message: '', reason: 'The CDK and the library write a dependency on a construct as a whole; that a reference says the same of one of its resources does no harm' },
  { rule: 'W3010', message: 'Avoid hardcoding availability zones', reason: 'The network of the app names its zones, so that nothing is looked up in an account' },
  {
    rule: 'E3002',
    message: "Additional properties are not allowed ('Timezone' was unexpected)",
    reason: 'assumption: schedule-timezone; aws-cdk-lib has the property, the schema of cfn-lint 1.51 does not. Written only where a time zone other than UTC was given',
  },
];
