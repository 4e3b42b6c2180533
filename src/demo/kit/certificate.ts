/**
 * A certificate for 127.0.0.1 that vouches for itself, made again at each start: kubectl sends its token over TLS
 * only, and a key in the repository would be no secret. Node signs but cannot write X.509, hence the few lines of DER
 * (RFC 5280).
 */
import {generateKeyPairSync, randomBytes, sign} from 'node:crypto';

export interface Certificate {
	/** PEM. */
	readonly key: string;
	/** PEM; its own authority. */
	readonly cert: string;
}

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
	const content = Buffer.concat(parts);
	const {length} = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts);
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const boolean = der(0x01, Buffer.from([0xff]));
const bits = (content: Buffer, unused = 0): Buffer => der(0x03, Buffer.from([unused]), content);
const octets = (content: Buffer): Buffer => der(0x04, content);

const ids = {
	ecdsaWithSha256: '2a8648ce3d040302',
	commonName: '550403',
	keyUsage: '551d0f',
	subjectAlternativeName: '551d11',
	basicConstraints: '551d13',
	extendedKeyUsage: '551d25',
	serverAuthentication: '2b06010505070301',
} as const;

const name = sequence(der(0x31, sequence(objectId(ids.commonName), der(0x0c, Buffer.from('rounds demo')))));

/** GeneralizedTime, whole seconds. */
const time = (ms: number): Buffer => der(0x18, Buffer.from(`${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}Z`));

const extension = (id: string, value: Buffer, critical: readonly Buffer[] = []): Buffer =>
	sequence(objectId(id), ...critical, octets(value));

const extensions = der(
	0xa3,
	sequence(
		extension(ids.basicConstraints, sequence(boolean), [boolean]),
		// digitalSignature and keyCertSign.
		extension(ids.keyUsage, bits(Buffer.from([0x84]), 2), [boolean]),
		extension(ids.extendedKeyUsage, sequence(objectId(ids.serverAuthentication))),
		extension(ids.subjectAlternativeName, sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from('localhost')))),
	),
);

// Wide, because the demo's clock and the caller's need not agree; the key dies with the process anyway.
const validity = sequence(time(Date.UTC(2020, 0, 1)), time(Date.UTC(2049, 0, 1)));

/** A fresh key and its certificate. */
export const createCertificate = (): Certificate => {
	const {publicKey, privateKey} = generateKeyPairSync('ec', {namedCurve: 'P-256'});
	const algorithm = sequence(objectId(ids.ecdsaWithSha256));
	const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(8)]);
	const content = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, serial),
		algorithm,
		name,
		validity,
		name,
		publicKey.export({type: 'spki', format: 'der'}),
		extensions,
	);
	const certificate = sequence(content, algorithm, bits(sign('sha256', content, privateKey)));
	const lines = certificate.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd();
	return {
		key: privateKey.export({type: 'pkcs8', format: 'pem'}).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
	};
};
