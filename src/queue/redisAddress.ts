import { describeValue } from '../core/require';

const EXAMPLE = 'redis://user:password@host:6379/0, or rediss:// for TLS';

/**
 * Where a Redis server is, without user and password: the only form in which an address may be printed.
 *
 * @throws TypeError or RangeError for anything but the address of a Redis server; what came is not repeated, it may hold a password
 */
export function redisPlace(url: string): string {
  if (typeof url !== 'string') {
    throw new TypeError(
      `Cannot connect to Redis: an address is required (${EXAMPLE}), ${describeValue(url)} came`,
    );
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !['redis:', 'rediss:'].includes(parsed.protocol) || parsed.hostname === '') {
    throw new RangeError(`Cannot connect to Redis: the address must be like ${EXAMPLE}`);
  }
  try {
    decodeURIComponent(`${parsed.username}${parsed.password}`);
  } catch {
    throw new RangeError(
      'Cannot connect to Redis: in user and password a % must be written as %25 (percent-encoding)',
    );
  }
  const { hostname, port, pathname } = parsed;
  return `${hostname}:${port || 6379}${pathname === '/' ? '' : pathname}`;
}

/** A text without the parts of an address that nobody may read, in case an error repeats them. */
export function withoutSecrets(text: string, url: string): string {
  const { username, password } = new URL(url);
  return [password, decodeURIComponent(password), username]
    .filter(secret => secret !== '' && secret !== 'default')
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}
