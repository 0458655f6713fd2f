export * from './execute-module';
export * from './file-encoding';
export * from './file-inputs';
export * from './file-module';
export * from './install-module';
export * from './ownership-inputs';
export * from './system-module';
export * from './transfer-module';
