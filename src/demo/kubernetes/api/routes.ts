/** From a request to its answer: discovery, lists, single objects, watches, logs, metrics, access reviews. */
import type {ServerResponse} from 'node:http';
import type {V1SelfSubjectAccessReview} from '@kubernetes/client-node';
import {sendJson, type DemoRequest, type Handler} from '../../kit/http-server.ts';
import {isAllowed, reviewAccess} from './access.ts';
import type {Cluster} from '../cluster/cluster.ts';
import {discoveryAt} from './discovery.ts';
import {createLists, type Lists} from './lists.ts';
import {answerLog} from './logs-route.ts';
import {nodeMetrics, podMetric} from '../cluster/demo-pod-metrics.ts';
import {decodeAccessReview, protobufType} from './protobuf.ts';
import {findResource, type Resource} from '../cluster/pod-resources.ts';
import {parseSelector} from './selectors.ts';
import {badRequest, forbidden, methodNotAllowed, noSuchPath, notFound, refuse} from '../cluster/pod-status.ts';
import {columnsJson, includeObjectOf, objectJson, rowJson, wantsTable} from './tables.ts';
import type {Ticker} from '../cluster/ticker.ts';
import {answerWatch} from './watch.ts';

interface Target {
	readonly group: string;
	readonly version: string;
	readonly namespace: string | undefined;
	readonly resource: string;
	readonly name: string | undefined;
	readonly subresource: string | undefined;
}

/** `/api/v1/namespaces/NS/pods/NAME/log`, `/apis/apps/v1/deployments`: undefined where it is no resource path. */
const parsePath = (path: string): Target | undefined => {
	const parts = path.split('/').slice(1).map(decodeURIComponent);
	const [root, ...rest] = parts;
	if (root !== 'api' && root !== 'apis') {
		return undefined;
	}
	const group = root === 'api' ? '' : rest.shift();
	const version = rest.shift();
	// `namespaces/NS` is an object itself; `namespaces/NS/pods` lies within it.
	const namespace = rest[0] === 'namespaces' && rest.length > 2 ? rest.splice(0, 2)[1] : undefined;
	const [resource, name, subresource] = rest;
	return group === undefined || version === undefined || resource === undefined || resource === ''
		? undefined
		: {group, version, namespace, resource, name, subresource};
};

const verbOf = (request: DemoRequest, target: Target): string => {
	switch (request.method) {
		case 'GET':
		case 'HEAD':
			return target.name === undefined ? (isWatch(request) ? 'watch' : 'list') : 'get';
		case 'POST':
			return 'create';
		case 'PUT':
			return 'update';
		case 'PATCH':
			return 'patch';
		case 'DELETE':
			return target.name === undefined ? 'deletecollection' : 'delete';
		default:
			return request.method.toLowerCase();
	}
};

const isWatch = (request: DemoRequest): boolean => ['true', '1'].includes(request.query.get('watch') ?? '');

interface Context {
	readonly cluster: Cluster;
	readonly ticker: Ticker;
	readonly lists: Lists;
}

interface Call {
	readonly request: DemoRequest;
	readonly response: ServerResponse;
	readonly target: Target;
}

const answerObject = ({cluster}: Context, {request, response, target}: Call, resource: Resource): void => {
	const now = cluster.advance();
	const name = target.name ?? '';
	const stored = cluster.storage.get(resource.name, `${target.namespace ?? ''}/${name}`);
	if (!stored) {
		return refuse(response, notFound(resource.name, name, resource.group));
	}
	if (!wantsTable(request.headers.accept)) {
		return sendJson(response, 200, objectJson(resource, stored));
	}
	const row = rowJson(stored, {resource, now, include: includeObjectOf(request.query)});
	return sendJson(
		response,
		200,
		`{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"${stored.version}"},"columnDefinitions":${columnsJson(resource)},"rows":[${row}]}`,
	);
};

const answerPodLog = (context: Context, {request, response, target}: Call): void => {
	context.cluster.advance();
	const {namespace = '', name = ''} = target;
	const pod = context.cluster.storage.get('pods', `${namespace}/${name}`) && context.cluster.planOf(namespace, name);
	return pod ? answerLog(response, {...context, pod, query: request.query}) : refuse(response, notFound('pods', name));
};

const answerMetrics = ({cluster}: Context, {request, response, target}: Call): void => {
	cluster.advance();
	const selector = parseSelector(
		findResource('', 'v1', target.resource) ?? {
			name: target.resource,
			singular: '',
			kind: '',
			group: '',
			version: 'v1',
			namespaced: true,
			shortNames: [],
			fields: [],
		},
		target.namespace,
		request.query,
	);
	if ('mistake' in selector) {
		return refuse(response, badRequest(selector.mistake));
	}
	const plans = cluster.storage.list('pods').flatMap((stored) => {
		const pod = target.resource === 'nodes' || selector.matches(stored) ? cluster.planOf(stored.namespace, stored.name) : undefined;
		return pod ?? [];
	});
	const items = target.resource === 'nodes' ? nodeMetrics(cluster, plans) : plans.flatMap((pod) => podMetric(cluster, pod) ?? []);
	const kind = target.resource === 'nodes' ? 'NodeMetrics' : 'PodMetrics';
	const apiVersion = 'metrics.k8s.io/v1beta1';
	if (target.name === undefined) {
		return sendJson(response, 200, {kind: `${kind}List`, apiVersion, metadata: {}, items});
	}
	const item = items.find((each) => each.metadata.name === target.name);
	return item
		? sendJson(response, 200, {kind, apiVersion, ...item})
		: refuse(response, notFound(target.resource, target.name, 'metrics.k8s.io'));
};

const answerReview = async ({request, response}: Call): Promise<void> => {
	let review: V1SelfSubjectAccessReview;
	try {
		review = request.headers['content-type']?.startsWith(protobufType)
			? decodeAccessReview(await request.bytes())
			: (JSON.parse(await request.body()) as V1SelfSubjectAccessReview);
	} catch {
		return refuse(response, badRequest('the body of the request cannot be read as a SelfSubjectAccessReview'));
	}
	return typeof review.spec === 'object'
		? sendJson(response, 201, reviewAccess(review))
		: refuse(response, badRequest('spec: Required value'));
};

const answerResource = (context: Context, call: Call): void | Promise<void> => {
	const {request, response, target} = call;
	const {group, version, namespace, name, subresource} = target;
	const verb = verbOf(request, target);
	const path = subresource === undefined ? target.resource : `${target.resource}/${subresource}`;
	const known =
		findResource(group, version, target.resource) ?? (group === 'metrics.k8s.io' && ['pods', 'nodes'].includes(target.resource)) ?? false;
	if (group === 'authorization.k8s.io' && target.resource === 'selfsubjectaccessreviews') {
		return request.method === 'POST' ? answerReview(call) : refuse(response, methodNotAllowed);
	}
	if (!isAllowed({verb, group, resource: path})) {
		return refuse(
			response,
			known === false && ['get', 'list', 'watch'].includes(verb) && group !== ''
				? noSuchPath
				: forbidden({verb, resource: path, group, ...(namespace !== undefined && {namespace}), ...(name !== undefined && {name})}),
		);
	}
	if (group === 'metrics.k8s.io') {
		return answerMetrics(context, call);
	}
	const resource = findResource(group, version, target.resource);
	if (!resource) {
		return refuse(response, noSuchPath);
	}
	if (path === 'pods/log') {
		return answerPodLog(context, call);
	}
	if (name !== undefined) {
		return answerObject(context, call, resource);
	}
	const list = {resource, namespace, query: request.query, accept: request.headers.accept};
	return verb === 'watch' ? answerWatch(response, {...context, request: list}) : context.lists.answer(response, list);
};

/** The handler of the whole API server, behind authentication. */
export const createRoutes = (options: {readonly cluster: Cluster; readonly ticker: Ticker}): Handler => {
	const context: Context = {...options, lists: createLists(options.cluster)};
	return (request, response) => {
		if (/^\/(healthz|livez|readyz)$/.test(request.path)) {
			response.setHeader('Content-Type', 'text/plain; charset=utf-8');
			response.end('ok');
			return undefined;
		}
		const document = discoveryAt(request.path);
		if (document) {
			return request.method === 'GET' ? sendJson(response, 200, document) : refuse(response, methodNotAllowed);
		}
		const target = parsePath(request.path);
		return target ? answerResource(context, {request, response, target}) : refuse(response, noSuchPath);
	};
};
