/** What the row under the cursor and the environment know of a block's variables. Pure but for reading the session. */
import type {Values} from '../../../src/runbooks/blocks/variables.ts';
import type {Session} from '../../session/session.ts';
import {selectedItem} from '../../session/table-view.ts';

export interface KnownValues {
	readonly row: Values;
	readonly environment: Values;
}

/** Without what is not known. */
function present(values: Readonly<Record<string, string | undefined>>): Values {
	return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}

/** `SERVICE`, `NAMESPACE` and where the sources are: from rounds.yaml. */
function environmentValues({app}: Session): Values {
	const {kubernetes, alertmanager, prometheus, grafana, loki, elasticsearch, sentry, github} = app.environment.sources;
	return present({
		SERVICE: app.service.name,
		ENVIRONMENT: app.environment.name,
		OPERATOR: app.operator,
		OWNER: app.service.owner,
		NAMESPACE: kubernetes?.namespace,
		CONTEXT: kubernetes?.context,
		CLUSTER: app.cluster,
		SELECTOR: kubernetes?.selector,
		APP: /^app=([\w.-]+)$/.exec(kubernetes?.selector ?? '')?.[1],
		ALERTMANAGER_URL: alertmanager?.url,
		PROMETHEUS_URL: prometheus?.url,
		GRAFANA_URL: grafana?.url,
		LOKI_URL: loki?.url,
		ELASTICSEARCH_URL: elasticsearch?.url,
		SENTRY_URL: sentry?.url,
		REPOSITORY: github?.repositories.length === 1 ? github.repositories[0] : undefined,
		HEALTH_URL: app.environment.health[0]?.url,
	});
}

/** The values known when a runbook is opened. */
export function knownValues(session: Session): KnownValues {
	const selected = selectedItem(session);
	const pane = selected?.view.pane;
	const url = selected && pane?.url?.(selected.item, selected.view.data);
	return {
		row: selected ? present({URL: url, ...pane?.variables?.(selected.item, selected.view.data)}) : {},
		environment: environmentValues(session),
	};
}
