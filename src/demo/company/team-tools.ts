/**
 * What the team's own scripts ask: when each database was last restorable, which vulnerabilities are open, which
 * tickets there are.
 * The scripts run as commands of the checks, so they are written into the company's directory and talk to this server.
 */
import * as z from 'zod';
import {withFaults} from '../kit/faults.ts';
import {requireBearer, sendJson, startServer, type DemoRequest, type Handler} from '../kit/http-server.ts';
import type {DemoServer, World} from '../kit/world.ts';

const day = 86_400_000;

/** Prints what an address answers: `node ask.mjs ADDRESS TOKEN_FILE`. Exit 1 and the reason where it does not answer 200. */
export const askScript = `import {readFileSync} from 'node:fs';
const [address, tokenFile] = process.argv.slice(2);
try {
	const answer = await fetch(address, {headers: {authorization: 'Bearer ' + readFileSync(tokenFile, 'utf8').trim()}});
	const body = await answer.text();
	if (!answer.ok) throw new Error('the server answered ' + answer.status + ': ' + body);
	console.log(body);
} catch (error) {
	console.error(address + ': ' + (error.cause?.message ?? error.message));
	process.exitCode = 1;
}
`;

/** Posts its standard input and prints what comes back: `node post.mjs ADDRESS TOKEN_FILE`. Exit 1 and the reason otherwise. */
export const postScript = `import {readFileSync} from 'node:fs';
const [address, tokenFile] = process.argv.slice(2);
try {
	const headers = {authorization: 'Bearer ' + readFileSync(tokenFile, 'utf8').trim(), 'content-type': 'application/json'};
	const answer = await fetch(address, {method: 'POST', headers, body: readFileSync(0, 'utf8')});
	const body = await answer.text();
	if (!answer.ok) throw new Error('the server answered ' + answer.status + ': ' + body);
	console.log(body);
} catch (error) {
	console.error(address + ': ' + (error.cause?.message ?? error.message));
	process.exitCode = 1;
}
`;

function backupOf({story, clock}: World, name: string): object | undefined {
	const database = story.databases.find((one) => one.name === name);
	if (!database) return undefined;
	// A healthy database's archive continues with the clock; a stale one is where it stopped.
	const stopped = database.lagMs > 3_600_000;
	const lastRestorable = (stopped ? story.startedAt : clock.now()) - database.lagMs;
	return {
		database: name,
		lastRestorableTime: new Date(lastRestorable).toISOString(),
		retentionDays: database.retentionDays,
		lastBackupTime: new Date(story.startedAt - 5 * 3_600_000).toISOString(),
		location: `s3://checkout-backups/${name}`,
	};
}

function securityOf({story, clock}: World): object {
	const calm = story.name === 'all-clear';
	const at = (ago: number) => new Date(story.startedAt - ago).toISOString();
	const repository = 'example/checkout';
	return {
		generatedAt: new Date(clock.now()).toISOString(),
		vulnerabilities: calm
			? []
			: [
					{
						id: 'GHSA-35jh-r3h4-6jhm',
						package: 'lodash',
						severity: 'medium',
						summary: 'Command injection in lodash.template',
						url: 'https://github.com/advisories/GHSA-35jh-r3h4-6jhm',
						repository,
						createdAt: at(2 * day),
					},
				],
		builds: [
			{
				workflow: 'build',
				branch: 'main',
				conclusion: 'success',
				url: 'https://ci.example.com/checkout/4711',
				repository,
				at: at(95 * 60_000),
			},
			{
				workflow: 'dependency audit',
				branch: 'main',
				conclusion: 'success',
				url: 'https://ci.example.com/checkout/4712',
				repository,
				at: at(94 * 60_000),
			},
		],
	};
}

const posted = z.object({shortDescription: z.string().min(1), description: z.string(), priority: z.string()});

/** Figures change from one look to the next: a tracker looks for words. */
const wordsOf = (title: string) => title.replaceAll(/\d+/g, '#');

/** The team's tracker: a ticket is posted as JSON and answered with its address, or looked for by the words of its title. */
function createTracker() {
	const titles: string[] = [];
	const addressOf = (index: number) => `https://tickets.example.com/CHECKOUT-${101 + index}`;
	return async (request: DemoRequest): Promise<string | undefined> => {
		const {shortDescription: title} = posted.parse(JSON.parse(await request.body()));
		if (request.path === '/tickets') return addressOf(titles.push(title) - 1);
		const same = titles.flatMap((known, index) => (wordsOf(known) === wordsOf(title) ? [`${addressOf(index)} ${known}`] : []));
		return same.join('\n');
	};
}

/** Starts the server behind the team's scripts: `/backups/DATABASE`, `/security`, `/tickets`, `/tickets/find`. */
export function startTeamTools(world: World, {token}: {readonly token: string}): Promise<DemoServer> {
	const tracker = createTracker();
	const handler: Handler = async (request, response) => {
		if (request.method === 'POST' && /^\/tickets(\/find)?$/.test(request.path)) {
			response.end(await tracker(request));
			return;
		}
		const database = /^\/backups\/([^/]+)$/.exec(request.path)?.[1];
		const body = database === undefined ? undefined : backupOf(world, database);
		if (body) return sendJson(response, 200, body);
		if (request.path === '/security') return sendJson(response, 200, securityOf(world));
		return sendJson(response, 404, {error: 'not found'});
	};
	return startServer(
		withFaults({
			world,
			source: 'team-tools',
			handler: requireBearer({
				token,
				unauthorized: (_request, response) => sendJson(response, 401, {error: 'unauthorized'}),
				handler,
			}),
		}),
	);
}
