/** Warning events. The API server keeps them for one hour by default: an empty list in the morning is no quiet night. */
import type {Pod, WarningEvent} from '../../../ports/pod-source.ts';
import {SourceError} from '../../../base/source-error.ts';
import type {Connection} from '../client/connection.ts';
import {pages} from '../client/pages.ts';
import type {Scope} from '../client/namespace-scope.ts';
import {timeOf, type WireEvent} from '../client/wire.ts';

export interface Warnings {
	/** Newest first. */
	readonly warnings: readonly WarningEvent[];
	/** One sentence where they could not be read, or not all of them. */
	readonly missing?: string;
}

const mostEvents = 5000;

function convertEvent(event: WireEvent): WarningEvent {
	const {involvedObject, series, metadata} = event;
	return {
		namespace: involvedObject?.namespace ?? metadata?.namespace ?? '',
		object: `${involvedObject?.kind ?? ''}/${involvedObject?.name ?? ''}`,
		reason: event.reason ?? '',
		message: event.message ?? '',
		count: series?.count ?? event.count ?? 1,
		lastSeen:
			timeOf(series?.lastObservedTime) ??
			timeOf(event.lastTimestamp) ??
			timeOf(event.eventTime) ??
			timeOf(event.firstTimestamp) ??
			timeOf(metadata?.creationTimestamp) ??
			0,
	};
}

/** The warning events of the namespace, newest first. Rejects only where the caller aborted. */
export async function readWarnings(connection: Connection, {namespace, signal}: Scope): Promise<Warnings> {
	const warnings: WarningEvent[] = [];
	const done = (missing?: string): Warnings => ({
		warnings: warnings.sort((a, b) => b.lastSeen - a.lastSeen),
		...(missing === undefined ? {} : {missing}),
	});
	try {
		const all = pages<WireEvent>(connection, {
			path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
			query: {fieldSelector: 'type=Warning'},
			doing: `list events in namespace ${namespace}`,
			signal,
		});
		for await (const {items, isLast} of all) {
			for (const item of items) warnings.push(convertEvent(item));
			if (warnings.length >= mostEvents && !isLast) return done(`Only the first ${warnings.length} warning events were read`);
		}
		return done();
	} catch (error) {
		if (error instanceof SourceError) return done(`Warning events are not available: ${error.message}`);
		throw error;
	}
}

/** The events of these pods and of their controllers; all of them where no selector narrows the pods. */
export function warningsOf(pods: readonly Pod[], warnings: readonly WarningEvent[], selector: string | undefined): readonly WarningEvent[] {
	if (selector === undefined || warnings.length === 0) return warnings;
	const objects = new Set(pods.flatMap(({name, owner}) => (owner === undefined ? [`Pod/${name}`] : [`Pod/${name}`, owner])));
	return warnings.filter(({object}) => objects.has(object));
}
