import { foreignSender } from '../../../golden-images/src/wire/sender';

const PORT = 4599;

describe('a request', () => {
  test.each([
    { host: 'localhost:4599' },
    { host: 'LOCALHOST:4599' },
    { host: '127.0.0.1:4599' },
    { host: '[::1]:4599' },
    { host: 'my.bucket-1.localhost:4599' },
    { 'host': 'localhost:4599', 'sec-fetch-mode': 'cors' },
    { 'host': 'localhost:4599', 'sec-fetch-site': 'none' },
  ])('of a client on this machine: %j', (headers) => {
    expect(foreignSender({ headers }, PORT)).toBeUndefined();
  });

  test.each([
    [{}, /its Host is ''/],
    [{ host: 'localhost' }, /its Host is 'localhost' and not localhost:4599/],
    [{ host: 'localhost:4598' }, /its Host/],
    [{ host: 'evil.example:4599' }, /its Host/],
    [{ host: 'localhost.evil.example:4599' }, /its Host/],
    [{ host: 'evil-localhost:4599' }, /its Host/],
    [{ host: '127.0.0.1.evil.example:4599' }, /its Host/],
    [{ host: '0.0.0.0:4599' }, /its Host/],
    [{ host: 'a@localhost:4599' }, /its Host/],
    [{ host: 'localhost:4599', origin: 'null' }, /an Origin \(null\)/],
    [{ host: 'localhost:4599', origin: 'http://localhost:4599' }, /an Origin/],
    [{ 'host': 'localhost:4599', 'sec-fetch-site': 'cross-site' }, /Sec-Fetch-Site: cross-site/],
    [{ 'host': 'localhost:4599', 'sec-fetch-site': 'same-site' }, /Sec-Fetch-Site: same-site/],
  ])('of somebody else: %j', (headers, why) => {
    expect(foreignSender({ headers }, PORT)).toMatch(why);
  });

  test('to port 80, which clients leave out', () => {
    expect(foreignSender({ headers: { host: 'localhost' } }, 80)).toBeUndefined();
    expect(foreignSender({ headers: { host: 'localhost:4599' } }, 80)).toMatch(/its Host/);
  });
});
