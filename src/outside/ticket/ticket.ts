/** A ticket with the fields that the team's requests have, filled in from what the round knows. Pure. */
import type {Evidence} from '../../checks/kit/check.ts';
import {formatStamp, offsetMinutesAt} from '../../base/times.ts';
import type {Choice, Field, Problem, Values} from '../../round/outside/act.ts';
import {priorities, type Priority} from '../../round/outside/priority.ts';
import {affectedItem} from '../../round/outside/affected-item.ts';

const meanings: Readonly<Record<Priority, string>> = {
	P1: 'now: users cannot work',
	P2: 'today: users are affected',
	P3: 'this week: users will be affected',
	P4: 'planned: users are not affected',
	P5: 'when there is time',
};

/** What is known of the thing a ticket is wanted for. */
export interface TicketRequest {
	/** Id of the round's step. */
	readonly step: string;
	/** Stable for the same thing: `pod:api-54fb9-n4vkg`, `investigation`. */
	readonly subject: string;
	/** One line: becomes the short description. */
	readonly problem: string;
	/** `pod api-54fb9-n4vkg`; the service if absent. */
	readonly affected?: string;
	readonly evidence: readonly Evidence[];
	/** Markdown; the evidence follows. */
	readonly description?: string;
	readonly notes?: string;
	readonly priority?: Priority;
	/** Epoch milliseconds when triage began; now if absent. */
	readonly acknowledgedAt?: number;
}

/** What the round knows besides. */
export interface TicketContext {
	readonly service: string;
	readonly environment: string;
	/** The team that answers for the service. */
	readonly owner: string;
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly timeZone?: string;
}

/** A ticket; what the team's own command reads as JSON on standard input. */
export interface TicketDraft {
	readonly affectedItem: string;
	readonly assignmentGroup: string;
	/** Empty if no one is assigned. */
	readonly assignedTo: string;
	/** `[checkout] pods: api is killed for memory`. */
	readonly shortDescription: string;
	/** Markdown. */
	readonly description: string;
	readonly notes: string;
	/** `2026-11-20 08:42 +01:00`. */
	readonly created: string;
	/** The same, and by whom. */
	readonly acknowledged: string;
	readonly priority: Priority;
}

/** Longest short description; GitHub takes 256 characters, Jira 255. */
const longestTitle = 200;

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

function cut(text: string): string {
	return text.length <= longestTitle ? text : `${text.slice(0, longestTitle - 1).trimEnd()}…`;
}

/** The ticket as it is proposed; every field can be changed before it is sent. */
export function ticketDraft(request: TicketRequest, context: TicketContext): TicketDraft {
	const stamp = (at: number) => formatStamp({at, offsetMinutes: offsetMinutesAt(at, context.timeZone)});
	const {service, operator, now} = context;
	const seen = request.evidence.map(({text, url, at}) => `- ${oneLine(text)}${url === undefined ? '' : ` <${url}>`} (seen ${stamp(at)})`);
	return {
		affectedItem: affectedItem(context, request.affected),
		assignmentGroup: context.owner,
		assignedTo: '',
		shortDescription: cut(oneLine(`[${service}] ${request.problem}`)),
		description: [request.description?.trim() || oneLine(request.problem), seen.join('\n')].filter(Boolean).join('\n\n'),
		notes: request.notes?.trim() ?? '',
		created: `${stamp(now)} by ${operator}`,
		acknowledged: `${stamp(request.acknowledgedAt ?? now)} by ${operator}`,
		priority: request.priority ?? 'P3',
	};
}

const priorityChoices: readonly Choice[] = priorities.map((value) => ({value, label: `${value}  ${meanings[value]}`}));

const labels: readonly (readonly [keyof TicketDraft, string])[] = [
	['affectedItem', 'affected item'],
	['priority', 'priority'],
	['assignmentGroup', 'assignment group'],
	['assignedTo', 'assigned to'],
	['shortDescription', 'short description'],
	['description', 'description'],
	['notes', 'notes'],
	['created', 'created'],
	['acknowledged', 'acknowledged'],
];

const multiline: readonly (keyof TicketDraft)[] = ['description', 'notes'];

/** The form of a ticket, the short description first because it is what others read. */
export function ticketFields(draft: TicketDraft): readonly Field[] {
	const first: readonly (keyof TicketDraft)[] = ['shortDescription', 'priority'];
	return labels
		.toSorted(([a], [b]) => Number(first.includes(b)) - Number(first.includes(a)) || first.indexOf(a) - first.indexOf(b))
		.map(([id, label]) => ({
			id,
			label,
			value: draft[id],
			...(id === 'priority' ? {choices: priorityChoices, hint: 'Required. Press up or down, or type P1 to P5'} : {}),
			...(multiline.includes(id)
				? {lines: true, hint: `${id === 'description' ? 'Required' : 'Optional'}. Markdown. Press ctrl-o to open it in $EDITOR.`}
				: {}),
		}));
}

/** The ticket that the form's values make, or what is missing. */
export function ticketOf(values: Values): TicketDraft | Problem {
	const text = (id: keyof TicketDraft) => (values[id] ?? '').trim();
	const priority = priorities.find((one) => one === values['priority']);
	if (!priority) return {problem: 'Priority must be P1 to P5', field: 'priority'};
	if (text('shortDescription') === '') return {problem: 'Short description is required', field: 'shortDescription'};
	if (text('affectedItem') === '') return {problem: 'Affected item is required', field: 'affectedItem'};
	if (text('description') === '') return {problem: 'Description is required', field: 'description'};
	return {
		affectedItem: text('affectedItem'),
		assignmentGroup: text('assignmentGroup'),
		assignedTo: text('assignedTo'),
		shortDescription: cut(oneLine(text('shortDescription'))),
		description: text('description'),
		notes: text('notes'),
		created: text('created'),
		acknowledged: text('acknowledged'),
		priority,
	};
}

/** The facts above the description, for trackers that have no fields for them. */
export function ticketFacts(draft: TicketDraft): readonly (readonly [string, string])[] {
	return labels.flatMap(([id, label]) => {
		const value = draft[id];
		return id === 'shortDescription' || multiline.includes(id) || value === '' ? [] : [[label, value] as const];
	});
}

/** The body as markdown. */
export function ticketMarkdown(draft: TicketDraft): string {
	const facts = ticketFacts(draft).map(([label, value]) => `- **${label}**: ${value}`);
	const notes = draft.notes === '' ? [] : ['', '## Notes', '', draft.notes];
	return `${[...facts, '', draft.description, ...notes].join('\n')}\n`;
}

/** At most five words that an earlier ticket of the same thing would have too: no project, no figures, no filler. */
export function searchWords({shortDescription}: Pick<TicketDraft, 'shortDescription'>): readonly string[] {
	const words = shortDescription
		.replace(/^\s*\[[^\]]*\]/, '')
		.split(/[^\p{L}\p{N}_.-]+/u)
		.map((word) => word.replaceAll(/^[.-]+|[.-]+$/g, ''))
		.filter((word) => word.length > 2 && !/\d/.test(word));
	return [...new Set(words)].slice(0, 5);
}
