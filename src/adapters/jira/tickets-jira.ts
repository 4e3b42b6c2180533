/** Tickets as issues of a Jira project, through the REST API of Jira Cloud (v3). */
import * as z from 'zod';
import {ticketDocument} from '../../outside/ticket/adf.ts';
import {priorities, priorityNamed} from '../../round/outside/priority.ts';
import {searchWords} from '../../outside/ticket/ticket.ts';
import type {TicketsConfig} from '../../service/service.ts';
import type {Clock} from '../../ports/clock.ts';
import {createJsonClient} from '../http/request.ts';
import type {Credential, Secrets} from '../machine/secrets.ts';
import {createSender} from '../http/send-request.ts';
import type {TicketSystem} from '../../outside/ticket/ticket-system.ts';

const found = z.object({
	issues: z.array(z.object({key: z.string(), fields: z.object({summary: z.string(), priority: z.object({name: z.string()}).nullish()})})),
});
const made = z.object({key: z.string()});

/** JQL's own text, in its quotes. */
const quoted = (text: string) => `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

/** Finds and writes issues. */
export function jiraTickets(
	{url, project, issueType, email, token, priorities: names}: NonNullable<TicketsConfig['jira']>,
	{secrets, clock, timeoutMs}: {readonly secrets: Secrets; readonly clock: Clock; readonly timeoutMs?: number},
): TicketSystem {
	const stored = secrets.credential(token, 'Jira');
	const credential: Credential = {
		name: `${stored.name} for ${email}`,
		value: async () => Buffer.from(`${email}:${await stored.value()}`).toString('base64'),
	};
	const common = {
		source: 'Jira',
		url,
		clock,
		credential,
		scheme: 'Basic' as const,
		permission: `${email} needs the permission “Create issues” in the project ${project}`,
		...(timeoutMs === undefined ? {} : {timeoutMs}),
	};
	const client = createJsonClient(common);
	const sender = createSender(common);
	const page = (key: string) => `${client.url}/browse/${encodeURIComponent(key)}`;

	return {
		name: `Jira ${project}`,
		async find(draft, signal) {
			const words = searchWords(draft);
			if (words.length === 0) return [];
			const said = words.map((word) => `summary ~ ${quoted(word)}`).join(' AND ');
			const jql = `project = ${quoted(project)} AND statusCategory != Done AND ${said} ORDER BY updated DESC`;
			const {data} = await client.get('rest/api/3/search/jql', {
				query: [
					['jql', jql],
					['fields', 'summary,priority'],
					['maxResults', '5'],
				],
				schema: found,
				signal,
			});
			return data.issues.map(({key, fields}) => {
				const priority = priorityNamed(fields.priority?.name, names);
				return {url: page(key), title: `${key} ${fields.summary}`, ...(priority === undefined ? {} : {priority})};
			});
		},
		write(draft) {
			const priority = names?.[priorities.indexOf(draft.priority)];
			const sent = sender.request('POST', 'rest/api/3/issue', {
				fields: {
					project: {key: project},
					issuetype: {name: issueType},
					summary: draft.shortDescription,
					...(priority === undefined ? {} : {priority: {name: priority}}),
					description: ticketDocument(draft),
				},
			});
			return {
				sent,
				run: () =>
					sender.send(sent, (answer) => {
						const key = made.safeParse(answer).data?.key;
						if (key === undefined) return {state: 'done', text: 'The ticket was created. Jira did not return its address.'};
						return {
							state: 'done',
							text: `ticket created: ${page(key)}`,
							ticket: {
								url: page(key),
								title: `${key} ${draft.shortDescription}`,
								priority: draft.priority,
								affectedItem: draft.affectedItem,
							},
						};
					}),
			};
		},
	};
}
