import type { Language } from './language';
import { powershellCondition } from './powershell-condition';
import { powershellModules } from './powershell-modules';
import { powershellText } from './powershell-text';
import { powershellQuoted as quoted } from '../../../../src/component/step/quoting';
import { STRICT } from '../../../../src/component/step/strict';

const FOLDER = 'C:\\Windows\\Temp\\golden-images-render\\';

/** Windows: Windows PowerShell, as SYSTEM. */
export const powershell: Language = {
  name: 'powershell',
  extension: '.ps1',
  folder: FOLDER,
  againCode: 3010,
  strict: STRICT,
  modules: powershellModules,
  quoted,
  content: ({ file }) => `([IO.File]::ReadAllText(${quoted(file)}) -replace '\\r?\\n\\z', '')`,
  joined: (expressions) => (expressions.length === 1 ? expressions[0]! : `('' + ${expressions.join(' + ')})`),
  condition: powershellCondition,
  fileExists: (path) => `Test-Path -LiteralPath ${quoted(path)} -PathType Leaf`,
  guard: (condition, whenTrue, whenFalse) => {
    const lines = (outcome: string): string => (outcome === 'Skip' ? 'exit 0' : "throw 'the condition of this step ends the build'");
    return [
      ...whenTrue === 'Execute' ? [] : [`if (${condition}) { ${lines(whenTrue)} }`],
      ...whenFalse === 'Execute' ? [] : [`if (-not (${condition})) { ${lines(whenFalse)} }`],
    ];
  },
  text: powershellText,
  take: (from, to, name, overwrite, { word }) => [
    `$target = ${word(to)}`,
    `if ($target -match '[\\\\/]$' -or (Test-Path -LiteralPath $target -PathType Container)) { $target = Join-Path $target ${quoted(name)} }`,
    ...overwrite ? [] : ['if (Test-Path -LiteralPath $target) { throw "$target exists, and overwrite is false" }'],
    `Move-Item -LiteralPath ${quoted(from)} -Destination $target -Force`,
  ],
  failIfFailed: () => [`if (Test-Path '${FOLDER}failed') { throw "these steps failed: $(Get-Content '${FOLDER}failed')" }`],
  removeFolder: () => [`Remove-Item -LiteralPath '${FOLDER.slice(0, -1)}' -Recurse -Force -ErrorAction SilentlyContinue`],
};
