/** What the check is set up with and what it reads. */
import * as z from 'zod';
import {duration} from '../../base/duration.ts';
import {link} from '../../service/service.ts';

export interface DashboardsData {
	readonly links: readonly DashboardLink[];
}

interface DashboardLink {
	readonly title: string;
	/** As rounds.yaml has it: what tells one link from another. */
	readonly address: string;
	/** What is opened: in Grafana with the time range. */
	readonly url: string;
}

export const options = z.strictObject({
	links: z.array(link).default([]).describe('Dashboards to look at. The links of the environment and the service come after them.'),
	range: duration.prefault('24h').describe('How far back a Grafana dashboard is opened. A link keeps its own from or to.'),
});

export type DashboardsOptions = z.output<typeof options>;

export interface Shown {
	readonly grafana: string | undefined;
	/** Milliseconds. */
	readonly range: number;
	/** Epoch milliseconds. */
	readonly now: number;
}
