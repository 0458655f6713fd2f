/** Every module of Linux, with what steps may say about it. */
export const LINUX = `
schemaVersion: 1.0
parameters:
  - Greeting: {type: string, default: "it's me"}
  - Flavour: {type: string, default: plain}
constants:
  - Folder: {type: string, value: /var/tmp/render-steps}
phases:
  - name: build
    steps:
      - {name: Folder, action: CreateFolder, inputs: [{path: "{{ Folder }}", permissions: "0755", owner: root, group: root}]}
      - {name: File, action: CreateFile, inputs: [{path: "{{ Folder }}/a.txt", content: "{{ Greeting }}", permissions: "0640"}, {path: "{{ Folder }}/b.txt", content: "b"}]}
      - {name: Append, action: AppendFile, inputs: [{path: "{{ Folder }}/a.txt", content: "\\nmore"}]}
      - {name: Say, action: ExecuteBash, inputs: {commands: ["echo $((40 + 2))"]}}
      - {name: Hear, action: ExecuteBash, inputs: {commands: ["echo 'heard {{ build.Say.outputs.stdout }}' > {{ build.Folder.inputs[0].path }}/heard.txt"]}}
      - {name: HearFile, action: CreateFile, inputs: [{path: "{{ Folder }}/heard-file.txt", content: "[{{ build.Say.outputs.stdout }}]"}]}
      - {name: OnlyThen, action: ExecuteBash, if: {stringEquals: "42", value: "{{ build.Say.outputs.stdout }}"}, inputs: {commands: ["touch {{ Folder }}/then.txt"]}}
      - {name: NotThen, action: ExecuteBash, if: {numberGreaterThan: 50, value: "{{ build.Say.outputs.stdout }}"}, inputs: {commands: ["touch {{ Folder }}/not-then.txt"]}}
      - {name: Known, action: ExecuteBash, if: {stringEquals: fancy, value: "{{ Flavour }}"}, inputs: {commands: ["touch {{ Folder }}/fancy.txt"]}}
      - {name: Loop, action: ExecuteBash, loop: {forEach: [one, two]}, inputs: {commands: ["echo {{ loop.index }} {{ loop.value }} >> {{ Folder }}/loop.txt"]}}
      - {name: Count, action: ExecuteBash, loop: {name: n, for: {start: 3, end: 1, updateBy: -1}}, inputs: {commands: ["echo {{ n.value }} >> {{ Folder }}/count.txt"]}}
      - {name: Ignored, action: ExecuteBash, onFailure: Ignore, inputs: {commands: ["exit 9"]}}
      - {name: Tried, action: ExecuteBash, maxAttempts: 3, timeoutSeconds: 90, inputs: {commands: ["echo x >> {{ Folder }}/tried.txt", "[ $(wc -l < {{ Folder }}/tried.txt) -ge 2 ]"]}}
      - {name: Copy, action: CopyFile, inputs: [{source: "{{ Folder }}/a.txt", destination: "{{ Folder }}/copies/"}]}
      - {name: Move, action: MoveFile, inputs: [{source: "{{ Folder }}/b.txt", destination: "{{ Folder }}/c.txt"}]}
      - {name: CopyAll, action: CopyFolder, inputs: [{source: "{{ Folder }}/copies", destination: "{{ Folder }}/all"}]}
      - {name: MoveAll, action: MoveFolder, inputs: [{source: "{{ Folder }}/all", destination: "{{ Folder }}/moved"}]}
      - {name: Link, action: CreateSymlink, inputs: [{path: "{{ Folder }}/link", target: "{{ Folder }}/a.txt"}]}
      - {name: Read, action: ReadFile, inputs: [{path: "{{ Folder }}/c.txt"}]}
      - {name: Use, action: ExecuteBash, inputs: {commands: ["echo {{ build.Read.outputs.content }} > {{ Folder }}/read.txt"]}}
      - {name: List, action: ListFiles, inputs: [{path: "{{ Folder }}", fileNamePattern: "*.txt", recursive: true}]}
      - {name: Encode, action: SetFileEncoding, inputs: [{path: "{{ Folder }}/c.txt", encoding: utf-16-LE}]}
      - {name: Own, action: SetFileOwner, inputs: [{path: "{{ Folder }}/c.txt", owner: root, group: root}]}
      - {name: OwnAll, action: SetFolderOwner, inputs: [{path: "{{ Folder }}", owner: root}]}
      - {name: Permit, action: SetFilePermissions, inputs: [{path: "{{ Folder }}/c.txt", permissions: "0600"}]}
      - {name: PermitAll, action: SetFolderPermissions, inputs: [{path: "{{ Folder }}/moved", permissions: "0700", recursive: false}]}
      - {name: Run, action: ExecuteBinary, inputs: {path: /bin/touch, arguments: ["{{ Folder }}/it's run"]}}
      - {name: Sure, action: Assert, inputs: {and: [{fileExists: "{{ Folder }}/a.txt"}, {folderExists: "{{ Folder }}"}, {not: {fileExists: /nowhere}}, {binaryExists: bash}]}}
      - {name: Remove, action: DeleteFile, inputs: [{path: "{{ Folder }}/c.txt"}]}
      - {name: RemoveAll, action: DeleteFolder, inputs: [{path: "{{ Folder }}/moved", force: true}]}
`;

/** What needs a network, a bucket or a restart. */
export const LINUX_MACHINE = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - {name: Update, action: UpdateOS, inputs: {exclude: [kernel]}}
      - {name: Restart, action: Reboot, if: {fileExists: /var/run/reboot-required}}
      - {name: Web, action: WebDownload, maxAttempts: 2, inputs: [{source: "https://example.com/tool.tgz", destination: /opt/, checksum: ABCDEF, algorithm: SHA256}]}
      - {name: Bucket, action: S3Download, inputs: [{source: "s3://media/tools/agent-1.2.bin", destination: /opt/agent.bin, overwrite: false}]}
      - {name: Again, action: ExecuteBash, inputs: {commands: ["if [ ! -e /var/tmp/once ]; then touch /var/tmp/once; exit 194; fi"]}}
      - {name: GoesOn, action: ExecuteBash, onFailure: Continue, inputs: {commands: ["exit 7"]}}
  - name: test
    steps:
      - {name: Works, action: ExecuteBash, inputs: {commands: ["true"]}}
`;

/** Modules of Windows. */
export const WINDOWS = `
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - {name: Update, action: UpdateOS, inputs: {exclude: [KB5007651]}}
      - {name: File, action: CreateFile, inputs: [{path: 'C:\\a b\\a.txt', content: "it's", encoding: utf16-LE}]}
      - {name: Say, action: ExecutePowerShell, inputs: {commands: ["Write-Output 42"]}}
      - {name: Hear, action: ExecutePowerShell, inputs: {commands: ["Set-Content C:\\\\heard.txt 'heard {{ build.Say.outputs.stdout }}'"]}}
      - {name: Registry, action: SetRegistry, inputs: [
          {path: 'HKLM:\\SOFTWARE\\Some', name: Size, value: 5, type: DWORD},
          {path: 'HKLM:\\SOFTWARE\\Some', name: Data, value: '0AFF', type: BINARY},
          {path: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Some', name: List, value: [a, b], type: MULTI_SZ}]}
      - {name: Package, action: InstallMSI, inputs: {path: 'C:\\media\\some.msi', logFile: 'C:\\some.log', properties: {ALLUSERS: "1"}, allowUnsignedInstaller: true}}
      - {name: Gone, action: UninstallMSI, inputs: {path: 'C:\\media\\old.msi', reboot: Skip}}
      - {name: Web, action: WebDownload, inputs: [{source: "https://example.com/tool.zip", destination: 'C:\\tools\\', checksum: ABCDEF, algorithm: SHA256}]}
      - {name: Bucket, action: S3Download, inputs: [{source: "s3://media/tools/agent.exe", destination: 'C:\\tools\\agent.exe'}]}
      - {name: Wanted, action: Reboot, if: {fileExists: 'C:\\wanted.flag'}}
      - {name: Always, action: Reboot, inputs: {delaySeconds: 30}}
      - {name: Again, action: ExecutePowerShell, inputs: {commands: ["if (-not (Test-Path C:\\\\once)) { New-Item C:\\\\once; exit 3010 }"]}}
      - {name: Ignored, action: ExecutePowerShell, onFailure: Ignore, inputs: {commands: ["exit 9"]}}
      - {name: Tried, action: ExecuteBinary, maxAttempts: 2, timeoutSeconds: 90, inputs: {path: 'C:\\tools\\agent.exe', arguments: ["/install"]}}
      - {name: CopyAll, action: CopyFolder, inputs: [{source: 'C:\\tools', destination: 'C:\\copies\\'}]}
  - name: validate
    steps:
      - {name: Sure, action: Assert, inputs: {or: [{fileExists: 'C:\\a b\\a.txt'}, {stringIsEmpty: "{{ build.Say.outputs.stdout }}"}]}}
  - name: test
    steps:
      - {name: Works, action: ExecutePowerShell, inputs: {commands: ["Get-Service W32Time"]}}
`;
