/** The schema of `rounds check --format json`, version 1: shipped as report.schema.json and held against every report in the tests. */
import * as z from 'zod';
import {statuses} from '../../base/status.ts';

const status = z.enum(statuses).describe('`unknown` if the check could not run');

export const reportSchema = z
	.strictObject({
		version: z.literal(1),
		service: z.string(),
		environment: z.string(),
		startedAt: z.iso.datetime(),
		durationMs: z.int().nonnegative(),
		status: status.describe('The most urgent status of the checks'),
		checks: z.array(
			z.strictObject({
				id: z.string(),
				title: z.string(),
				status,
				summary: z.string().describe('One line'),
				reasons: z
					.array(
						z.strictObject({
							status,
							subject: z.string(),
							text: z.string(),
							apart: z
								.literal(true)
								.optional()
								.describe('Neither OK nor a problem now: a pending, silenced or inhibited alert, or an optional value that is unknown'),
						}),
					)
					.describe('Most urgent first'),
				evidence: z.array(
					z.strictObject({id: z.string(), check: z.string(), text: z.string(), url: z.string().optional(), at: z.iso.datetime()}),
				),
				startedAt: z.iso.datetime(),
				durationMs: z.int().nonnegative(),
				data: z
					.unknown()
					.describe(
						'Typed per check. For pods {"pods":[{"namespace","name","ready","status","restarts","age","node","cpu","memory","lastTermination"}]} as kubectl prints them. Null after an error.',
					),
				error: z.strictObject({kind: z.string(), message: z.string(), advice: z.string().optional()}).optional(),
			}),
		),
	})
	.meta({title: 'The report of rounds check'});
