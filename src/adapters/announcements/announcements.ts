/** Announcing as things to do: the announcement first, then word on how it goes and that it is over; over the one place that the service names. */
import type {AnnounceConfig} from '../../service/service.ts';
import type {Announced} from '../../round/incident/announced.ts';
import {announcementText, resolvedText} from '../../round/incident/announcement.ts';
import {announcementFields, announcementOf, resolvedFields, untilOf, updateFields, updateOf} from '../../round/incident/announce-forms.ts';
import {zonedTime} from '../../round/incident/lead-in.ts';
import type {AnnouncementRequest, Message} from '../../round/incident/incident-message.ts';
import {aboutKey, announceId} from '../../round/outside/post.ts';
import type {Act, Prepared} from '../../round/outside/act.ts';
import type {OutsideWrite} from '../../round/outside/outside-write.ts';
import type {CommandRunner} from '../../ports/commands.ts';
import type {Clock} from '../../ports/clock.ts';
import {clockTimeOf} from '../../base/times.ts';
import {byHand} from './announce-by-hand.ts';
import {commandAnnouncements} from './announce-command.ts';
import {slackAnnouncements} from '../slack/announce-slack.ts';
import type {AnnounceSystem} from '../../outside/announce/announce-system.ts';
import {webhookAnnouncements} from '../slack/announce-webhook.ts';
import type {Secrets} from '../machine/secrets.ts';

export interface AnnounceOptions {
	readonly config: AnnounceConfig | undefined;
	readonly service: string;
	readonly environment: string;
	readonly commands: CommandRunner;
	readonly secrets: Secrets;
	readonly clock: Clock;
	/** Where the team's own commands run; the directory of rounds.yaml. */
	readonly directory: string;
	readonly timeoutMs?: number;
}

/** The place that the configuration names; by hand where it names none. */
export function announceSystem({config, ...world}: AnnounceOptions): AnnounceSystem {
	const {secrets} = world;
	if (config?.command) return commandAnnouncements({...world, command: config.command});
	if (!config?.slack) return byHand;
	const {slack} = config;
	if ('webhook' in slack) return webhookAnnouncements({...world, credential: secrets.credential(slack.webhook, 'Slack')});
	return slackAnnouncements({...world, config: slack, credential: secrets.credential(slack.token, 'Slack')});
}

interface Make {
	readonly system: AnnounceSystem;
	readonly clock: Clock;
	readonly timeZone?: string;
}

const prepared = (value: Prepared) => async () => value;

function writeOf(system: AnnounceSystem, id: string, title: string, message: Message): OutsideWrite {
	const note = system.note(message);
	const written = system.write(message);
	return {
		id,
		system: message.original?.post.channel === undefined ? system.name(message.to) : message.original.system,
		title,
		...(note === undefined ? {} : {notes: [note]}),
		...(written.sent.kind === 'by-hand' ? {} : {message: message.post.text}),
		...written,
	};
}

function announce({step, about, proposal, announced}: AnnouncementRequest, {system}: Make): Act {
	const id = announceId(step, about);
	return {
		id,
		title: announced ? 'announce again' : 'announce',
		about: `${system.name(system.to.value)}: users are affected. The message is filled in.`,
		left: 'Not announced. Your draft is kept. Press A on the row to continue.',
		prepare: prepared({fields: announcementFields(proposal, system.to)}),
		write(values) {
			const facts = announcementOf(values);
			if ('problem' in facts) return facts;
			const to = (values['to'] ?? '').trim();
			if (to === '') return {problem: 'name the channel or person', field: 'to'};
			const message = {post: {kind: 'announcement' as const, ...about, text: announcementText(facts)}, to, facts};
			return writeOf(system, id, `announce ${system.way(to)}`, message);
		},
	};
}

function update({step, about}: AnnouncementRequest, {original, updates}: Announced, {system}: Make): Act {
	// Each is a message of its own: the one before is no reason to warn.
	const id = `announce-update:${step}:${aboutKey(about)}:${original.at}:${updates.length + 1}`;
	return {
		id,
		title: 'update',
		about: `${original.system}: word on how it goes, to what was announced ${clockTimeOf(original.at)}`,
		prepare: prepared({fields: updateFields}),
		write(values) {
			const text = updateOf(values);
			if (typeof text !== 'string') return text;
			const message = {post: {kind: 'update' as const, ...aboutOf(original.post), text}, to: toOf(system, original), original};
			return writeOf(system, id, `update what was announced ${clockTimeOf(original.at)}`, message);
		},
	};
}

function resolve({step, about}: AnnouncementRequest, {original}: Announced, {system, clock, timeZone}: Make): Act {
	const id = `announce-resolved:${step}:${aboutKey(about)}:${original.at}`;
	return {
		id,
		title: 'resolved',
		about: `${original.system}: mark the incident resolved. The original message gets ✅ and the time.`,
		prepare: async () => ({fields: resolvedFields(zonedTime(clock.now(), timeZone))}),
		write(values) {
			const until = untilOf(values);
			if (typeof until !== 'string') return until;
			const text = resolvedText(original.post.text, until);
			const message = {post: {kind: 'resolved' as const, ...aboutOf(original.post), text}, to: toOf(system, original), original, until};
			return writeOf(system, id, `mark what was announced ${clockTimeOf(original.at)} as resolved`, message);
		},
	};
}

const aboutOf = ({investigation, row}: Announced['original']['post']) => ({
	...(investigation === undefined ? {} : {investigation}),
	...(row === undefined ? {} : {row}),
});

/** What follows an announcement goes where that is, or as far as that is not known where announcements go. */
const toOf = (system: AnnounceSystem, {post}: Announced['original']) => post.channel ?? system.to.value;

/** What can be done: to announce; once that is done, to tell how it goes and that it is over. */
export function createAnnounceActs(make: Make): (request: AnnouncementRequest) => readonly Act[] {
	return (request) => {
		const {announced} = request;
		if (!announced) return [announce(request, make)];
		const follow = [update(request, announced, make), resolve(request, announced, make)];
		return announced.resolved ? [...follow, announce(request, make)] : follow;
	};
}
