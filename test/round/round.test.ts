import {describe, expect, it} from 'vitest';
import {createRound, needsNote, suggest} from '../../src/round/round.ts';
import {finding, startedAt} from './samples.ts';

const base = {service: 'checkout', environment: 'production', operator: 'alice', startedAt, timeZone: 'Europe/Berlin', steps: []};

describe('suggest', () => {
	it('suggests ok with the summary when the result is ok', () => {
		expect(suggest(finding())).toEqual({verdict: 'ok', reason: 'all answer 200'});
	});

	it.each(['warning', 'critical'] as const)('suggests an anomaly with the first reason when the result is %s', (status) => {
		const reasons = [{status, subject: 'api-54fb9', text: '14 restarts, usual 0'}];
		expect(suggest(finding({status, reasons}))).toEqual({verdict: 'anomaly', reason: 'api-54fb9: 14 restarts, usual 0'});
		expect(suggest(finding({status, summary: '2 failing'}))).toEqual({verdict: 'anomaly', reason: '2 failing'});
	});

	it('suggests to skip an unknown result, never to accept it', () => {
		expect(suggest(finding({status: 'unknown', summary: 'Stripe answered 403'}))).toEqual({
			verdict: 'skipped',
			reason: 'Stripe answered 403',
		});
	});

	it('suggests nothing when only a person can judge', () => {
		expect(suggest(undefined).verdict).toBeUndefined();
		expect(suggest(finding({status: 'unknown'}), {byEye: true}).verdict).toBeUndefined();
	});
});

describe('needsNote', () => {
	it.each([
		['ok', 'ok', false],
		['ok', 'warning', true],
		['ok', 'unknown', true],
		['anomaly', 'critical', false],
		['anomaly', 'ok', false],
		['skipped', 'ok', true],
	] as const)('%s over %s: %s', (kind, status, expected) => {
		expect(needsNote(finding({status}), kind)).toBe(expected);
	});

	it('requires a note when there is no reading yet', () => {
		expect(needsNote(undefined, 'ok')).toBe(true);
	});
});

describe('createRound', () => {
	it('has an id of the minute in the zone, the service and the operator', () => {
		expect(createRound(base).id).toBe('2026-11-20T0831-checkout-production-alice');
		expect(createRound({...base, timeZone: 'America/Los_Angeles'}).id).toBe('2026-11-19T2331-checkout-production-alice');
	});

	it('has an id that is a valid file name for any names', () => {
		const id = createRound({...base, service: '../../etc', environment: 'prod/eu 1', operator: '..'}).id;
		expect(id).toBe('2026-11-20T0831-etc-prod-eu-1-x');
	});

	it('gives two rounds of one minute different ids', () => {
		const taken = ['2026-11-20T0831-checkout-production-alice', '2026-11-20T0831-checkout-production-alice-2'];
		expect(createRound({...base, taken}).id).toBe('2026-11-20T0831-checkout-production-alice-3');
	});
});
