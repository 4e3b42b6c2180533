import * as z from 'zod';
import {registry} from './check-registry.ts';
import {createSchema, type RoundsConfig} from './config-schema.ts';

/**
 * JSON Schema (draft 7, the one that editors' YAML servers know best) of what a person writes: before defaults are
 * filled in and durations become numbers. Of the whole rounds.yaml of this program where no schema is given.
 */
export function jsonSchema(schema: z.ZodType<RoundsConfig> = createSchema(registry)): z.core.JSONSchema.BaseSchema {
	return {
		title: 'rounds.yaml',
		description: 'Services, where their data comes from, and the checklist of the morning round',
		...z.toJSONSchema(schema, {io: 'input', target: 'draft-7', unrepresentable: 'any'}),
	};
}
