import { describe, expect, it } from 'vitest';
import { bounds } from '../../thresholds.ts';
import { k6Thresholds } from './k6-thresholds.ts';

describe('thresholds for a plain k6 run', () => {
  it('are the bounds on the metrics that scenarios emit, each trend with a guard against no samples', () => {
    expect(k6Thresholds(bounds, { name: 'smoke' })).toEqual({
      order_completion_time: ['p(90)<5000', 'p(98)<10000', 'max>0'],
      order_flow_time: ['p(90)<5000', 'p(98)<10000', 'max>0'],
      order_failed: ['rate<0.01'],
    });
  });

  it('guard the trends also when only the rate is bounded, which k6 cannot guard by itself', () => {
    const onlyRate = bounds.filter((bound) => bound.metric === 'order_failed');
    expect(k6Thresholds(onlyRate, { name: 'smoke' })).toEqual({
      order_completion_time: ['max>0'],
      order_flow_time: ['max>0'],
      order_failed: ['rate<0.01'],
    });
  });

  it('are none for a profile that promises nothing', () => {
    expect(k6Thresholds(bounds, { name: 'burst' })).toEqual({});
  });

  it('refuse a bound that k6 has no words for', () => {
    const lost = { ...bounds.filter((bound) => bound.metric === 'orders_lost')[0], metric: 'order_failed' };
    expect(() => k6Thresholds([lost as (typeof bounds)[number]], { name: 'smoke' })).toThrow(/S1-DURABLE/);
  });
});
