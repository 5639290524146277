import { describe, expect, it } from 'vitest';
import { redactorOf } from '../config/redact.ts';
import { textField } from '../flows/flow.ts';
import { type HttpAnswer, outcomeOf } from './outcome.ts';

const answer = (parts: Partial<HttpAnswer>): HttpAnswer => ({
  status: 0,
  body: null,
  errorCode: 0,
  errorText: '',
  ...parts,
});
const learnOrderId = (body: Parameters<typeof textField>[0]) => {
  const orderId = textField(body, 'orderId');
  return orderId === null ? null : { orderId };
};
const step = { expectedStatus: [200, 202], learn: learnOrderId };
const judge = (parts: Partial<HttpAnswer>, redactor = redactorOf([])) => outcomeOf(answer(parts), step, { redactor });

describe('the outcome of an HTTP step', () => {
  it('is ok when status and body are what the contract says', () => {
    expect(judge({ status: 202, body: '{"orderId":"o1"}' })).toMatchObject({
      outcome: 'ok',
      learned: { orderId: 'o1' },
    });
  });

  it.each([400, 401, 404, 409, 422, 429])('is fail for %i: the platform refused', (status) => {
    expect(judge({ status })).toMatchObject({ outcome: 'fail', error: { code: `http_${status}` } });
  });

  it.each([500, 502, 503, 504, 408, 425, 301, 204])('is info for %i: nobody knows what was done', (status) => {
    expect(judge({ status })).toMatchObject({ outcome: 'info', error: { code: `http_${status}` } });
  });

  it.each([
    ['connection refused', 1212],
    ['name not found', 1101],
    ['dial timeout', 1211],
    ['unknown certificate authority', 1310],
  ])('is fail for %s: nothing was sent', (_name, errorCode) => {
    expect(judge({ errorCode })).toMatchObject({ outcome: 'fail' });
  });

  it.each([
    ['timeout', 1050, 'timeout'],
    ['reset by peer', 1220, 'network_1220'],
    ['broken pipe', 1201, 'network_1201'],
    ['anything else', 1000, 'network_1000'],
  ])('is info for %s: the request may have arrived', (_name, errorCode, code) => {
    expect(judge({ errorCode })).toMatchObject({ outcome: 'info', error: { code } });
  });

  it.each([
    ['garbage', '<html>'],
    ['half a body', '{"orderId":"o'],
    ['another shape', '{"id":"o1"}'],
    ['no body', ''],
  ])('is info when the answer is %s', (_name, body) => {
    expect(judge({ status: 200, body })).toMatchObject({ outcome: 'info', error: { code: 'malformed_answer' } });
  });

  it('is info when the connection broke while the body was read', () => {
    expect(judge({ status: 200, body: '{"orderId":"o1"}', errorCode: 1220 })).toMatchObject({ outcome: 'info' });
  });

  it.each([
    ['an error', { status: 500 }],
    ['a refusal', { status: 401 }],
    ['a body of another shape', { status: 200 }],
    ['a broken connection', { errorCode: 1220, errorText: 'Get "http://u:Tok3n-of-mine@a": EOF; Tok3n-of-mine' }],
  ])('repeats no secret of the request that the target repeats, in %s', (_what, parts) => {
    const body = `${'.'.repeat(195)}Tok3n-of-mine ${'.'.repeat(500)}`;
    const result = judge({ body, ...parts }, redactorOf(['Tok3n-of-mine']));
    expect(JSON.stringify(result)).not.toContain('Tok3n');
    expect(JSON.stringify(result)).toContain('[redacted]');
  });

  it('does not parse a body that is far too long for an order: nested deep enough, it would end k6', () => {
    const result = judge({ status: 200, body: '['.repeat(300_000) });
    expect(result).toMatchObject({ outcome: 'info', error: { code: 'malformed_answer' } });
  });
});
