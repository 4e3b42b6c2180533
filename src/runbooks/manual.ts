/** The topics of the manual: a page of markdown each, read with `rounds help` and found with the runbooks. */
import {fileURLToPath} from 'node:url';

/** The manual's directory, absolute: as far from dist/chunks/ as from here. */
export const embeddedManual = fileURLToPath(new URL('../manual', import.meta.url));

/** What a manual page is called among the runbooks, so that it never takes the name of one. */
export const manualId = (topic: string) => `help-${topic}`;

/** In the order of reading, with one line each. */
export const manualTopics = {
	walk: 'Walk the checklist, review checks, close the round',
	triage: 'Investigate an anomaly: questions, methods, evidence, outcomes',
	announcing: 'Announce outages, write tickets, change other systems',
	incidents: 'What to do during an incident',
	logs: 'Follow live logs of pods, files, commands and log servers',
	filters: 'Filter log lines by text, level, time and field',
	runbooks: 'Read, run, write and check runbooks',
	checks: 'Every check, its source and what it protects',
	configuration: 'rounds.yaml: every key, secrets, environment variables',
	headless: 'Reports for scripts and cron, exit codes',
	'ops-log': 'Search the ops log, trends, investigations',
	keys: 'Every key',
	safety: 'What rounds never does, and what it writes',
	performance: 'Measured speed and memory',
	glossary: 'The words of the screens',
	troubleshooting: 'When something does not work',
} as const;

export type ManualTopic = keyof typeof manualTopics;

export const isManualTopic = (word: string): word is ManualTopic => Object.hasOwn(manualTopics, word);
