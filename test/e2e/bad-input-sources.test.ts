/** Every way a source can fail, through the whole program: its check is unknown in one sentence, the others are unharmed. */
import {writeFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {closedPort, json, loopback, pathOf} from '../adapters/loopback.ts';
import {type CliResult, runCli, temporaryDirectory} from '../helpers/cli.ts';

const token = 'sk_very-secret-token-1234567890';

interface Team {
	readonly url: string;
	/** Of each check. */
	readonly timeout?: string;
	/** Lines of `kubernetes:` in place of those that work. */
	readonly kubernetes?: string;
	readonly checks?: readonly string[];
}

const everyCheck = ['alerts', 'pods', 'errors', 'payments', 'promql'] as const;

/** A repository whose sources are all at that address, with one check that asks none of them. */
function repository({url, timeout, kubernetes = 'kubeconfig: kubeconfig, namespace: shop', checks = everyCheck}: Team): string {
	const cwd = temporaryDirectory();
	const options: Readonly<Record<string, string>> = {promql: ', options: {query: up, critical: "> 100"}'};
	const entry = (check: string) => `  - {check: ${check}${timeout === undefined ? '' : `, timeout: ${timeout}`}${options[check] ?? ''}}`;
	writeFileSync(
		join(cwd, 'rounds.yaml'),
		`services:
  - name: checkout
    owner: payments
    environments:
      - name: production
        sources:
          kubernetes: {${kubernetes}}
          prometheus: {url: "${url}", token: env:THE_TOKEN}
          alertmanager: {url: "${url}", token: env:THE_TOKEN}
          grafana: {url: "${url}", token: env:THE_TOKEN}
          sentry: {url: "${url}", organization: shop, token: env:THE_TOKEN}
          stripe: {url: "${url}", key: env:THE_TOKEN}
checks:
  - {check: command, id: own, options: {command: [echo, fine]}}
${checks.map(entry).join('\n')}
`,
	);
	writeFileSync(
		join(cwd, 'kubeconfig'),
		`apiVersion: v1
kind: Config
current-context: eu-1
clusters: [{name: eu, cluster: {server: "${url}"}}]
users: [{name: alice, user: {token: ${token}}}]
contexts: [{name: eu-1, context: {cluster: eu, user: alice}}]
`,
	);
	return cwd;
}

interface Line {
	readonly id: string;
	readonly status: string;
	readonly summary: string;
	readonly error?: {readonly kind: string; readonly message: string; readonly advice?: string};
}

const run = (cwd: string, args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) =>
	runCli(args, {cwd, env: {THE_TOKEN: token, ...env}});

/** What holds for every failure: no trace, no secret, nothing for the operator to wade through. */
function expectClean({stdout, stderr}: CliResult): void {
	expect(stderr).toBe('');
	expect(stdout).not.toContain(token);
	expect(stdout).not.toMatch(/^\s+at |defect of rounds|node:internal|\[object|undefined/m);
}

/** The checks of a JSON report by id, once the common rules hold. */
async function reportOf(cwd: string, env: Readonly<Record<string, string | undefined>> = {}): Promise<ReadonlyMap<string, Line>> {
	const result = await run(cwd, ['check', '--format', 'json'], env);
	expectClean(result);
	const {checks} = JSON.parse(result.stdout) as {checks: readonly Line[]};
	const byId = new Map(checks.map((check) => [check.id, check]));
	expect(byId.get('own')).toMatchObject({status: 'ok', summary: 'fine'});
	expect(result.exitCode).toBe(3);
	return byId;
}

const refuse = (status: number) => (request: IncomingMessage, response: ServerResponse) => {
	// As careless servers do, with the credential in their words.
	const message = `no, not with ${request.headers.authorization ?? 'nothing'}`;
	json(response, {message, error: {message, type: 'invalid_request_error'}}, {status});
};

interface Fault {
	readonly name: string;
	readonly kind: string;
	readonly says: RegExp;
	readonly advises: RegExp;
	readonly timeout?: string;
	readonly answer: (request: IncomingMessage, response: ServerResponse) => void;
}

const faults: readonly Fault[] = [
	{
		name: 'a wrong token (401)',
		kind: 'unauthorized',
		says: /does not accept the (credential|key)/,
		advises: /THE_TOKEN|Log in/,
		answer: refuse(401),
	},
	{
		name: 'no permission (403)',
		kind: 'forbidden',
		says: /not allow|not let this key/,
		advises: /access|needs|rounds rbac/,
		answer: refuse(403),
	},
	{name: 'a server in trouble (500)', kind: 'server-error', says: /500/, advises: /./, answer: refuse(500)},
	{
		name: 'a web page',
		kind: 'bad-response',
		says: /web page|not complete JSON/,
		advises: /proxy/,
		answer: (_, response) => response.writeHead(200, {'content-type': 'text/html'}).end('<html><form>log in</form></html>'),
	},
	{
		name: 'half a JSON',
		kind: 'bad-response',
		says: /JSON/,
		advises: /again/,
		answer: (_, response) => json(response, '{"kind": "PodList", "data": [{"id": "1", "tit'),
	},
	{
		name: 'nothing',
		kind: 'bad-response',
		says: /empty|not complete JSON|not Kubernetes JSON|not JSON|without a content type/,
		advises: /./,
		answer: (_, response) => response.writeHead(200).end(),
	},
	{
		name: 'a connection that is cut',
		kind: 'unreachable',
		says: /closed the connection/,
		advises: /./,
		answer: (request) => request.socket.resetAndDestroy(),
	},
	{
		name: 'too slow a server',
		kind: 'timeout',
		says: /no answer within 0\.3 s/,
		advises: /longer timeout/,
		timeout: '300ms',
		answer: () => {},
	},
];

/** What is wrong with how the report tells a fault that every source has; empty where all is well. */
function complaints(lines: ReadonlyMap<string, Line>, {kind, says, advises}: Pick<Fault, 'kind' | 'says' | 'advises'>): readonly string[] {
	return everyCheck.flatMap((id) => {
		const {status, summary = '', error} = lines.get(id) ?? {};
		const holds = {
			'is unknown': status === 'unknown',
			[`is of the kind ${kind}`]: error?.kind === kind,
			[`says ${says.source}`]: says.test(summary),
			'is one sentence that names whom it is about once': !/\n|\.$|^(\w+): \1/.test(summary),
			[`advises ${advises.source}`]: advises.test(error?.advice ?? ''),
		};
		return Object.entries(holds).flatMap(([what, held]) =>
			held ? [] : [`not true: ${id} ${what}: ${summary} (${error?.kind}; ${error?.advice})`],
		);
	});
}

describe('rounds check', () => {
	it.each(faults)('says what to do about $name', async (fault) => {
		const url = await loopback(fault.answer);
		const timeout = fault.timeout === undefined ? {} : {timeout: fault.timeout};
		expect(complaints(await reportOf(repository({url, ...timeout})), fault)).toEqual([]);
	});

	it('says what to do about a closed port', async () => {
		const url = await closedPort();
		const fault = {
			kind: 'unreachable',
			says: /127\.0\.0\.1:\d+.*(refuses connections|connection refused)/,
			advises: /Check the port|server address/,
		};
		expect(complaints(await reportOf(repository({url})), fault)).toEqual([]);
	});

	it('says what to do about a wrong host name', async () => {
		// A label that no name server is asked for, so that no network decides how long this takes.
		const host = `${'a'.repeat(64)}.invalid`;
		const fault = {
			kind: 'unreachable',
			says: /aaa\.invalid.*(not a known host name|cannot be found)/,
			advises: /spelling|server address/,
		};
		expect(complaints(await reportOf(repository({url: `http://${host}`})), fault)).toEqual([]);
	});

	it('says where a missing secret belongs', async () => {
		const url = await closedPort();
		const lines = await reportOf(repository({url, checks: ['errors', 'payments', 'promql']}), {THE_TOKEN: undefined});
		for (const id of ['errors', 'payments', 'promql']) {
			const {error} = lines.get(id) ?? {};
			expect(error).toMatchObject({
				kind: 'missing-credential',
				message: expect.stringMatching(/^The credential of \w+ is missing: THE_TOKEN is not set$/),
			});
			expect(error?.advice).toBe('export THE_TOKEN=…');
		}
	});

	it('prints the sentence and the advice in the text report, and no secret', async () => {
		const url = await loopback(refuse(401));
		const result = await run(repository({url, checks: ['errors']}), ['check']);
		expectClean(result);
		expect(result.exitCode).toBe(3);
		expect(result.stdout).toMatch(/ {2}ok {8}own {7}fine\n/);
		expect(result.stdout).toMatch(
			/ {2}unknown {3}errors {4}Sentry does not accept the credential from env:THE_TOKEN \(401\).*\n {22}Errors: Check that env:THE_TOKEN holds /,
		);
	});
});

describe('rounds doctor', () => {
	it.each(faults.slice(0, 4))('says what to do about $name', async ({says, answer}) => {
		const url = await loopback(answer);
		const result = await run(repository({url}), ['doctor']);
		expectClean(result);
		expect(result.exitCode).toBe(2);
		for (const source of ['Sentry', 'Prometheus', 'Alertmanager', 'Grafana', 'Stripe', 'Kubernetes']) {
			const lines = result.stdout.split('\n');
			const at = lines.findIndex((line) => new RegExp(`^ {2}. (critical|unknown) +${source}`).test(line));
			expect(lines[at]).toMatch(says);
			expect(lines[at + 1]).toMatch(/^ +→ \S/);
		}
	});
});

describe('Kubernetes', () => {
	const podsOf = async (team: Omit<Team, 'url' | 'checks'>, env = {}) => {
		const url = await closedPort();
		return (await reportOf(repository({url, checks: ['pods'], ...team}), env)).get('pods')?.error;
	};

	it('without the context: names those that there are', async () => {
		const error = await podsOf({kubernetes: 'kubeconfig: kubeconfig, context: eu-l, namespace: shop'});
		expect(error).toEqual({
			kind: 'not-found',
			message: 'Kubernetes: the kubeconfig has no context "eu-l". Did you mean "eu-1"?',
			advice: 'The kubeconfig has eu-1',
		});
	});

	it('with --context instead of the file’s', async () => {
		const url = await closedPort();
		const result = await run(repository({url, checks: ['pods']}), ['check', '--context', 'us-1']);
		expectClean(result);
		expect(result.stdout).toContain('the kubeconfig has no context "us-1"');
		expect(result.exitCode).toBe(3);
	});

	it('without a kubeconfig: says where one is looked for', async () => {
		expect(await podsOf({kubernetes: 'kubeconfig: nowhere/config, namespace: shop'})).toMatchObject({
			kind: 'missing-credential',
			message: expect.stringMatching(/the kubeconfig \S*nowhere\/config does not exist$/),
			advice: expect.stringContaining('KUBECONFIG'),
		});
		expect(await podsOf({kubernetes: 'namespace: shop'})).toMatchObject({
			message: expect.stringContaining('KUBECONFIG is not set and ~/.kube/config does not exist'),
		});
		expect(await podsOf({kubernetes: 'namespace: shop'}, {KUBECONFIG: '/nowhere/config'})).toMatchObject({
			message: expect.stringContaining('/nowhere/config named by KUBECONFIG does not exist'),
		});
	});

	it('with a kubeconfig that is none: says so without quoting it', async () => {
		const cwd = repository({url: await closedPort(), checks: ['pods']});
		writeFileSync(join(cwd, 'kubeconfig'), `users: [{user: {token: ${token}}`);
		expect((await reportOf(cwd)).get('pods')?.error?.message).toMatch(/kubeconfig cannot be read: /);
		writeFileSync(join(cwd, 'kubeconfig'), '');
		expect((await reportOf(cwd)).get('pods')?.error?.message).toMatch(/kubeconfig cannot be read: .*empty/);
	});

	it('with a namespace that does not exist: no green, and the doctor says why', async () => {
		// A real cluster answers a list in such a namespace with 200 and nothing in it.
		const url = await loopback((request, response) => {
			if (pathOf(request) === '/version') json(response, {gitVersion: 'v1.33.0'});
			else if (pathOf(request).endsWith('/selfsubjectaccessreviews')) json(response, {status: {allowed: true}}, {status: 201});
			else if (/\/(pods|events)$/.test(pathOf(request)) && pathOf(request).includes('/namespaces/shop/'))
				json(response, {kind: 'List', apiVersion: 'v1', metadata: {resourceVersion: '1'}, items: []});
			else json(response, {kind: 'Status', status: 'Failure', message: 'namespaces "shop" not found', code: 404}, {status: 404});
		});
		const cwd = repository({url, checks: ['pods']});
		const pods = (await reportOf(cwd)).get('pods');
		expect(pods).toMatchObject({status: 'unknown', summary: expect.stringContaining('shop')});
		const examined = await run(cwd, ['doctor']);
		expectClean(examined);
		expect(examined.stdout).toMatch(
			/critical +Kubernetes \(eu-1\) namespace shop +does not exist\n +→ `kubectl get namespaces` shows those that do/,
		);
	});
});
