import {describe, expect, it} from 'vitest';
import {createCommandRunner} from '../../../src/adapters/programs/command-runner.ts';
import {createSecrets} from '../../../src/adapters/machine/secrets.ts';
import {createTicketAct, ticketSystem} from '../../../src/adapters/tickets/tickets.ts';
import type {TicketsConfig} from '../../../src/service/service.ts';
import {sentLines} from '../../../src/round/outside/outside-write.ts';
import type {CommandResult, CommandRunner} from '../../../src/ports/commands.ts';
import {SourceError} from '../../../src/base/source-error.ts';
import {fixedClock, json, loopback, never, queryOf} from '../loopback.ts';

const now = Date.parse('2026-11-20T08:42:00Z');
const clock = fixedClock(now);
const request = {step: 'pods', subject: 'pod:api-1', problem: 'pods: api is killed for memory', evidence: []};
const context = () => ({service: 'checkout', environment: 'production', owner: 'payments', operator: 'alice', now, timeZone: 'UTC'});
const apiToken = 'jira-api-token-1234567890';

interface Call {
	readonly argv: readonly string[];
	readonly input: string | undefined;
	readonly cwd: string | undefined;
}

/** Commands that answer as told and are written down. */
function fakeCommands(answer: (call: Call) => Partial<CommandResult> | Error): CommandRunner & {readonly calls: readonly Call[]} {
	const calls: Call[] = [];
	return {
		calls,
		async run(argv, {input, cwd}) {
			const call = {argv, input, cwd};
			calls.push(call);
			const given = answer(call);
			if (given instanceof Error) throw given;
			return {exitCode: 0, stdout: '', stderr: '', durationMs: 1, ...given};
		},
	};
}

function ticketsOf(config: TicketsConfig | undefined, commands: CommandRunner) {
	const secrets = createSecrets({env: {JIRA_TOKEN: apiToken}, run: commands, baseDirectory: '/'});
	const act = createTicketAct(ticketSystem({config, commands, secrets, clock, directory: '/team', timeoutMs: 5000}), context)(request);
	const prepare = async () => {
		const prepared = await act.prepare?.(never);
		if (!prepared) throw new Error('nothing prepared');
		return prepared;
	};
	const write = async (more: Readonly<Record<string, string>> = {}) => {
		const {fields} = await prepare();
		const written = act.write({...Object.fromEntries(fields.map(({id, value}) => [id, value])), ...more});
		if ('problem' in written) throw new Error(written.problem);
		return written;
	};
	return {act, prepare, write};
}

it('says what to configure where no tracker is', () => {
	const {act} = ticketsOf(
		undefined,
		fakeCommands(() => ({})),
	);
	expect(act.refusal).toContain('set tickets: {github: …}, {jira: …} or {command: …}');
});

describe('GitHub', () => {
	const github = {github: {repository: 'example/checkout', labels: ['ops', 'on call']}};

	it('shows open issues of the same words first, then creates with the body on stdin', async () => {
		const commands = fakeCommands(({argv}) =>
			argv[2] === 'list'
				? {
						stdout:
							'[{"title":"[checkout] pods: api is killed","url":"https://github.com/example/checkout/issues/7","labels":[{"name":"bug"},{"name":"priority:high"}]}]',
					}
				: {stdout: 'Creating issue\nhttps://github.com/example/checkout/issues/8\n'},
		);
		const {prepare, write} = ticketsOf(github, commands);
		expect((await prepare()).existing).toEqual([
			{title: '[checkout] pods: api is killed', url: 'https://github.com/example/checkout/issues/7', priority: 'P2'},
		]);
		expect(commands.calls[0]?.argv.join(' ')).toBe(
			'gh issue list -R example/checkout --state open --limit 5 --json title,url,labels --search pods api killed for memory in:title',
		);
		expect(commands.calls[0]?.argv.at(-1)).toBe('pods api killed for memory in:title');
		const written = await write({priority: 'P1'});
		const {argv, input} = written.sent.kind === 'command' ? written.sent : {argv: [], input: ''};
		const title = '[checkout] pods: api is killed for memory';
		const labels = ['-l', 'ops', '-l', 'on call'];
		expect(argv).toEqual(['gh', 'issue', 'create', '-R', 'example/checkout', '-t', title, '-F', '-', ...labels]);
		expect(await written.run()).toEqual({
			state: 'done',
			text: 'ticket created: https://github.com/example/checkout/issues/8',
			ticket: {
				url: 'https://github.com/example/checkout/issues/8',
				title: '[checkout] pods: api is killed for memory',
				priority: 'P1',
				affectedItem: 'checkout production',
			},
		});
		const sent = commands.calls.at(-1);
		expect(sent).toMatchObject({argv, input});
		expect(sent?.input).toContain('- **priority**: P1\n');
		expect(sentLines(written.sent).join('\n')).toContain(input?.trim() ?? 'nothing');
	});

	it.each([
		['To get started with GitHub CLI, please run:  gh auth login', 'gh is not logged in to GitHub'],
		['HTTP 401: Bad credentials', 'GitHub does not accept the log-in of gh (401)'],
		['GraphQL: Resource not accessible by personal access token (createIssue)', 'GitHub does not allow this on example/checkout (403)'],
		['GraphQL: Could not resolve to a Repository', 'GitHub has no example/checkout'],
		["could not add label: 'ops' not found", 'a label of tickets.github.labels does not exist'],
		['API rate limit exceeded', 'GitHub limits the number of requests'],
		['dial tcp: lookup api.github.com: no such host', 'GitHub cannot be reached'],
		['something else', 'gh ended with exit code 1: something else'],
	])('explains %s', async (stderr, text) => {
		const commands = fakeCommands(({argv}) => (argv[2] === 'list' ? {stdout: '[]'} : {exitCode: 1, stderr}));
		const written = await ticketsOf(github, commands).write();
		expect(await written.run()).toMatchObject({state: 'failed', text: expect.stringContaining(text), advice: expect.any(String)});
	});

	it('continues without gh, and says that nothing was looked for', async () => {
		const missing = new SourceError({source: 'gh', kind: 'not-configured', message: 'gh is not installed, or not in PATH'});
		const {prepare, write} = ticketsOf(
			github,
			fakeCommands(() => missing),
		);
		expect((await prepare()).notes).toEqual(['could not look for tickets that exist already: gh is not installed, or not in PATH']);
		expect(await (await write()).run()).toEqual({
			state: 'failed',
			text: 'gh is not installed, or not in PATH',
			advice: 'Install the GitHub CLI (gh), then gh auth login',
		});
	});

	it('is unsure of what was stopped in the middle', async () => {
		const slow = new SourceError({source: 'gh', kind: 'timeout', message: 'gh did not end within 30 s and was stopped'});
		const commands = fakeCommands(({argv}) => (argv[2] === 'list' ? {stdout: '[]'} : slow));
		expect(await (await ticketsOf(github, commands).write()).run()).toMatchObject({state: 'unsure'});
		const killed = fakeCommands(({argv}) => (argv[2] === 'list' ? {stdout: '[]'} : {exitCode: 137}));
		expect(await (await ticketsOf(github, killed).write()).run()).toMatchObject({state: 'unsure'});
	});
});

describe('Jira', () => {
	const jira = (url: string, more: {readonly priorities?: string[]} = {}) => ({
		jira: {url, project: 'OPS', issueType: 'Task', email: 'alice@example.com', token: 'env:JIRA_TOKEN', ...more},
	});
	const basic = `Basic ${Buffer.from(`alice@example.com:${apiToken}`).toString('base64')}`;
	const nothing = fakeCommands(() => ({}));

	async function server(status = 201, answer: unknown = {id: '1', key: 'OPS-8', self: 'x'}) {
		const asked: {readonly what: string; readonly authorization: string | undefined; readonly body: string}[] = [];
		const searched: URLSearchParams[] = [];
		const url = await loopback((incoming, response) => {
			if (incoming.method === 'GET') {
				searched.push(queryOf(incoming));
				return json(response, {
					issues: [{id: '7', key: 'OPS-7', fields: {summary: 'api is killed', priority: {name: 'Lowest'}}}],
					isLast: true,
				});
			}
			let body = '';
			incoming.on('data', (chunk: Buffer) => {
				body += chunk.toString();
			});
			incoming.on('end', () => {
				asked.push({what: `${incoming.method} ${incoming.url}`, authorization: incoming.headers.authorization, body});
				json(response, answer, {status});
			});
			return undefined;
		});
		return {url, asked, searched};
	}

	it('searches by JQL, creates in ADF, links the page', async () => {
		const {url, asked, searched} = await server();
		const {prepare, write} = ticketsOf(jira(url, {priorities: ['Highest', 'High', 'Medium', 'Low', 'Lowest']}), nothing);
		expect((await prepare()).existing).toEqual([{url: `${url}/browse/OPS-7`, title: 'OPS-7 api is killed', priority: 'P5'}]);
		expect(searched[0]?.get('fields')).toBe('summary,priority');
		expect(searched[0]?.get('jql')).toBe(
			'project = "OPS" AND statusCategory != Done AND summary ~ "pods" AND summary ~ "api" AND summary ~ "killed" AND summary ~ "for" AND summary ~ "memory" ORDER BY updated DESC',
		);
		const written = await write({priority: 'P2'});
		const lines = sentLines(written.sent);
		expect(lines.slice(0, 2)).toEqual([
			`POST ${url}/rest/api/3/issue`,
			'authorization: Basic ••• from env:JIRA_TOKEN for alice@example.com',
		]);
		expect(await written.run()).toEqual({
			state: 'done',
			text: `ticket created: ${url}/browse/OPS-8`,
			ticket: {
				url: `${url}/browse/OPS-8`,
				title: 'OPS-8 [checkout] pods: api is killed for memory',
				priority: 'P2',
				affectedItem: 'checkout production',
			},
		});
		expect(asked).toMatchObject([{what: 'POST /rest/api/3/issue', authorization: basic}]);
		expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({
			fields: {
				project: {key: 'OPS'},
				issuetype: {name: 'Task'},
				priority: {name: 'High'},
				summary: '[checkout] pods: api is killed for memory',
				description: {type: 'doc', version: 1},
			},
		});
	});

	it('leaves the priority field out unless Jira’s names are configured', async () => {
		const {url} = await server();
		const written = await ticketsOf(jira(url), nothing).write();
		const body = JSON.parse(written.sent.kind === 'request' ? (written.sent.body ?? '') : '') as {readonly fields: object};
		expect(body.fields).not.toHaveProperty('priority');
	});

	it.each([
		[400, {errorMessages: [], errors: {issuetype: 'Specify a valid issue type'}}, 'failed', 'issuetype: Specify a valid issue type'],
		[401, {errorMessages: ['Client must be authenticated']}, 'failed', 'does not accept the credential'],
		[403, {errorMessages: ['You do not have permission']}, 'failed', 'does not allow this (403)'],
		[429, {}, 'failed', 'limits the number'],
		[500, {}, 'unsure', 'failed (500)'],
	] as const)('explains %s', async (status, answer, state, text) => {
		const {url} = await server(status, answer);
		const written = await ticketsOf(jira(url), nothing).write();
		expect(await written.run()).toMatchObject({state, text: expect.stringContaining(text)});
	});
});

describe('the team’s own command', () => {
	const command = {command: ['node', 'ticket.mjs'], find: ['node', 'find.mjs']};

	it('gets the ticket as JSON and prints its address', async () => {
		const commands = fakeCommands(({argv}) =>
			argv[1] === 'find.mjs'
				? {stdout: 'looking\nhttps://t.example.com/7 api is killed\nhttps://t.example.com/6\n'}
				: {stdout: 'written: https://t.example.com/8\n'},
		);
		const {prepare, write} = ticketsOf(command, commands);
		expect((await prepare()).existing).toEqual([
			{url: 'https://t.example.com/7', title: 'api is killed'},
			{url: 'https://t.example.com/6', title: 'https://t.example.com/6'},
		]);
		const written = await write({assignedTo: 'bob', priority: 'P2'});
		expect(await written.run()).toMatchObject({state: 'done', ticket: {url: 'https://t.example.com/8'}});
		const sent = commands.calls.at(-1);
		expect(sent).toMatchObject({argv: ['node', 'ticket.mjs'], cwd: '/team'});
		expect(JSON.parse(sent?.input ?? '')).toMatchObject({
			affectedItem: 'checkout production',
			assignmentGroup: 'payments',
			assignedTo: 'bob',
			shortDescription: '[checkout] pods: api is killed for memory',
			created: '2026-11-20 08:42 +00:00 by alice',
			priority: 'P2',
		});
	});

	it('runs nothing to look for tickets unless it is told what', async () => {
		const commands = fakeCommands(() => ({}));
		const {prepare, write} = ticketsOf({command: ['node', 'ticket.mjs']}, commands);
		expect((await prepare()).notes).toEqual(['Existing tickets were not searched. Set find: next to command:.']);
		expect(commands.calls).toEqual([]);
		expect(await (await write()).run()).toEqual({state: 'done', text: 'The ticket was created. Its address was not printed.'});
	});

	it('runs for real, and its last words are told', async () => {
		const failing = {command: [process.execPath, '-e', 'console.error("tracker is down"); process.exit(3)']};
		const written = await ticketsOf(
			{...failing},
			{run: (argv, options) => createCommandRunner().run(argv, {...options, cwd: '/'})},
		).write();
		expect(await written.run()).toMatchObject({state: 'failed', text: expect.stringMatching(/ended with exit code 3: tracker is down$/)});
	});
});
