import { describe, expect, it } from 'vitest';
import { base64 } from './base64.ts';
import { REDACTED, redactorOf } from './redact.ts';

const secret = `p@ss/w+rd "x" <1>&'é`;
const { redact, excerpt, redactValue } = redactorOf([secret, `user:${secret}`]);

const unicode = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;

describe('redaction', () => {
  it.each([
    ['raw', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['percent-encoded in small letters', encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
    ['as in a form', new URLSearchParams({ '': secret }).toString().slice(1)],
    ['as URL parses it', encodeURI(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for URLs', Buffer.from(secret).toString('base64url')],
    ['as basic credentials', Buffer.from(`user:${secret}`).toString('base64')],
    ['as JSON has it', JSON.stringify(secret).slice(1, -1)],
    ['as JSON in JSON has it', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    [
      'as HTML has it',
      secret.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;'),
    ],
    ['as PHP has it in JSON', JSON.stringify(secret).slice(1, -1).replace(/\//g, '\\/')],
    ['with \\u for all that is not plain', secret.replace(/[^\x20-\x7e]|[&<>"'+`]/g, (sign) => unicode(sign))],
    ['with \\U', secret.replace(/[^\x20-\x7e]|[&<>"'+`]/g, (sign) => unicode(sign).toUpperCase().replace('U', 'u'))],
    ['with numbers for signs', secret.replace(/[^\x20-\x7e]|[&<>"'+`]/g, (sign) => `&#${sign.charCodeAt(0)};`)],
    ['with &#x for signs', secret.replace(/[^A-Za-z0-9]/g, (sign) => `&#x${sign.charCodeAt(0).toString(16)};`)],
  ])('takes a secret out that stands there %s', (_form, text) => {
    expect(redact(`before ${text} after`)).toBe(`before ${REDACTED} after`);
  });

  it('takes credentials out that nobody told of: userinfo of URLs, and what an Authorization header carries', () => {
    const nobody = redactorOf([]);
    expect(nobody.redact('amqp://me:hush@mq:5672/v')).toBe(`amqp://${REDACTED}@mq:5672/v`);
    expect(nobody.redact('amqp://me:hu@sh@mq:5672/v')).toBe(`amqp://${REDACTED}@mq:5672/v`);
    expect(nobody.redact('{"authorization":"Bearer abc.def"}')).toBe(`{"authorization":"Bearer ${REDACTED}"}`);
  });

  it('leaves no part of a secret where a text is cut', () => {
    expect(excerpt(`12345${secret} and more`, 8)).toBe(`12345${REDACTED}`);
    expect(excerpt('1234567890', 8)).toBe('12345678');
  });

  it('lets no secret slide into a cut text because another one before it became shorter', () => {
    const long = 'L'.repeat(100);
    const both = redactorOf([long, 'shorter-secret']);
    expect(both.excerpt(`${long}${'.'.repeat(60)}shorter-secret`, 170)).not.toContain('short');
  });

  it.each([
    ['the token behind its scheme', 'Token s3cr3t/Zx81+abcDEF', 's3cr3t/Zx81+abcDEF'],
    ['one of several cookies', 'session=0123456789abcdef; theme=dark', '0123456789abcdef'],
    ['one line of several', 'first-line-of-key\nsecond-line-of-key', 'second-line-of-key'],
  ])('takes a part out that is a secret by itself: %s', (_what, whole, part) => {
    expect(redactorOf([whole]).redact(`it was ${part}.`)).toBe(`it was ${REDACTED}.`);
  });

  it('takes a short secret out as a word and never out of the middle of one', () => {
    const short = redactorOf(['guest']);
    expect(short.redact('guest:guest at guestbook, order-guest-1')).toBe(
      `${REDACTED}:${REDACTED} at guestbook, order-guest-1`,
    );
  });

  it('goes through a value and keeps its keys, numbers and empty places', () => {
    expect(redactValue({ a: [secret, 1, null], b: { c: `x ${secret}` } })).toEqual({
      a: [REDACTED, 1, null],
      b: { c: `x ${REDACTED}` },
    });
  });

  it('leaves ids and states alone that are called like a short secret', () => {
    const row = { kind: 'payment', orderId: '1234' };
    expect(redactorOf(['payment', '1234']).redactValue(row)).toBe(row);
  });

  it('changes nothing where there is no secret', () => {
    const { redact: idle } = redactorOf(['']);
    expect(idle('order 5 is lost: http://orders:5231/api?x=1')).toBe('order 5 is lost: http://orders:5231/api?x=1');
  });
});

describe('base64', () => {
  it.each(['', 'a', 'ab', 'abc', 'abcd', 'é€😀', secret])('is what Node makes of %s', (text) => {
    expect(base64(text)).toBe(Buffer.from(text).toString('base64'));
  });
});
