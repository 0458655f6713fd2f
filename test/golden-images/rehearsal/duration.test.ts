import { parseDuration } from '../../../golden-images/src/rehearsal/duration';

test.each([['PT1H', 3_600_000], ['P1D', 86_400_000], ['P1DT12H30M5S', 131_405_000], ['p2w', 1_209_600_000], ['PT0S', 0]])('%s', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each(['', 'P', 'PT', '1H', 'P1H', 'P1Y', 'P1M', 'PT1.5H', 'PT-1H', '60'])('%s is no duration of a fixed length', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
