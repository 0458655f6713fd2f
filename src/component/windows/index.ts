export * from './app-deploy-toolkit';
export * from './chocolatey';
export * from './exe';
export * from './exit-codes';
export * from './msi';
export * from './powershell-script';
export { UpdateFilter } from './update-filter';
export * from './windows-update';
export * from './winget';
