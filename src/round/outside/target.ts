/** What a row is in its own system, for what can be done to it there. */
import type {Alert} from '../../ports/alert-source.ts';
import type {StuckWebhook, WebhookEndpoint} from '../../ports/payment-source.ts';
import type {Issue} from '../../ports/issue-source.ts';

export type RowTarget =
	| {readonly kind: 'issue'; readonly issue: Issue}
	| {readonly kind: 'alert'; readonly alert: Alert}
	| {readonly kind: 'webhook'; readonly webhook: StuckWebhook; readonly live: boolean; readonly endpoints: readonly WebhookEndpoint[]};
