/** The schema of a round on disk: people edit files by hand, and an error names the invalid field. */
import * as z from 'zod';
import {postKinds} from './outside/post.ts';
import {priorities} from './outside/priority.ts';
import {statuses} from '../base/status.ts';
import {bones, outcomes, stepNames} from './investigation/investigation.ts';
import {methods} from './investigation/methods.ts';

const finite = z.number();
const reason = z.looseObject({status: z.enum(statuses), subject: z.string(), text: z.string(), apart: z.literal(true).optional()});
const evidence = z.looseObject({id: z.string(), check: z.string(), text: z.string(), url: z.string().optional(), at: finite});
const keys = z.array(z.string()).optional();

/** The judgement of a reading. */
export const findingSchema = z.looseObject({
	status: z.enum(statuses),
	summary: z.string(),
	short: z.string(),
	reasons: z.array(reason),
	evidence: z.array(evidence),
});

/** As finished rounds have it; the oldest know no method. */
const investigation = z.looseObject({
	step: z.string().optional(),
	id: z.string().optional(),
	openedAt: finite,
	closedAt: finite.optional(),
	said: z.string().optional(),
	problem: z.string(),
	method: z.enum(methods).optional(),
	whys: z.array(z.string()),
	whysDone: z.boolean().optional(),
	answered: z
		.array(
			z.looseObject({
				text: z.string(),
				level: z.int().min(1).max(5),
				ended: z.literal(true).optional(),
				root: z.literal(true).optional(),
				evidence: keys,
			}),
		)
		.optional(),
	bones: z.array(z.looseObject({bone: z.enum(bones), text: z.string(), evidence: keys})).optional(),
	suspects: z.array(z.looseObject({text: z.string(), clearedBy: z.string().optional(), evidence: keys})).optional(),
	ended: keys,
	answers: z.record(z.string(), z.string()).optional(),
	outcome: z.enum(outcomes).optional(),
	followUp: z.string().optional(),
	earlier: z.array(finite).optional(),
	times: z.partialRecord(z.enum(stepNames), finite).optional(),
	evidence: z.array(evidence).optional(),
	record: z.string().optional(),
});

/** As it must be to be resumed. */
const openInvestigation = investigation.required({step: true, method: true, evidence: true});

const stepWith = (one: typeof investigation | typeof openInvestigation) =>
	z.looseObject({
		id: z.string().min(1),
		title: z.string(),
		verdict: z
			.looseObject({
				kind: z.enum(['ok', 'anomaly', 'skipped']),
				note: z.string().optional(),
				at: finite,
				operator: z.string(),
				finding: findingSchema,
			})
			.optional(),
		notes: z.array(z.looseObject({at: finite, operator: z.string(), text: z.string()})),
		investigation: one.optional(),
		further: z.array(one).optional(),
		tickets: z
			.array(
				z.looseObject({
					url: z.string(),
					title: z.string(),
					at: finite,
					operator: z.string(),
					priority: z.enum(priorities).optional(),
					affectedItem: z.string().optional(),
					investigation: z.string().optional(),
				}),
			)
			.optional(),
	});

const roundWith = (one: typeof investigation | typeof openInvestigation) =>
	z.looseObject({
		version: z.literal(1),
		id: z.string().min(1),
		service: z.string(),
		environment: z.string(),
		operators: z.array(z.string()).min(1),
		startedAt: finite,
		walkedMs: finite,
		closedAt: finite.optional(),
		steps: z.array(stepWith(one)),
		pins: z.array(evidence),
	});

/** A finished round. */
export const roundSchema = roundWith(investigation);

/** A message about an incident. */
const post = z.looseObject({
	kind: z.enum(postKinds),
	text: z.string(),
	investigation: z.string().optional(),
	row: z.string().optional(),
	channel: z.string().optional(),
	ts: z.string().optional(),
	url: z.string().optional(),
});

const draft = z.looseObject({field: z.string(), step: z.string().optional(), investigation: z.string().optional(), text: z.string()});

const openRoundSchema = roundWith(openInvestigation)
	.extend({
		satDownAt: finite.optional(),
		phase: z.enum(['walking', 'closing', 'closed']),
		cursor: z.int().min(0),
		outside: z
			.array(
				z.looseObject({
					id: z.string(),
					step: z.string(),
					system: z.string(),
					title: z.string(),
					at: finite,
					operator: z.string(),
					investigation: z.string().optional(),
					outcome: z.looseObject({state: z.enum(['done', 'failed', 'unsure']), text: z.string(), post: post.optional()}).optional(),
				}),
			)
			.optional(),
		ticks: z.array(z.looseObject({})).optional(),
		draft: draft.optional(),
		laidAside: z.array(draft).optional(),
		investigating: z.looseObject({step: z.string(), id: z.string()}).optional(),
		entry: z.string().optional(),
	})
	.refine(({cursor, steps}) => cursor < Math.max(1, steps.length), {path: ['cursor'], message: 'past the last step'});

/** What is wrong in one clause: `steps[2].verdict.kind: …`. */
export function problemOf({issues}: z.ZodError): string {
	const [first] = issues;
	const place = (first?.path ?? []).map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
	return `${place.replace(/^\./, '') || 'file'}: ${first?.message ?? 'invalid'}`;
}

/** Why this round cannot be resumed, in one clause; undefined if it can. Pure. */
export function roundProblem(value: unknown): string | undefined {
	const parsed = openRoundSchema.safeParse(value);
	return parsed.success ? undefined : problemOf(parsed.error);
}
