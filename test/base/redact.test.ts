import {expect, test} from 'vitest';
import {redact, secretsOf} from '../../src/base/redact.ts';

test('replaces a secret in every form it is written in', () => {
	const secret = 'p@ss"w/rd';
	const basic = Buffer.from(secret).toString('base64');
	const text = `${secret} ${encodeURIComponent(secret)} ${JSON.stringify({secret})} ${basic} p@ss`;
	expect(redact(text, [secret])).toBe('••• ••• {"secret":"•••"} ••• p@ss');
});

test('leaves no rest when a secret contains another one', () => {
	expect(redact('abc-def-ghi and def', ['def', 'abc-def-ghi'])).toBe('••• and •••');
});

test('replaces the path and the password when the secret is an address', () => {
	const webhook = 'https://hooks.slack.com/services/T0001/B0001/a1b2c3';
	expect(redact('POST hooks.slack.com/services/T0001/B0001/a1b2c3 404', [webhook])).toBe('POST hooks.slack.com/••• 404');
	expect(redact('the password hunter22 of bob', ['postgres://bob:hunter22@db/shop'])).toBe('the password ••• of bob');
	expect(redact('item 42 of shop', ['https://publickey@sentry.io/42'])).toBe('item 42 of shop');
});

test('changes nothing when there is no secret', () => {
	expect(redact('text', [''])).toBe('text');
	expect(redact('text', [])).toBe('text');
});

test('finds the secrets of a request in its headers', () => {
	const basic = Buffer.from('alice:hunter22').toString('base64');
	expect(secretsOf({authorization: 'Bearer abc', accept: 'application/json'})).toEqual(['abc']);
	expect(secretsOf({Authorization: `Basic ${basic}`})).toEqual([basic, 'hunter22']);
	expect(secretsOf({'X-Api-Key': 'k 1', 'X-Scope-OrgID': 'shop'})).toEqual(['k 1']);
});
