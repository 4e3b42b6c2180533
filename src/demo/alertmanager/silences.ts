/** Alertmanager's matchers and silences: those of the story, and those that a client posts. */
import * as z from 'zod';
import {alertLabels, alertRules} from './demo-alerts.ts';
import {hexOf} from '../kubernetes/plan/random.ts';
import type {World} from '../kit/world.ts';

export interface Matcher {
	readonly name: string;
	readonly value: string;
	readonly isRegex: boolean;
	readonly isEqual: boolean;
}

export interface Silence {
	readonly id: string;
	readonly matchers: readonly Matcher[];
	readonly startsAt: string;
	readonly endsAt: string;
	readonly updatedAt: string;
	readonly createdBy: string;
	readonly comment: string;
}

/** `name="value"` with `=`, `!=`, `=~`, `!~`; undefined where it is none. */
export function parseMatcher(text: string): Matcher | undefined {
	const match = /^\s*([A-Za-z_][A-Za-z0-9_]*)\s*(=~|!~|!=|=)\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"{}]*))\s*$/.exec(text);
	if (!match?.[1] || !match[2]) return undefined;
	const value = (match[3] ?? match[4] ?? '').replaceAll(/\\(.)/g, '$1');
	return {name: match[1], value, isRegex: match[2].includes('~'), isEqual: !match[2].startsWith('!')};
}

/** Whether all matchers accept the labels; an absent label is an empty one. */
export function accepts(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
	return matchers.every(({name, value, isRegex, isEqual}) => {
		const own = labels[name] ?? '';
		return (isRegex ? new RegExp(`^(?:${value})$`).test(own) : own === value) === isEqual;
	});
}

export function silenceState(silence: Silence, at: number): 'pending' | 'active' | 'expired' {
	if (at >= Date.parse(silence.endsAt)) return 'expired';
	return at >= Date.parse(silence.startsAt) ? 'active' : 'pending';
}

const uuid = (key: string): string => hexOf(key, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-a$4-$5');

/** The silences of the story. */
export function storySilences(world: World): readonly Silence[] {
	return alertRules(world).flatMap((rule) => {
		if (!rule.silence || rule.activeAt === undefined) return [];
		const {by, comment, from, until} = rule.silence;
		const {alertname = '', environment = ''} = alertLabels(rule);
		const exactly = (name: string, value: string): Matcher => ({name, value, isRegex: false, isEqual: true});
		return [
			{
				id: uuid(`${world.seed} silence ${rule.name}`),
				matchers: [exactly('alertname', alertname), exactly('environment', environment)],
				startsAt: new Date(from).toISOString(),
				endsAt: new Date(until).toISOString(),
				updatedAt: new Date(from).toISOString(),
				createdBy: by,
				comment,
			},
		];
	});
}

const posted = z.object({
	id: z.string().optional(),
	matchers: z
		.array(z.object({name: z.string().min(1), value: z.string(), isRegex: z.boolean().default(false), isEqual: z.boolean().default(true)}))
		.min(1),
	startsAt: z.iso.datetime({offset: true}),
	endsAt: z.iso.datetime({offset: true}),
	createdBy: z.string(),
	comment: z.string(),
});

/** A posted silence, or the sentence Alertmanager refuses it with. */
export function readSilence(body: string, context: {readonly world: World; readonly count: number}): Silence | string {
	let json: unknown;
	try {
		json = JSON.parse(body);
	} catch {
		return 'parsing silence body from "" failed, because invalid character in JSON';
	}
	const parsed = posted.safeParse(json);
	if (!parsed.success) return `silence.${parsed.error.issues[0]?.path.join('.') ?? ''} in body is required`;
	const now = context.world.clock.now();
	const {startsAt, endsAt} = parsed.data;
	if (Date.parse(endsAt) <= Date.parse(startsAt)) return 'Failed to create silence: start time must be before end time';
	if (Date.parse(endsAt) < now) return "Failed to create silence: end time can't be in the past";
	const id = parsed.data.id || uuid(`${context.world.seed} posted silence ${context.count}`);
	return {...parsed.data, id, updatedAt: new Date(now).toISOString()};
}
