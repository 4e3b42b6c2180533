/** What the company runs, as a table: one row per workload. */
import type {LogStyle} from '../plan/cluster-plan.ts';

const day = 86_400_000;

export interface WorkloadSpec {
	readonly app: string;
	readonly kind: 'Deployment' | 'StatefulSet' | 'Job';
	readonly production: number;
	readonly staging: number;
	/** Hash of the pod template now, and before the release. */
	readonly hash: string;
	readonly previousHash?: string;
	/** `release` is deployed with the story's release; a number is its age in milliseconds. */
	readonly deployed: 'release' | number;
	readonly version?: string;
	readonly image: string;
	readonly logs: LogStyle;
	readonly requests: {readonly cpu: number; readonly memory: number};
	readonly limits: {readonly cpu: number; readonly memory: number};
	readonly usage: {readonly cpu: number; readonly memory: number};
	readonly sidecar?: 'proxy';
	readonly exporter?: true;
	readonly waitsForDatabase?: true;
}

const small = {requests: {cpu: 50, memory: 128}, limits: {cpu: 500, memory: 256}} as const;
const large = {requests: {cpu: 250, memory: 256}, limits: {cpu: 1000, memory: 512}} as const;

export const workloads: readonly WorkloadSpec[] = [
	{
		app: 'api',
		kind: 'Deployment',
		production: 12,
		staging: 2,
		hash: '54fb9',
		previousHash: '6c8d7',
		deployed: 'release',
		image: 'checkout-api',
		logs: 'api',
		...large,
		usage: {cpu: 205, memory: 301},
		waitsForDatabase: true,
	},
	{
		app: 'worker',
		kind: 'Deployment',
		production: 8,
		staging: 1,
		hash: '7c4d',
		previousHash: '5b8f9',
		deployed: 'release',
		image: 'checkout-worker',
		logs: 'worker',
		...large,
		usage: {cpu: 120, memory: 240},
	},
	{
		app: 'web',
		kind: 'Deployment',
		production: 10,
		staging: 2,
		hash: '6d5f',
		deployed: 9 * day,
		version: '3.9.0',
		image: 'checkout-web',
		logs: 'web',
		...large,
		usage: {cpu: 40, memory: 212},
	},
	{
		app: 'payments',
		kind: 'Deployment',
		production: 2,
		staging: 1,
		hash: '79c6b',
		deployed: 16 * day,
		version: '2.7.4',
		image: 'payments',
		logs: 'service',
		...small,
		usage: {cpu: 22, memory: 148},
		sidecar: 'proxy',
		waitsForDatabase: true,
	},
	{
		app: 'search',
		kind: 'Deployment',
		production: 2,
		staging: 1,
		hash: '86f5d',
		deployed: 23 * day,
		version: '0.31.2',
		image: 'search',
		logs: 'service',
		...large,
		usage: {cpu: 310, memory: 402},
	},
	{
		app: 'scheduler',
		kind: 'Deployment',
		production: 1,
		staging: 1,
		hash: '5f7dc',
		deployed: 41 * day,
		version: '1.8.0',
		image: 'scheduler',
		logs: 'scheduler',
		...small,
		usage: {cpu: 6, memory: 71},
	},
	{
		app: 'mailer',
		kind: 'Deployment',
		production: 1,
		staging: 1,
		hash: '6b9cf',
		deployed: 12 * day,
		version: '1.3.1',
		image: 'mailer',
		logs: 'service',
		...small,
		usage: {cpu: 9, memory: 96},
	},
	{
		app: 'redis',
		kind: 'StatefulSet',
		production: 1,
		staging: 1,
		hash: '7d4b8',
		deployed: 63 * day,
		version: '7.4.1',
		image: 'redis',
		logs: 'redis',
		...large,
		usage: {cpu: 55, memory: 318},
		exporter: true,
	},
	{
		app: 'migrate',
		kind: 'Job',
		production: 1,
		staging: 0,
		hash: '',
		deployed: 'release',
		image: 'checkout-api',
		logs: 'job',
		...small,
		usage: {cpu: 0, memory: 0},
	},
];
