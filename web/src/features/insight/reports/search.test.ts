import { expect, test } from 'vitest';
import { askedOf, changeOf, readReportSearch } from './search';

test('a report covers the last thirty days unless the address says otherwise', () => {
  expect(readReportSearch({ span: 'decade', from: '2026-11-01' })).toEqual({});
  expect(askedOf({}, '2026-11-30')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  expect(askedOf(readReportSearch({ span: 7 }), '2026-11-30')).toEqual({
    from: '2026-11-24',
    to: '2026-11-30',
  });
});

test('a span of one’s own keeps its days, and only days', () => {
  const search = readReportSearch({ span: 'custom', from: '2026-10-01', to: 'tomorrow' });
  expect(search).toEqual({ span: 'custom', from: '2026-10-01' });
  expect(askedOf(search, '2026-11-30')).toEqual({ from: '2026-10-01', to: '2026-11-30' });
});

test('a change is in percent, and none where there was nothing before', () => {
  expect([changeOf(150, 100), changeOf(50, 100), changeOf(5, 0)]).toEqual([50, -50, null]);
});
