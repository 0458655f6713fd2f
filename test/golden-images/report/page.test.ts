import { parsePage } from './parse-page';
import { HOSTILE, reportOf } from './report';
import { page } from '../../../golden-images/src/report/html/page';

const named = (elements: ReturnType<typeof parsePage>, name: string) => elements.filter((element) => element.name === name);

describe('the page', () => {
  const elements = parsePage(page(reportOf('web')));

  test('says that it is a model', () => {
    expect(elements.find(({ attributes }) => attributes.class === 'model')!.text).toMatch(/^This is a model/);
  });

  test('shows images above fleets above healthy targets, in one chart', () => {
    const chart = named(elements, 'svg');
    expect(chart).toHaveLength(1);
    expect(named(elements, 'text').filter(({ attributes }) => attributes.class === 'label').map(({ text }) => text)).toEqual(['image web', 'fleet web', 'healthy targets']);
    expect(named(elements, 'rect').map(({ attributes, text }) => `${attributes.class}: ${text}`)).toEqual([
      'build available: web web: AVAILABLE, 2026-01-06 10:00',
      'build building: web 1.0.0/2: BUILDING, 2026-01-20 08:50',
      'rollout committed: image web: committed, 2026-01-13 09:00 to 2026-01-13 10:00',
    ]);
    expect(named(elements, 'path').map(({ attributes }) => attributes.class)).toEqual(['move', 'healthy']);
  });

  test('stands in the order of time', () => {
    const [, building, rollout] = named(elements, 'rect').map(({ attributes }) => Number(attributes.x));
    expect(rollout!).toBeLessThan(building!);
    expect(named(elements, 'text').filter(({ attributes }) => attributes.class === 'tick').length).toBeGreaterThan(3);
  });

  test('needs nothing from elsewhere', () => {
    expect(elements.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => /^(src|href|on\w+|style)$/.test(name))).toEqual([]);
    expect(named(elements, 'script')).toEqual([]);
    expect(elements.find(({ attributes }) => attributes['http-equiv'])!.attributes.content).toBe("default-src 'none'; style-src 'unsafe-inline'");
    expect(named(elements, 'style')[0]!.text).not.toMatch(/url\(|@import/);
  });
});

test('whatever a name is, the page has the same elements and shows the name as it is', () => {
  const tame = parsePage(page(reportOf('web')));
  const hostile = parsePage(page(reportOf(HOSTILE)));
  expect(hostile.map(({ name }) => name)).toEqual(tame.map(({ name }) => name));
  expect(named(hostile, 'title')[0]!.text).toBe(HOSTILE);
  expect(named(hostile, 'td').filter(({ text }) => text === HOSTILE).length).toBeGreaterThanOrEqual(8);
});

test('an app without images and fleets has a page, too', () => {
  const { chart, ...report } = reportOf('web');
  const emptyChart = { ...chart, endedAt: chart.startedAt, images: [], fleets: [], healthy: [] };
  const empty = { ...report, images: [], fleets: [], leftovers: [], checks: [], timeline: [], chart: emptyChart };
  const text = page(empty);
  expect(() => parsePage(text)).not.toThrow();
  expect(text).not.toMatch(/NaN|undefined|Infinity/);
});
