import { afterEach, describe, expect, it, vi } from 'vitest';
import { httpHeaders } from './http-headers.ts';

afterEach(() => vi.unstubAllEnvs());

describe('the headers of a target', () => {
  it('are its own, in small letters, and the authorization that it asks for', () => {
    vi.stubEnv('SOME_TOKEN', 'abc-token');
    expect(httpHeaders({ headers: { 'X-Tenant': 'a', 'X-Key': 'env:SOME_TOKEN' } })).toEqual({
      'x-tenant': 'a',
      'x-key': 'abc-token',
    });
    expect(httpHeaders({ auth: { bearer: 'env:SOME_TOKEN' } })).toEqual({ authorization: 'Bearer abc-token' });
    expect(httpHeaders({ auth: { basic: { user: 'me', password: 'env:SOME_TOKEN' } } })).toEqual({
      authorization: `Basic ${Buffer.from('me:abc-token').toString('base64')}`,
    });
  });

  it('refuse with 64 a secret that is not set, and one that no header can carry, without repeating it', () => {
    expect(() => httpHeaders({ auth: { bearer: 'env:NOT_SET_ANYWHERE' } })).toThrow(/env:NOT_SET_ANYWHERE is not set/);
    vi.stubEnv('SOME_TOKEN', 'two\nlines');
    expect(() => httpHeaders({ auth: { bearer: 'env:SOME_TOKEN' } })).toThrow(
      /^the value of the header authorization holds/,
    );
  });
});
