/**
 * Just enough protobuf to read an access review: kubectl posts its objects in that form, whatever it is answered in
 * (k8s.io/apimachinery/pkg/runtime/serializer/protobuf: four bytes of magic, then `Unknown` around the object).
 */
import type {V1SelfSubjectAccessReview} from '@kubernetes/client-node';

const magic = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

export const protobufType = 'application/vnd.kubernetes.protobuf';

interface Varint {
	readonly value: number;
	readonly next: number;
}

const varint = (bytes: Buffer, start: number): Varint => {
	let value = 0;
	let factor = 1;
	for (let index = start; index < bytes.length; index += 1) {
		const byte = bytes[index] ?? 0;
		value += (byte & 0x7f) * factor;
		if (byte < 0x80) {
			return {value, next: index + 1};
		}
		factor *= 128;
	}
	throw new Error('A protobuf number ends in the middle');
};

/** The length-delimited fields of a message by number; the last one of a number wins. */
const fieldsOf = (bytes: Buffer): ReadonlyMap<number, Buffer> => {
	const fields = new Map<number, Buffer>();
	for (let at = 0; at < bytes.length;) {
		const tag = varint(bytes, at);
		const content = varint(bytes, tag.next);
		switch (tag.value & 7) {
			case 0:
				at = content.next;
				break;
			case 2:
				at = content.next + content.value;
				fields.set(tag.value >> 3, bytes.subarray(content.next, at));
				break;
			default:
				throw new Error('An unexpected kind of protobuf field');
		}
	}
	return fields;
};

const textAt = (fields: ReadonlyMap<number, Buffer>, number: number): string => fields.get(number)?.toString('utf8') ?? '';

/** Reads a SelfSubjectAccessReview; throws where the bytes are none. Field numbers: k8s.io/api/authorization/v1/generated.proto. */
export const decodeAccessReview = (bytes: Buffer): V1SelfSubjectAccessReview => {
	if (!bytes.subarray(0, magic.length).equals(magic)) {
		throw new Error('The protobuf body does not begin with k8s');
	}
	const raw = fieldsOf(bytes.subarray(magic.length)).get(2);
	const spec = raw && fieldsOf(raw).get(2);
	if (!spec) {
		throw new Error('The protobuf body holds no spec');
	}
	const [resource, path] = [fieldsOf(spec).get(1), fieldsOf(spec).get(2)];
	if (path) {
		const fields = fieldsOf(path);
		return {spec: {nonResourceAttributes: {path: textAt(fields, 1), verb: textAt(fields, 2)}}};
	}
	const fields = fieldsOf(resource ?? Buffer.alloc(0));
	return {
		spec: {
			resourceAttributes: {
				namespace: textAt(fields, 1),
				verb: textAt(fields, 2),
				group: textAt(fields, 3),
				version: textAt(fields, 4),
				resource: textAt(fields, 5),
				subresource: textAt(fields, 6),
				name: textAt(fields, 7),
			},
		},
	};
};
