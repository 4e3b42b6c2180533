/** Changing one issue in Sentry: always by its id, for a change without one hits everything that a query matches. */
import * as z from 'zod';
import type {Act, Choice, Prepared} from '../../round/outside/act.ts';
import type {OutsideWrite} from '../../round/outside/outside-write.ts';
import type {Issue} from '../../ports/issue-source.ts';
import {SourceError} from '../../base/source-error.ts';
import {createJsonClient, type JsonClient} from '../http/request.ts';
import {createSender} from '../http/send-request.ts';
import type {SentryOptions} from './sentry.ts';

type Options = Pick<SentryOptions, 'url' | 'organization' | 'credential' | 'clock' | 'timeoutMs'>;

const person = z.object({id: z.string(), name: z.string().nullish(), email: z.string().nullish()});
const members = z.array(z.object({email: z.string().nullish(), name: z.string().nullish(), user: person.nullish()}));
const teams = z.array(z.object({id: z.string(), slug: z.string()}));

const unassigned: Choice = {value: 'nobody', label: 'nobody'};

/** By what is sent of someone: what they are called. */
type Names = Map<string, string>;

/** Members by name, then teams; what may not be listed is told, and an e-mail address always does. */
async function assignees(
	client: JsonClient,
	{organization, issue, names}: {readonly organization: string; readonly issue: Issue; readonly names: Names},
	signal: AbortSignal,
): Promise<Prepared> {
	const path = `api/0/organizations/${organization}`;
	const notes: string[] = [];
	const list = async <T>(what: string, scope: string, read: () => Promise<readonly T[]>): Promise<readonly T[]> => {
		try {
			return await read();
		} catch (error) {
			if (!(error instanceof SourceError) || error.kind === 'missing-credential') throw error;
			const why = error.kind === 'forbidden' ? `the token lacks the scope ${scope}` : error.message;
			notes.push(`the ${what} could not be listed: ${why}`);
			return [];
		}
	};
	const [people, groups] = await Promise.all([
		list('members', 'member:read', async () => (await client.get(`${path}/members/`, {schema: members, signal})).data),
		list('teams', 'team:read', async () => (await client.get(`${path}/teams/`, {schema: teams, signal})).data),
	]);
	const choices: readonly Choice[] = [
		...people.flatMap(({user, name, email}): readonly Choice[] => {
			// Who is invited and has not come yet cannot be given anything.
			if (!user) return [];
			const value = `user:${user.id}`;
			const called = [user.name ?? name, user.email ?? email].filter((one) => one !== undefined && one !== null && one !== '');
			names.set(value, called[0] ?? value);
			return [{value, label: called.join('  ')}];
		}),
		...groups.map(({id, slug}) => {
			const value = `team:${id}`;
			names.set(value, `#${slug}`);
			return {value, label: `#${slug}  team`};
		}),
		...(issue.assignee === undefined ? [] : [unassigned]),
	];
	const hint =
		choices.length > 0 ? 'Press up or down to choose. Type to filter, also by e-mail address.' : 'the e-mail address of a member';
	return {fields: [{id: 'assignee', label: 'assign to', value: '', choices, free: true, hint}], notes};
}

/** What can be done to an issue. */
export function createSentryActs(options: Options): (issue: Issue) => readonly Act[] {
	const root = options.url.replace(/\/+$/, '').replace(/\/api\/0$/, '');
	const organization = encodeURIComponent(options.organization);
	const {credential} = options;
	const common = {
		source: 'Sentry',
		url: root,
		clock: options.clock,
		credential,
		...(options.timeoutMs === undefined ? {} : {timeoutMs: options.timeoutMs}),
	};
	const sender = createSender({
		...common,
		permission: `The token in ${credential.name} needs the scope event:write (Sentry: Settings, Auth Tokens). Until then press o to open the issue in the browser.`,
	});
	const client = createJsonClient({...common, permission: `The token in ${credential.name} may not list members or teams`});

	const change = (
		issue: Issue,
		of: {readonly verb: string; readonly title: string; readonly done: string; readonly body: object},
	): OutsideWrite => {
		const sent = sender.request('PUT', `api/0/organizations/${organization}/issues/${encodeURIComponent(issue.id)}/`, of.body);
		return {
			id: `sentry-${of.verb}:${issue.id}`,
			system: 'Sentry',
			title: of.title,
			sent,
			run: () => sender.send(sent, () => ({state: 'done', text: `${issue.shortId} ${of.done}`})),
		};
	};

	return (issue) => {
		const {id, shortId} = issue;
		const names: Names = new Map();
		const plain = (
			verb: string,
			of: {readonly title: string; readonly about: string; readonly done: string; readonly body: object},
		): Act => ({
			id: `sentry-${verb}:${id}`,
			title: of.title,
			about: of.about,
			write: () => change(issue, {verb, title: `${of.title} ${shortId} in Sentry`, done: of.done, body: of.body}),
		});
		return [
			plain('review', {
				title: 'mark reviewed',
				about: 'Sentry: it leaves “For Review”, nothing else changes',
				done: 'is marked as reviewed in Sentry',
				body: {inbox: false},
			}),
			{
				id: `sentry-assign:${id}`,
				title: 'assign',
				about: `Sentry: to a member or a team. Now assigned to ${issue.assignee ?? 'no one'}`,
				prepare: (signal) => assignees(client, {organization, issue, names}, signal),
				write({assignee = ''}) {
					if (assignee !== unassigned.value && !/^(user|team):.+|^[^\s@]+@[^\s@]+$/.test(assignee)) {
						return {problem: 'choose someone, or type an e-mail address', field: 'assignee'};
					}
					const nobody = assignee === unassigned.value;
					const who = names.get(assignee) ?? assignee;
					return change(issue, {
						verb: 'assign',
						title: nobody ? `take ${shortId} from ${issue.assignee ?? 'its assignee'} in Sentry` : `assign ${shortId} to ${who} in Sentry`,
						done: nobody ? 'is unassigned in Sentry' : `is assigned to ${who} in Sentry`,
						body: {assignedTo: nobody ? '' : assignee},
					});
				},
			},
			plain('resolve', {
				title: 'resolve',
				about: 'Sentry: it counts as solved until it comes again',
				done: 'is resolved in Sentry',
				body: {status: 'resolved'},
			}),
			plain('archive', {
				title: 'archive',
				about: 'Sentry: it is out of sight until it escalates',
				done: 'is archived in Sentry until it escalates',
				body: {status: 'ignored', substatus: 'archived_until_escalating'},
			}),
		];
	};
}
