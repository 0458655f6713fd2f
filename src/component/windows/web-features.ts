/**
 * Names of the role services of IIS, as `Get-WindowsFeature Web-*` lists them on Windows Server 2016 to 2025: those of Server Core (Microsoft
 * Learn, "Roles, Role Services, and Features included in Windows Server - Server Core"), with the two consoles that only a desktop has.
 * `Web-Lgcy-Mgmt-Console` is gone from 2025 (Microsoft Learn, "Features removed or no longer developed starting with Windows Server 2025").
 */
export const WEB_FEATURES: readonly string[] = [
  'Server', 'WebServer', 'WHC', 'Application-Proxy',
  'Common-Http', 'Default-Doc', 'Dir-Browsing', 'Http-Errors', 'Static-Content', 'Http-Redirect', 'DAV-Publishing',
  'Health', 'Http-Logging', 'Custom-Logging', 'Log-Libraries', 'ODBC-Logging', 'Request-Monitor', 'Http-Tracing',
  'Performance', 'Stat-Compression', 'Dyn-Compression',
  'Security', 'Filtering', 'Basic-Auth', 'CertProvider', 'Client-Auth', 'Digest-Auth', 'Cert-Auth', 'IP-Security', 'Url-Auth', 'Windows-Auth',
  'App-Dev', 'Net-Ext', 'Net-Ext45', 'AppInit', 'ASP', 'Asp-Net', 'Asp-Net45', 'CGI', 'ISAPI-Ext', 'ISAPI-Filter', 'Includes', 'WebSockets',
  'Ftp-Server', 'Ftp-Service', 'Ftp-Ext',
  'Mgmt-Tools', 'Mgmt-Console', 'Mgmt-Compat', 'Metabase', 'Lgcy-Mgmt-Console', 'Lgcy-Scripting', 'WMI', 'Scripting-Tools', 'Mgmt-Service',
].map((name) => `Web-${name}`);
