/** What was announced, read from the sent messages that the round keeps, so that it is known after a crash. Pure. */
import type {OutsideRecord} from '../outside/outside-record.ts';
import type {RoundState} from '../round.ts';
import {clockTimeOf} from '../../base/times.ts';
import {type Investigation, idOf} from '../investigation/investigation.ts';
import type {About, Post} from '../outside/post.ts';

/** A message with when it went out and by whom. */
export interface Sent extends Pick<OutsideRecord, 'at' | 'operator' | 'system' | 'step'> {
	readonly post: Post;
}

export interface Announced {
	readonly original: Sent;
	/** Oldest first. */
	readonly updates: readonly Sent[];
	/** The newest resolution; absent while the incident is open. */
	readonly resolved?: Sent;
}

/** Every message of the round that arrived, in the order they were sent. */
export function postsOf({outside = []}: Pick<RoundState, 'outside'>): readonly Sent[] {
	return outside.flatMap(({at, operator, system, step, outcome}) =>
		outcome?.state === 'done' && outcome.post ? [{at, operator, system, step, post: outcome.post}] : [],
	);
}

/** The newest announcement that `isAbout` accepts, with the messages that followed; undefined if there is none. */
function lastOf(posts: readonly Sent[], isAbout: (sent: Sent) => boolean): Announced | undefined {
	const mine = posts.filter(isAbout);
	const at = mine.findLastIndex(({post}) => post.kind === 'announcement');
	const original = mine[at];
	if (!original) return undefined;
	const later = mine.slice(at + 1);
	const resolved = later.findLast(({post}) => post.kind === 'resolved');
	return {original, updates: later.filter(({post}) => post.kind === 'update'), ...(resolved ? {resolved} : {})};
}

type Round = Pick<RoundState, 'outside'>;

/** What was announced of the investigation, or of a row that it has as evidence before it was opened. */
export function announcedOf(round: Round, investigation: Pick<Investigation, 'id' | 'step' | 'evidence'>): Announced | undefined {
	const rows = new Set(investigation.evidence.filter(({check}) => check === investigation.step).map(({id}) => id));
	return lastOf(
		postsOf(round),
		({step, post}) =>
			step === investigation.step && (post.investigation === idOf(investigation) || (post.row !== undefined && rows.has(post.row))),
	);
}

/** What was announced for a row or a check without an investigation. */
export function announcedAbout(round: Round, step: string, {row}: Pick<About, 'row'>): Announced | undefined {
	return lastOf(postsOf(round), (sent) => sent.step === step && sent.post.investigation === undefined && sent.post.row === row);
}

/** The last announcement of the check, whichever of its rows or investigations it is about. */
export function announcedAt(round: Round, step: string): Announced | undefined {
	const posts = postsOf(round).filter((sent) => sent.step === step);
	const last = posts.findLast(({post}) => post.kind === 'announcement')?.post;
	return last && lastOf(posts, ({post}) => post.investigation === last.investigation && post.row === last.row);
}

/** `announced 08:41, resolved 09:12`. */
export function announcedWords({original, resolved}: Announced, timeZone?: string): string {
	const end = resolved === undefined ? '' : `, resolved ${clockTimeOf(resolved.at, timeZone)}`;
	return `announced ${clockTimeOf(original.at, timeZone)}${end}`;
}

/** What each message did, for a list of what happened: `announced`, `update`, `resolved`. */
export const postWords = {announcement: 'announced', update: 'update', resolved: 'resolved'} as const satisfies Record<
	Post['kind'],
	string
>;
