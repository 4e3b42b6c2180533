import {z} from 'zod';
import type {RoundsConfig} from './schema.ts';

/**
 * JSON Schema (draft 7, the one that editors' YAML servers know best) of what a person writes: before defaults are
 * filled in and durations become numbers.
 */
export function jsonSchema(schema: z.ZodType<RoundsConfig>): z.core.JSONSchema.BaseSchema {
	return {
		title: 'rounds.yaml',
		description: 'Services, where their data comes from, and the checklist of the morning round',
		...z.toJSONSchema(schema, {io: 'input', target: 'draft-7', unrepresentable: 'any'}),
	};
}
