/** The outcome as a table. */
export function summary(parentSeconds, results) {
  const rows = [['image', 'stands on', 'layer', 'build', 'validate', 'test', 'outcome'], ...results.map((result) => {
    const { image, layer, phases, good, note } = result;
    const cell = (name) => {
      const phase = phases.find((each) => each.phase === name);
      return phase ? `${phase.good ? '' : 'FAILED '}${phase.seconds.toFixed(1)} s` : '-';
    };
    return [image.name, image.standsOn ?? 'parent', layer ? `${layer.size()} MB` : '-', cell('build'), cell('validate'), cell('test'), good ? 'good' : note ?? 'FAILED'];
  })];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd());
  return ['', ...lines, ...parentSeconds === undefined ? [] : ['', `The parent was unpacked in ${parentSeconds.toFixed(1)} s.`], ''].join('\n');
}
