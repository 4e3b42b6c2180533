/** What `rounds doctor` says of a cluster: does it answer, who are we, what may we read. */
import pLimit from 'p-limit';
import type {DoctorLine} from '../../ports/doctor-line.ts';
import type {Clock} from '../../ports/clock.ts';
import {SourceError} from '../../base/source-error.ts';
import {connect, type Connection} from './client/connection.ts';
import {statusCode} from './client/cluster-errors.ts';
import type {KubeconfigOptions} from './client/kubeconfig.ts';
import {readUsage} from './pods/pod-metrics.ts';
import {qualifiedName, rules, type Rule} from './rbac-rules.ts';

export interface DoctorOptions extends KubeconfigOptions {
	readonly namespace: string;
	readonly selector?: string | undefined;
	readonly clock: Clock;
	readonly signal: AbortSignal;
}

const concurrency = 8;
const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

function failureLine(subject: string, error: unknown): DoctorLine {
	if (!(error instanceof SourceError)) throw error;
	return {subject, status: 'unknown', text: error.message, ...(error.advice ? {advice: error.advice} : {})};
}

/** Asks the cluster whether we may; the review itself changes nothing. */
async function may(connection: Connection, {rule, verb, options}: {rule: Rule; verb: string; options: DoctorOptions}): Promise<boolean> {
	const answer = await connection.json<{status?: {allowed?: boolean}}>({
		path: reviews,
		doing: 'create selfsubjectaccessreviews',
		signal: options.signal,
		body: {
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SelfSubjectAccessReview',
			spec: {
				resourceAttributes: {
					...(rule.scope === 'namespace' ? {namespace: options.namespace} : {}),
					verb,
					...(rule.group === '' ? {} : {group: rule.group}),
					resource: rule.resource,
					...(rule.subresource === undefined ? {} : {subresource: rule.subresource}),
				},
			},
		},
	});
	return answer.status?.allowed === true;
}

async function ruleLine(connection: Connection, rule: Rule, options: DoctorOptions): Promise<DoctorLine> {
	const where = rule.scope === 'namespace' ? ` in namespace ${options.namespace}` : '';
	const subject = `${connection.source} ${qualifiedName(rule)}`;
	try {
		const answers = await Promise.all(rule.verbs.map(async (verb) => ({verb, allowed: await may(connection, {rule, verb, options})})));
		const denied = answers.filter(({allowed}) => !allowed).map(({verb}) => verb);
		if (denied.length === 0) return {subject, status: 'ok', text: `may ${rule.verbs.join(', ')} ${qualifiedName(rule)}${where}`};
		return {
			subject,
			status: rule.isEssential ? 'critical' : 'warning',
			text: `may not ${denied.join(', ')} ${qualifiedName(rule)}${where}: ${rule.purpose} will be missing`,
			advice: '`rounds rbac` prints the role to apply',
		};
	} catch (error) {
		return failureLine(subject, error);
	}
}

/** Whether the namespace is there; silent where we may not ask. */
async function namespaceLines(connection: Connection, {namespace, signal}: DoctorOptions): Promise<readonly DoctorLine[]> {
	const subject = `${connection.source} namespace ${namespace}`;
	try {
		await connection.json({path: `/api/v1/namespaces/${encodeURIComponent(namespace)}`, doing: `get namespace ${namespace}`, signal});
		return [{subject, status: 'ok', text: 'exists'}];
	} catch (error) {
		if (statusCode(error) === 404)
			return [{subject, status: 'critical', text: 'does not exist', advice: '`kubectl get namespaces` shows those that do'}];
		if (error instanceof SourceError && error.kind === 'forbidden') return [];
		return [failureLine(subject, error)];
	}
}

async function metricsLine(connection: Connection, {namespace, selector, signal}: DoctorOptions): Promise<DoctorLine> {
	const subject = `${connection.source} metrics-server`;
	const {metrics} = await readUsage(connection, {namespace, selector, signal});
	if (metrics === 'available') return {subject, status: 'ok', text: 'CPU and memory are available'};
	return {subject, status: 'warning', text: metrics.missing, advice: 'Everything but these two columns works without it'};
}

/**
 * One line for the cluster, one per resource that rounds reads, asked through SelfSubjectAccessReview.
 * Never throws a SourceError: what fails is a line. Rejects where `signal` aborts.
 */
export async function kubernetesDoctor(options: DoctorOptions): Promise<readonly DoctorLine[]> {
	const subject = `Kubernetes${options.context === undefined ? '' : ` (${options.context})`}`;
	let connection: Connection;
	let answers: DoctorLine;
	try {
		connection = await connect(options);
		const version = await connection.json<{gitVersion?: string}>({path: '/version', doing: 'get /version', signal: options.signal});
		answers = {
			subject: connection.source,
			status: 'ok',
			text: `${connection.host} answers, Kubernetes ${version.gitVersion ?? 'of an unknown version'}`,
		};
	} catch (error) {
		return [failureLine(subject, error)];
	}
	const limit = pLimit(concurrency);
	const [namespace, metrics, ...permissions] = await Promise.all([
		namespaceLines(connection, options),
		metricsLine(connection, options),
		...rules.map((rule) => limit(() => ruleLine(connection, rule, options))),
	]);
	return [answers, ...namespace, ...permissions, metrics];
}
